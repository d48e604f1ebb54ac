import type { ConsumeAnswer, UseRequest } from '../../contract/gate/gate.ts';
import type { TokenRequest } from '../../contract/keys/keys.ts';
import type { Permission, Role } from '../../contract/members/members.ts';
import {
  type ChangeOptions,
  createUsageKitClient,
  type UsageKitClient,
  type UsageKitClientOptions,
} from '../create-usagekit-client.ts';
import { neutralBody, toHostResponse } from '../to-host-response.ts';
import { UsageKitApiError } from '../usagekit-api-error.ts';
import { readBounded } from './read-bounded.ts';
import { TokenCache } from './token-cache.ts';

/** Who is signed in at the host, for one request. */
export interface Identity {
  /** The account that the person works in. */
  accountId: string;
  /** Without one it is a public visitor of the account, who learns nothing of billing. */
  memberId?: string;
  /** Needed by `gate` alone, to cut a refusal to what the member may read; a member without one is told what a viewer is. */
  role?: Role;
  /** Rights in addition to the role; none by default. */
  permissions?: readonly Permission[];
  /** Of the catalog's `translations`, the one to show (BCP 47), such as the page's own `de`; the catalog's own texts by default. */
  language?: string;
}

/** How the handler asks the server and knows who is asking. */
export interface UsageKitHandlerOptions extends UsageKitClientOptions {
  /** The signed-in user by the host's own session; null where nobody is signed in. */
  identify(request: Request): Identity | null | Promise<Identity | null>;
  /** Where the handler is mounted; `/api/usagekit` by default. */
  basePath?: string;
  /**
   * Is told why a request could not be answered, so that you can log it: the server cannot be reached, it does not know the key, the
   * account or the member, or `identify` failed. The browser gets 502 or 500 without the reason. Without `onError`, the handler throws all
   * but the first, and your framework treats that as an error of your own routes.
   */
  onError?: (error: unknown, request: Request) => void;
  /** The host's time in epoch milliseconds; for tests. */
  nowMs?: () => number;
}

/** The gate's decision for a host's route. */
export type RouteGate =
  | { readonly allowed: true; readonly run: ConsumeAnswer; readonly identity: Identity }
  /** `response` is cut to its reader and can be sent as it is. */
  | { readonly allowed: false; readonly response: Response };

/** Answers what the widgets ask, and the gate for routes of the host. */
export interface UsageKitHandler {
  /**
   * Answers what the kit asks of its host: `POST {basePath}/token`, and everything under `{basePath}/v1`, which goes on to the
   * server with a token of the signed-in user, streams piece by piece. 401 where nobody is signed in, 403 for a request
   * that another site makes, 404 for other addresses, 413 for a body that is larger than the server takes, 502 where the server cannot
   * be reached. The connection is your server's own: whether it goes on after a 413 is decided there.
   */
  (request: Request): Promise<Response>;
  /**
   * Asks the gate for the signed-in user, before a route does what costs something. It is charged once under one key, which
   * is the request's own `Idempotency-Key` where it has one.
   * @throws UsageKitApiError where the server cannot be reached or the use is none.
   */
  gate(
    request: Request,
    use: Omit<UseRequest, 'accountId' | 'memberId'>,
    options?: ChangeOptions,
  ): Promise<RouteGate>;
  /** The client that it asks the server with. */
  readonly client: UsageKitClient;
}

/** The request headers that the server reads. Cookies and the like belong to the host and are not forwarded. */
const requestHeaders = [
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-none-match',
  'traceparent',
  'x-request-id',
];
/** The answer headers that belong to this hop only, and CORS headers, since the page asks its own origin. */
const hopHeaders =
  /^(connection|keep-alive|transfer-encoding|content-encoding|content-length|date|access-control-.*|vary)$/;

/**
 * The routes that the kit needs of a host, as one function of a request. Mount it with the adapter of your framework.
 *
 * @example
 * const usageKit = createUsageKitHandler({
 *   url: process.env.USAGEKIT_URL,
 *   key: process.env.USAGEKIT_SECRET_KEY,
 *   identify: async (request) => {
 *     const user = await userOf(request);
 *     return user && { accountId: user.organizationId, memberId: user.id, role: user.role };
 *   },
 * });
 */
