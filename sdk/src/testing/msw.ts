import { HttpResponse, http, type RequestHandler } from 'msw';
import { NetworkFailure } from './faults/network-failure.ts';
import { tellMounted } from './mock/create-usagekit-mock.ts';
import { baseOf, type MountedMock, type MountOptions, mountAt } from './mock/mounted.ts';

export type { MountOptions } from './mock/mounted.ts';

/**
 * Handlers for `setupServer` and `setupWorker` of MSW 2 and 3 that pass every request under `baseUrl` to the mock.
 * @throws RangeError for an address or a role that is not valid.
 *
 * @example
 * const mock = createUsageKitMock({ scenario: 'nearLimit' });
 * const server = setupServer(...handlers(mock, 'https://usage.example.com'));
 */
export function handlers(mock: MountedMock, baseUrl: string, options?: MountOptions): RequestHandler[] {
  const answer = mountAt(mock, baseUrl, options);
  const base = baseOf(baseUrl);
  if (base.startsWith('/') && !('location' in globalThis)) {
    throw new RangeError(
      `'${baseUrl}' belongs to a page, and there is none; accepted is an address such as https://usage.example.com.`,
    );
  }
  tellMounted(mock, base);
  return [
    http.all(`${base}/*`, async ({ request }) => {
      try {
        return await answer(request);
      } catch (error) {
        if (error instanceof NetworkFailure || request.signal.aborted) return HttpResponse.error();
        throw error;
      }
    }),
  ];
}
