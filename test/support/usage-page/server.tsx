import { prerender } from 'react-dom/static';
import { createClient } from '../../../sdk/src/client/create-client.ts';
import { readFirstAnswers } from '../../../sdk/src/client/read-first-answers.ts';
import type { GetToken, Session } from '../../../sdk/src/client/token-source.ts';
import { styles } from '../../../sdk/src/styles/index.ts';
import { HostUsagePage } from './usage-page.tsx';

export interface HostPageOptions {
  server: string;
  session: Session;
  getToken: GetToken;
  /** The script that takes the page over. */
  script: string;
  /** Whether the server reads and renders the figures; the browser does otherwise. */
  isRendered: boolean;
}

/** The page as sdk/README ('First paint') says: figures and sheet are in it. */
export async function renderHostPage({ server, session, getToken, script, isRendered }: HostPageOptions) {
  const client = createClient({ baseUrl: server, getToken });
  const firstAnswers = isRendered ? await readFirstAnswers(client, session) : undefined;
  const sent = { server, session, firstAnswers };
  let body = '';
  if (isRendered) {
    const { prelude } = await prerender(<HostUsagePage client={client} {...sent} />);
    body = await new Response(prelude).text();
  }
  const json = JSON.stringify(sent).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${styles}</style></head>
<body><div id="root">${body}</div><script type="application/json" id="sent">${json}</script>
<script type="module" src="${script}"></script></body></html>`;
}
