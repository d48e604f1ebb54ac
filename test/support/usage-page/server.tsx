import { prerender } from 'react-dom/static';
import { createClient } from '../../../sdk/src/client/create-client.ts';
import { readFirstAnswers } from '../../../sdk/src/client/read-first-answers.ts';
import type { GetToken, Session } from '../../../sdk/src/client/token-source.ts';
import { styles } from '../../../sdk/src/styles/index.ts';
import { HostUsagePage } from './usage-page.tsx';

export interface HostPageOptions {
  /** Where the browser reaches the UsageKit server; the page's own origin where it is empty. */
  server: string;
  /** Where this server reaches it, if it reads the figures. */
  readFrom?: string;
  session: Session;
  getToken: GetToken;
  /** The script that takes the page over. */
  script: string;
  /** Whether the server reads and renders the figures; the browser does otherwise. */
  isRendered: boolean;
}

/**
 * The page as sdk/README ('First paint') says: figures and sheet are in it. Its head comes first, so that it is on its way while the
 * figures are read.
 */
export async function* renderHostPage(options: HostPageOptions): AsyncGenerator<string> {
  const { server, readFrom = server, session, getToken, script, isRendered } = options;
  const scriptTag = `<script type="module" src="${script}"></script>`;
  // Figures that are in the page come before the script; without them, it and the first answer are asked for at once.
  const early = isRendered ? '' : scriptTag + preload(server, session);
  yield `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${early}<style>${styles}</style></head>`;
  const client = createClient({ baseUrl: readFrom, getToken });
  const firstAnswers = isRendered ? await readFirstAnswers(client, session) : undefined;
  const sent = { server, session, firstAnswers };
  let body = '';
  if (isRendered) {
    const { prelude } = await prerender(<HostUsagePage client={client} {...sent} />);
    body = await new Response(prelude).text();
  }
  const json = JSON.stringify(sent).replaceAll('<', '\\u003c');
  yield `<body><div id="root">${body}</div><script type="application/json" id="sent">${json}</script>
${isRendered ? scriptTag : ''}</body></html>`;
}

/** Lets the browser ask for the figures while the script is on its way. With a token it cannot. */
function preload(server: string, { accountId }: Session): string {
  return server ? '' : `<link rel="preload" as="fetch" crossorigin href="/v1/accounts/${accountId}/usage">`;
}
