import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUsageKitClient, toHostResponse } from '@usagekit/server/client';
import type { Item } from '@usagekit/server/contract';

/** A product's own site, as the extension meets it: a page, and a backend that holds the secret key. */
export interface HostSite {
  origin: string;
  /** Names the server; it is not known yet when the site gets its port. */
  use(server: { url: string; secretKey: string }): void;
  close(): Promise<void>;
}

const ownPrompt = '<section data-widget="out-of-credits"><p>You are out of credits.</p></section>';
/** A field just where the card would stand. */
const composer =
  '<textarea aria-label="Compose" style="position: fixed; inset: auto 0 0 auto; width: 500px; height: 300px">';

/** A page; `?own` shows the product's own out-of-credits state, `?compose` a field in the lower right corner. */
function pageFor({ searchParams }: URL, serverUrl: string | undefined): string {
  const link = serverUrl === undefined ? '' : `<link rel="usagekit" href="${serverUrl}">`;
  const parts = [
    searchParams.has('own') ? ownPrompt : '',
    searchParams.has('compose') ? `${composer}</textarea>` : '',
  ];
  return `<!doctype html><html lang="en"><head><title>Host</title>${link}</head><body><h1>A product</h1>${parts.join('')}</body></html>`;
}

/**
 * `POST /run?items=n` asks the model n times for the member ada and passes a refusal on; `POST /visit` does the same for
 * a visitor, who is no member. Every other address is a page.
 */
export async function startHostSite(accountId: string, item: Item): Promise<HostSite> {
  let usage: ReturnType<typeof createUsageKitClient> | undefined;
  let serverUrl: string | undefined;

  const run = async (
    items: number,
    memberId: string | null,
    viewer: Parameters<typeof toHostResponse>[1],
  ): Promise<Response> => {
    const gated = await usage?.consume({
      accountId,
      ...(memberId === null ? {} : { memberId }),
      items: Array.from({ length: items }, () => item),
    });
    if (gated === undefined) throw new Error('The site has no server yet.');
    return gated.allowed ? Response.json({ ran: true }) : toHostResponse(gated, viewer);
  };

  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    const answer =
      request.method !== 'POST'
        ? new Response(pageFor(url, serverUrl), { headers: { 'Content-Type': 'text/html' } })
        : url.pathname === '/visit'
          ? await run(1, null, {})
          : await run(Number(url.searchParams.get('items') ?? 1), 'ada', { viewer: { role: 'owner' } });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    use({ url, secretKey }) {
      serverUrl = url;
      usage = createUsageKitClient({ url, key: secretKey });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
