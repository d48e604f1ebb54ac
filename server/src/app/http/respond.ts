import { headers as headerNames } from '../../contract/paths.ts';
import type { Caller } from '../callers/caller.ts';
import type { Services } from '../services.ts';
import { AppError, neutralReply, problemReply } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';

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

const preflightHeaders = {
  ...corsHeaders,
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': `Authorization, Content-Type, If-None-Match, ${headerNames.idempotencyKey}`,
  'access-control-max-age': '86400',
} as const;

/** The answer to a browser that asks whether it may send a request. */
export function preflightResponse(): Response {
  return new Response(null, { status: 204, headers: preflightHeaders });
}

/** One request through its route: who calls, whether it may, the answer, and the one exit for what goes wrong. */
export async function respond(
  services: Services,
  route: Route,
  request: Request,
  params: Readonly<Record<string, string>>,
): Promise<Response> {
  const requestId = services.newRequestId();
  const origin = request.headers.get('origin');
  let reply: Reply;
  try {
    reply = await replyOf(services, route, { request, requestId, params, origin });
  } catch (error) {
    reply = problemReply(error, requestId, (cause) =>
      services.log.error({ err: cause, requestId, route: route.path }, 'A request failed'),
    );
  }
  services.metrics.countRequest(route.method, route.path, reply.status);
  return toResponse(reply, requestId, origin);
}

/** A request for which there is no route. */
export function respondNotFound(services: Services, request: Request, allowed: readonly string[]): Response {
  const requestId = services.newRequestId();
  const error =
    allowed.length === 0
      ? new AppError('not_found', 'There is nothing at this address')
      : new AppError('method_not_allowed', `This address takes ${allowed.join(', ')}`);
  const reply = problemReply(error, requestId, () => {});
  const allow = allowed.length === 0 ? {} : { allow: allowed.join(', ') };
  return toResponse(
    { ...reply, headers: { ...reply.headers, ...allow } },
    requestId,
    request.headers.get('origin'),
  );
}

/** What never became a request: the answer is an error's like any other. */
export function respondError(services: Services, error: AppError): Response {
  const requestId = services.newRequestId();
  return toResponse(
    problemReply(error, requestId, () => {}),
    requestId,
    null,
  );
}

function replyOf(
  services: Services,
  route: Route,
  call: {
    request: Request;
    requestId: string;
    params: Readonly<Record<string, string>>;
    origin: string | null;
  },
): Reply | Promise<Reply> {
  const { request, requestId, params, origin } = call;
  const { callers } = route;
  if (callers === 'anyone') return route.answer({ services, request, requestId, params, caller: null });
  const caller = services.authenticator.fromHeaders(request.headers.get('authorization'), origin);
  const go = (known: Caller) => {
    if (!callers.includes(known.kind)) return forbidden(known);
    if (!mayReadAccount(known, params.accountId)) return forbidden(known);
    return route.answer({ services, request, requestId, params, caller: known });
  };
  return caller instanceof Promise ? caller.then(go) : go(caller);
}

function mayReadAccount(caller: Caller, accountId: string | undefined): boolean {
  return caller.kind === 'secret_key' || accountId === undefined || caller.accountId === accountId;
}

/** A visitor is told nothing, not even that there is something to be told. */
function forbidden(caller: Caller): Reply {
  if (caller.kind === 'visitor') return neutralReply();
  throw new AppError('forbidden', 'These credentials do not allow this');
}

function toResponse(reply: Reply, requestId: string, origin: string | null): Response {
  // No answer is for a cache, and said here a client need not say it: a request that does asks for its preflight each time.
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    ...reply.headers,
    [requestIdHeader]: requestId,
  };
  if (origin !== null) Object.assign(headers, corsHeaders);
  return new Response(reply.body, { status: reply.status, headers });
}
