import type { UsageKitMock } from '@usagekit/react/testing';
import { type PlaywrightPage, route } from '@usagekit/react/testing/playwright';

/** What Playwright does with a request of a page, without a browser; a stream goes past it. */
export async function throughRoute(
  mock: UsageKitMock,
  base: string,
  options?: Parameters<typeof route>[3],
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  type Handler = Parameters<PlaywrightPage['route']>[1];
  let handle: Handler | undefined;
  await route(
    {
      route: async (_url, handler) => {
        handle = handler;
      },
      exposeBinding: async () => undefined,
      addInitScript: async () => undefined,
    },
    mock,
    base,
    options,
  );
  return (path, init = {}) => {
    const request = new Request(new URL(path.startsWith('/') ? `${base}${path}` : path), init);
    if (request.headers.get('Accept') === 'text/event-stream') return mock.fetch(request);
    return new Promise((resolve, reject) => {
      const routed = {
        request: () => ({
          url: () => request.url,
          method: () => request.method,
          allHeaders: async () => Object.fromEntries(request.headers),
          postDataBuffer: () => (typeof init.body === 'string' ? Buffer.from(init.body) : null),
        }),
        fulfill: async ({ status, headers, body }: { status: number; headers: HeadersInit; body: Buffer }) =>
          resolve(new Response(status === 204 ? null : new Uint8Array(body), { status, headers })),
        abort: async () => reject(new TypeError('Failed to fetch')),
      };
      handle?.(routed).catch(reject);
    });
  };
}