export function createUsageKitHandler(options: UsageKitHandlerOptions): UsageKitHandler {
  const { identify, onError, basePath = '/api/usagekit', nowMs = Date.now, ...clientOptions } = options;
  const base = basePath.replace(/\/+$/, '');
  const server = options.url.replace(/\/+$/, '');
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const client = createUsageKitClient(clientOptions);
  const tokens = new TokenCache((identity) => client.createToken(identity), nowMs);

  async function handle(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const path = pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : null;
    const asksToken = path === '/token';
    if (path === null || !(asksToken || path.startsWith('/v1/')))
      return problem(404, 'not_found', 'Not found');
    if (isFromAnotherSite(request))
      return problem(403, 'forbidden', 'Another site may not make this request');
    if (asksToken && request.method !== 'POST') {
      return problem(405, 'method_not_allowed', 'Method not allowed', { Allow: 'POST' });
    }
    const identity = await identify(request);
    if (identity === null) return problem(401, 'unauthenticated', 'Nobody is signed in');
    try {
      if (!asksToken) return await pass(request, `${path}${search}`, tokenRequestOf(identity));
      const token = await client.createToken(tokenRequestOf(identity));
      return Response.json(token, { status: 201, headers: { 'Cache-Control': 'no-store' } });
    } catch (error) {
      if (request.signal.aborted || !isUnreachable(error)) throw error;
      onError?.(error, request);
      return problem(502, 'unavailable', neutralBody.title, { 'Retry-After': '5' });
    }
  }

  async function pass(request: Request, address: string, subject: TokenRequest): Promise<Response> {
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const body = hasBody ? await readBounded(request) : null;
    if (body === undefined) return problem(413, 'body_too_large', 'Body too large');
    const ask = async () => {
      const headers = new Headers({ Authorization: `Bearer ${await tokens.get(subject)}` });
      for (const name of requestHeaders) {
        const value = request.headers.get(name);
        if (value !== null) headers.set(name, value);
      }
      return fetch(`${server}${address}`, {
        method: request.method,
        headers,
        body,
        signal: request.signal,
        redirect: 'manual',
      });
    };
    let answer = await ask();
    if (answer.status === 401) {
      // The server no longer takes the token that was kept, as after a change of its secret: a new one may do.
      tokens.forget(subject);
      await answer.body?.cancel();
      answer = await ask();
    }
    const passed = new Headers([...answer.headers].filter(([name]) => !hopHeaders.test(name)));
    // A proxy in front of the host must not gather a stream, and nobody may keep what one member reads.
    if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
      passed.set('Cache-Control', 'no-cache, no-transform');
      passed.set('X-Accel-Buffering', 'no');
    } else if (!passed.has('Cache-Control')) passed.set('Cache-Control', 'no-store');
    return new Response(answer.body, { status: answer.status, headers: passed });
  }

  const handler = async (request: Request): Promise<Response> => {
    try {
      return await handle(request);
    } catch (error) {
      if (request.signal.aborted || onError === undefined) throw error;
      onError(error, request);
      return problem(500, 'internal', neutralBody.title);
    }
  };
  return Object.assign(handler, {
    client,
    async gate(
      request: Request,
      use: Omit<UseRequest, 'accountId' | 'memberId'>,
      given: ChangeOptions = {},
    ): Promise<RouteGate> {
      const identity = await identify(request);
      if (identity === null) {
        return { allowed: false, response: problem(401, 'unauthenticated', 'Nobody is signed in') };
      }
      const ownKey = request.headers.get('Idempotency-Key');
      const run = await client.consume(
        { ...use, ...subjectOf(identity) },
        { ...(ownKey === null ? {} : { idempotencyKey: ownKey }), ...given },
      );
      if (run.allowed) return { allowed: true, run, identity };
      const { memberId, role = 'viewer', permissions = [] } = identity;
      const viewer = memberId === undefined ? 'visitor' : { role, permissions };
      return { allowed: false, response: toHostResponse(run, { viewer }) };
    },
  });
}

function subjectOf({ accountId, memberId }: Identity): Pick<TokenRequest, 'accountId' | 'memberId'> {
  return { accountId, ...(memberId === undefined ? {} : { memberId }) };
}

function tokenRequestOf(identity: Identity): TokenRequest {
  const { language } = identity;
  return { ...subjectOf(identity), ...(language === undefined ? {} : { language }) };
}

/**
 * Cookies come along with requests that other sites make; browsers say so. Where a browser says nothing (an old one, or no
 * browser), the origin that it names has to be the host's own.
 */
function isFromAnotherSite(request: Request): boolean {
  const site = request.headers.get('Sec-Fetch-Site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  const origin = request.headers.get('Origin');
  if (origin === null) return false;
  if (!URL.canParse(origin)) return true;
  const { host } = new URL(origin);
  return host !== (request.headers.get('Host') ?? new URL(request.url).host);
}

/** `fetch` says with a TypeError that there was no answer. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof UsageKitApiError) return error.status === null || error.status >= 500;
  return error instanceof TypeError;
}

function problem(
  status: number,
  code: string,
  title: string,
  headers: Record<string, string> = {},
): Response {
  const body =
    status >= 500 ? { ...neutralBody, status, code } : { type: 'about:blank', title, status, code };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers },
  });
}
