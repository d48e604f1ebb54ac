import { headers as headerNames } from '../../contract/http/headers.ts';
import { withAcceptedLanguage } from '../callers/accepted-language.ts';
import type { Caller } from '../callers/caller.ts';
import type { Services } from '../services.ts';
import { AppError, neutralReply, problemReply } from './reply/problem.ts';
import type { Reply } from './reply/reply.ts';
import { reportFault } from './reply/report-fault.ts';
import type { CalledRequest } from './request/called-request.ts';
import { assertBodyFits } from './request/parse-input.ts';
import type { Route } from './route.ts';
import { type Trail, trailOf } from './trail.ts';

const requestIdHeader = headerNames.requestId.toLowerCase();

/** Answers of any origin, without credentials of the browser's own; a page shows a token instead. */
const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': [
    'ETag',
    'Link',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    headerNames.accountVersion,
    headerNames.idempotentReplayed,
    headerNames.requestId,
  ].join(', '),
} as const;

/**
 * Headers of every answer: browsers must not guess its type, and caches must not keep it. With these headers clients need not ask
 * for it themselves, which would cost a preflight each time.
 */
const safeHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  vary: 'Origin',
} as const;

const preflightHeaders = {
  ...corsHeaders,
  vary: 'Origin',
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': `Authorization, Content-Type, If-None-Match, traceparent, ${headerNames.idempotencyKey}, ${headerNames.requestId}`,
  'access-control-max-age': '86400',
} as const;

/** The answer to a browser that asks whether it may send a request. */
export function preflightResponse(): Response {
  return new Response(null, { status: 204, headers: preflightHeaders });
}

/** A request in progress, with the facts that its text does not hold. */
export interface Incoming {
  readonly request: CalledRequest;
  /** Where it came from; null where that is not known. */
  readonly address: string | null;
}

/** One request through its route, as a `Response`. */
export async function respond(
  services: Services,
  route: Route,
  incoming: Incoming,
  params: Readonly<Record<string, string>>,
): Promise<Response> {
  return toResponse(await answer(services, route, incoming, params));
}

/** One request through its route: who calls, whether it may, the answer, and the one exit for what goes wrong. */
export async function answer(
  services: Services,
  route: Route,
  { request, address }: Incoming,
  params: Readonly<Record<string, string>>,
): Promise<Reply> {
  const startedAtMs = services.stopwatchMs();
  const trail = trailOf(request, services.newRequestId);
  const origin = request.headers.get('origin');
  let reply: Reply;
  try {
    reply = await replyOf(services, route, { request, address, trail, params, origin });
  } catch (error) {
    reply = problemReply(error, trail.requestId, (cause) =>
      reportFault(services, cause, { route: route.path, trail }),
    );
  }
  const { method, path } = route;
  const milliseconds = services.stopwatchMs() - startedAtMs;
  // Visitors' answers have the status of a failure and are none: they must not raise the operator's alert of failures.
  const isNeutral = reply === neutralReply;
  const { status, code } = reply;
  services.metrics.request(method, path, isNeutral ? 'neutral' : status, milliseconds / 1_000);
  if (status === 401) services.metrics.failedAttempt();
  services.requestLog.tell({ method, route: path, status, code, isNeutral, milliseconds, trail });
  return withCommonHeaders(reply, trail.requestId, origin);
}

/** A request for which there is no route. Its address is of the caller's making and stands in no log. */
export function respondNotFound(
  services: Services,
  { request }: Incoming,
  allowed: readonly string[],
): Response {
  const trail = trailOf(request, services.newRequestId);
  const error =
    allowed.length === 0
      ? new AppError('not_found', 'There is nothing at this address')
      : new AppError('method_not_allowed', `This address takes ${allowed.join(', ')}`);
  const reply = problemReply(error, trail.requestId, () => {});
  const allow = allowed.length === 0 ? {} : { allow: allowed.join(', ') };
  const { method } = request;
  const { status, code } = reply;
  services.metrics.request(knownMethods.has(method) ? method : 'other', 'none', status, 0);
  services.requestLog.tell({ method, route: 'none', status, code, milliseconds: 0, trail });
  return toResponse(
    withCommonHeaders(
      { ...reply, headers: { ...reply.headers, ...allow } },
      trail.requestId,
      request.headers.get('origin'),
    ),
  );
}

const knownMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Input that never became a request is answered with an error like any other. */
export function respondError(services: Services, error: AppError): Response {
  const requestId = services.newRequestId();
  const reply = problemReply(error, requestId, () => {});
  const { status, code } = reply;
  services.metrics.request('other', 'none', status, 0);
  const trail: Trail = { requestId, trace: null, accountId: null };
  services.requestLog.tell({ method: 'other', route: 'none', status, code, milliseconds: 0, trail });
  return toResponse(withCommonHeaders(reply, requestId, null));
}

function replyOf(
  services: Services,
  route: Route,
  call: Incoming & {
    trail: Trail;
    params: Readonly<Record<string, string>>;
    origin: string | null;
  },
): Reply | Promise<Reply> {
  const { request, address, trail, params, origin } = call;
  const { callers } = route;
  const { requestId } = trail;
  if (params.accountId !== undefined) trail.accountId = params.accountId;
  if (callers === 'anyone') {
    assertBodyFits(request);
    return route.answer({ services, request, requestId, trail, address, params, caller: null });
  }
  const authorization = request.headers.get('authorization');
  const caller = services.authenticator.fromHeaders({ authorization, origin, address });
  const go = (verified: Caller) => {
    const known = withAcceptedLanguage(verified, request.headers.get('accept-language'));
    if (known.kind !== 'secret_key') trail.accountId = known.accountId;
    if (!callers.includes(known.kind)) return forbidden(known, wantedOf(callers));
    if (!mayReadAccount(known, params.accountId))
      return forbidden(known, 'These credentials are for another account', 'other_account');
    assertBodyFits(request);
    return route.answer({ services, request, requestId, trail, address, params, caller: known });
  };
  return caller instanceof Promise ? caller.then(go) : go(caller);
}

function mayReadAccount(caller: Caller, accountId: string | undefined): boolean {
  return caller.kind === 'secret_key' || accountId === undefined || caller.accountId === accountId;
}

/** A visitor learns nothing, not even that there is something to learn. */
function forbidden(caller: Caller, detail: string, code: 'forbidden' | 'other_account' = 'forbidden'): Reply {
  if (caller.kind === 'visitor') return neutralReply;
  throw new AppError(code, detail);
}

/** What a caller of another kind is told. */
function wantedOf(callers: readonly Caller['kind'][]): string {
  return callers.every((kind) => kind === 'secret_key')
    ? 'These credentials do not allow this: only a secret key does'
    : 'These credentials do not allow this';
}

function withCommonHeaders(
  { status, headers: own, body }: Reply,
  requestId: string,
  origin: string | null,
): Reply {
  const headers: Record<string, string> = { ...safeHeaders, ...own, [requestIdHeader]: requestId };
  if (origin !== null) Object.assign(headers, corsHeaders);
  return { status, headers, body };
}

function toResponse({ status, headers, body }: Reply): Response {
  return new Response(body, { status, headers });
}
