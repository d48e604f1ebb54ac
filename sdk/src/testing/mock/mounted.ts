import { internalUrl } from '../engine/to-server-request.ts';
import { viewerOf } from './accepted.ts';
import { tellMounted, type UsageKitMock, type ViewerOptions } from './create-usagekit-mock.ts';

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

/**
 * The mock behind an address: addresses in its answers, including payment pages, lead to that address, and requests without a
 * token act as the role `as`.
 * @throws RangeError for an invalid address or role.
 */
export function mountAt(
  mock: MountedMock,
  baseUrl: string,
  { as, accountId }: MountOptions = {},
): (request: Request) => Promise<Response> {
  if (!URL.canParse(baseUrl)) {
    throw new RangeError(`'${baseUrl}' is no address; accepted is one such as https://usage.example.com.`);
  }
  const base = baseUrl.replace(/\/+$/, '');
  tellMounted(mock, base);
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
