import { internalUrl } from '../engine/to-server-request.ts';
import { assertOptions, viewerOf } from './accepted.ts';
import type { UsageKitMock, ViewerOptions } from './usagekit-mock.ts';

/** How every adapter mounts a mock. */
export interface MountOptions {
  /**
   * Proxy mode: requests that bring no token are answered as this member (or visitor) sees it, as a host's backend does that
   * adds the token by its session.
   */
  as?: ViewerOptions['role'];
  /**
   * The account of `as`.
   * @default 'acme'
   */
  accountId?: string;
}

export type MountedMock = Pick<UsageKitMock, 'fetch' | 'tokenFor'>;

export const mountOptionNames = ['as', 'accountId'] as const satisfies readonly (keyof MountOptions)[];

/**
 * Without slashes at its end.
 * @throws RangeError for what is neither an address nor a path
 */
export function baseOf(baseUrl: string): string {
  if (!baseUrl.startsWith('/') && !URL.canParse(baseUrl)) {
    throw new RangeError(
      `'${baseUrl}' is no address; accepted is one such as https://usage.example.com or /api/usage.`,
    );
  }
  return baseUrl.replace(/\/+$/, '');
}

/**
 * A `fetch` that asks the mock, with the options of every adapter. It takes requests to `baseUrl` alone, so that a wrong address is
 * told where it is asked.
 * @throws RangeError for an invalid address or role; the `fetch` rejects with one for an address outside of `baseUrl`
 *
 * @example
 * const client = createClient({ baseUrl: '/api/usage', fetch: fetchAt(mock, '/api/usage', { as: 'member' }) });
 */
export function fetchAt(mock: MountedMock, baseUrl: string, options?: MountOptions): typeof fetch {
  const answer = mountAt(mock, baseUrl, options);
  const base = new URL(`${baseOf(baseUrl)}/`, internalUrl).href;
  return async (input, init) => {
    const isRequest = input instanceof Request;
    const address = new URL(isRequest ? input.url : String(input), internalUrl);
    // A request is made of a whole address; where there is no page, a path has none.
    const asked = baseUrl.startsWith('/') ? new URL(address.pathname + address.search, internalUrl) : address;
    if (!asked.href.startsWith(base)) {
      throw new RangeError(`The mock is asked for ${address.href}; accepted are addresses under ${baseUrl}.`);
    }
    return answer(isRequest ? new Request(input, init) : new Request(asked, init));
  };
}

/**
 * The mock behind an address: addresses in its answers, including payment pages, lead to that address, and requests without a
 * token act as the role `as`.
 * @throws RangeError for an invalid address or role.
 */
export function mountAt(
  mock: MountedMock,
  baseUrl: string,
  options: MountOptions = {},
): (request: Request) => Promise<Response> {
  assertOptions('the mount', options, mountOptionNames);
  const { as, accountId } = options;
  const base = baseOf(baseUrl);
  const viewer =
    as === undefined ? undefined : { role: viewerOf(as), ...(accountId !== undefined && { accountId }) };

  return async (request) => {
    const response = await mock.fetch(viewer === undefined ? request : await asViewer(request, viewer));
    const type = response.headers.get('Content-Type') ?? '';
    const location = response.headers.get('Location');
    if (!/json/.test(type) && location === null) return response;
    const headers = new Headers(response.headers);
    if (location !== null) headers.set('Location', location.replace(internalUrl, base));
    const text = response.body === null ? null : (await response.text()).replaceAll(internalUrl, base);
    return new Response(text, { status: response.status, headers });
  };

  async function asViewer(request: Request, asked: ViewerOptions): Promise<Request> {
    if (request.headers.has('Authorization')) return request;
    const { token } = await mock.tokenFor(asked);
    const headers = new Headers(request.headers);
    headers.set('Authorization', `Bearer ${token}`);
    return new Request(request, { headers });
  }
}
