/** Where the server inside a mock takes itself to be; adapters put their own address in its place. */
export const internalUrl = 'http://usagekit.mock';

export interface ServerRequest {
  request: Request;
  path: string;
  query: URLSearchParams;
}

/**
 * The same request at the mock's own address. A host's proxy puts its path before ours, so everything before `/v1` is
 * cut off; a relative address is taken as the browser would.
 */
export async function toServerRequest(
  baseUrl: string,
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<ServerRequest> {
  const given = input instanceof Request ? new Request(input, init) : undefined;
  const address = new URL(given?.url ?? String(input), baseUrl);
  const path = address.pathname.replace(/^.*?(?=\/v1(\/|$))/, '');
  // A streamed body would need `duplex`, which not every runtime knows; bodies here are short.
  const request = given
    ? new Request(`${baseUrl}${path}${address.search}`, {
        method: given.method,
        headers: given.headers,
        body: given.body ? await given.text() : null,
        signal: given.signal,
      })
    : new Request(`${baseUrl}${path}${address.search}`, init);
  return { request, path, query: address.searchParams };
}
