import type { RequestHandler } from 'msw';

// Only those who call `handlers` need MSW, which is an optional peer.
const msw = await import('msw').catch(() => undefined);

/**
 * Handlers for MSW 2 and 3 that pass every request under `baseUrl` to `answer`, errors of the network included.
 *
 * @throws Error where the package `msw` is not installed
 */
export function createHandlers(
  baseUrl: string,
  answer: (request: Request) => Promise<Response>,
): RequestHandler[] {
  if (!msw) throw new Error('handlers() needs the package msw, 2.12 or newer: npm install --save-dev msw');
  const { http, HttpResponse } = msw;
  return [
    http.all(`${baseUrl.replace(/\/+$/, '')}/*`, async ({ request }) => {
      try {
        return await answer(request);
      } catch (error) {
        // Anything but a failure of the network is a mistake of the mock, and is to be seen.
        if (error instanceof TypeError || request.signal.aborted) return HttpResponse.error();
        throw error;
      }
    }),
  ];
}
