import { HttpResponse, http, type RequestHandler } from 'msw';
import { NetworkFailure } from './faults/network-failure.ts';
import { type MountedMock, type MountOptions, mountAt } from './mock/mounted.ts';

export type { MountOptions } from './mock/mounted.ts';

/**
 * Handlers for `setupServer` and `setupWorker` of MSW 2 and 3 that pass every request under `baseUrl` to the mock.
 * @throws RangeError for an address or a role that is none.
 *
 * @example
 * const mock = createUsageKitMock({ scenario: 'nearLimit' });
 * const server = setupServer(...handlers(mock, 'https://usage.example.com'));
 */
export function handlers(mock: MountedMock, baseUrl: string, options?: MountOptions): RequestHandler[] {
  const answer = mountAt(mock, baseUrl, options);
  return [
    http.all(`${baseUrl.replace(/\/+$/, '')}/*`, async ({ request }) => {
      try {
        return await answer(request);
      } catch (error) {
        if (error instanceof NetworkFailure || request.signal.aborted) return HttpResponse.error();
        throw error;
      }
    }),
  ];
}
