import { headers as headerNames } from '@usagekit/server/contract';
import { isOfSomeRoute, nearRoutes } from './filter-routes.ts';

/** One request that reached the mock, as a test asks about it. */
export interface RecordedRequest {
  /** In capitals. */
  method: string;
  /** Without base URL and query, such as `/v1/consume`. */
  path: string;
  /** Parameters of the address by name. */
  query: Record<string, string>;
  /** The JSON that was sent, or undefined. */
  body: unknown;
  /** The key that it was sent under; null without one. */
  idempotencyKey: string | null;
  /** Undefined until it is answered, and where a fault kept the answer back. */
  status: number | undefined;
}

/**
 * Which requests are meant: `'POST /v1/consume'`, a path alone for every method, `*` for any run of characters, or a
 * function.
 */
export type RequestFilter =
  | string
  | ((request: Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>) => boolean);

/** @throws RangeError for a text that no request could match. */
export function assertFilter(filter: RequestFilter): void {
  if (typeof filter === 'function') return;
  const [, method, path = ''] = /^(?:([^ /*]+|\*) )?(.*)$/.exec(filter) ?? [];
  const isMethod = method === undefined || method === '*' || methods.includes(method);
  if (!isMethod || !/^[/*]/.test(path)) {
    throw new RangeError(
      `The filter '${filter}' is none; accepted are 'POST /v1/consume', '/v1/tasks', 'GET *credits', '*' (methods: ${methods.join(', ')}).`,
    );
  }
  if (isOfSomeRoute(method, path)) return;
  const near = nearRoutes(path);
  throw new RangeError(
    `The filter '${filter}' means no call of the API, so nothing would ever fit it${near.length > 0 ? `; near are ${near.join(', ')}` : ''}.`,
  );
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export function matchesRequest(filter: RequestFilter, request: RecordedRequest): boolean {
  if (typeof filter === 'function') return filter(request);
  const [, method = '*', path = ''] = /^(?:([A-Z*]+) )?(.*)$/.exec(filter) ?? [];
  if (method !== '*' && method !== request.method) return false;
  const parts = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(request.path);
}

export async function recordRequest(
  request: Request,
  path: string,
  query: URLSearchParams,
): Promise<RecordedRequest> {
  const text = request.body ? await request.clone().text() : '';
  return {
    method: request.method,
    path,
    query: Object.fromEntries(query),
    body: parseOrKeep(text),
    idempotencyKey: request.headers.get(headerNames.idempotencyKey),
    status: undefined,
  };
}

/** A body that is not JSON is recorded as text, so that a test sees it. */
function parseOrKeep(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
