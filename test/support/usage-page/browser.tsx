import { createRoot, hydrateRoot } from 'react-dom/client';
import { createClient } from '../../../sdk/src/client/create-client.ts';
import { HostUsagePage, type SentUsagePage } from './usage-page.tsx';

const root = document.getElementById('root');
const sent = JSON.parse(document.getElementById('sent')?.textContent ?? '') as SentUsagePage;
const mismatches: string[] = [];
Object.assign(window, { mismatches });
const client = createClient({
  baseUrl: sent.server,
  // The host's own address knows who is signed in.
  ...(sent.server && {
    getToken: () => fetch('/token', { method: 'POST' }).then((response) => response.json()),
  }),
});
const page = <HostUsagePage client={client} {...sent} />;
if (root && sent.firstAnswers)
  hydrateRoot(root, page, { onRecoverableError: (error) => mismatches.push(String(error)) });
else if (root) createRoot(root).render(page);
