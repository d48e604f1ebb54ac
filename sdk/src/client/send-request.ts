import {
  type Address,
  type FilledAddress,
  idempotencyKeyHeader,
  type NeutralProblem,
  type Problem,
} from '@usagekit/server/contract';
import { noteVersion } from './answer-version.ts';
import type { TokenSource } from './token-source.ts';
import { UsageKitError } from './usagekit-error.ts';

export interface RequestContext {
  /** Without a slash at its end. */
  baseUrl: string;
  fetch: typeof globalThis.fetch;
  /** Absent where the host's own proxy adds the credentials. */
  tokens: TokenSource | undefined;
  timeoutMs: number;
}

export interface OutgoingRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  query?: object | undefined;
  body?: unknown;
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
  accept?: string;
}

/** A request to one of the API's own addresses, whose answer follows from it. */
export type RequestAt<Path extends Address, Method extends string> = Omit<
  OutgoingRequest,
  'path' | 'method'
> & {
  path: Path | FilledAddress<Path>;
  method?: Method & OutgoingRequest['method'];
};

/**
 * Sends one request and gives back the answer once its head is there, whatever its status but 401.
 * A 401 is answered once with a new token and the same request, idempotency key included.
 *
 * @throws UsageKitError `token_unavailable`, `aborted`, `timeout`, `network_error`
 */
export async function sendRequest(context: RequestContext, outgoing: OutgoingRequest): Promise<Response> {
  const { tokens } = context;
  const token = await tokens?.current();
  const response = await sendOnce(context, outgoing, token);
  if (response.status !== 401 || !tokens || !token) return response;
  tokens.refuse(token);
  // An unread body would keep its connection busy.
  await response.body?.cancel();
  return sendOnce(context, outgoing, await tokens.current());
}

async function sendOnce(context: RequestContext, outgoing: OutgoingRequest, token: string | undefined) {
  const { method = 'GET', body, signal } = outgoing;
  const head = new Headers({ Accept: outgoing.accept ?? 'application/json' });
  if (token) head.set('Authorization', `Bearer ${token}`);
  if (body !== undefined) head.set('Content-Type', 'application/json');
  if (outgoing.idempotencyKey) head.set(idempotencyKeyHeader, outgoing.idempotencyKey);
  try {
    signal?.throwIfAborted();
    return await context.fetch(addressOf(context, outgoing), {
      method,
      headers: head,
      body: body === undefined ? null : JSON.stringify(body),
      // A token is all that a cross-origin server needs; a proxy of the host's own is told by its cookie.
      // The server says that no answer is to be kept. Said here, by `cache` or with `If-None-Match`, browsers would not keep
      // the answers to preflights either, and each request would be two.
      credentials: token ? 'omit' : 'same-origin',
      signal: signal ?? null,
    });
  } catch (cause) {
    throw toTransportError(cause, signal, 'No answer from the server.');
  }
}

/**
 * Sends one request and reads its whole answer, all within the client's time-out.
 *
 * @throws UsageKitError all that `sendRequest` throws, `malformed_answer`, and the server's own codes
 */
export async function requestJson<Answer>(
  context: RequestContext,
  outgoing: OutgoingRequest,
): Promise<Answer | undefined> {
  const { timeoutMs } = context;
  const limit = new AbortController();
  const message = `No whole answer within ${timeoutMs} ms.`;
  const timer = setTimeout(() => limit.abort(new UsageKitError({ code: 'timeout', message })), timeoutMs);
  const signal = outgoing.signal ? AbortSignal.any([outgoing.signal, limit.signal]) : limit.signal;
  try {
    const response = await sendRequest(context, { ...outgoing, signal });
    if (response.status === 204) return undefined;
    if (!response.ok) throw await readProblem(response, signal);
    const answer = (await readJson(response, signal)) as Answer;
    noteVersion(answer, response);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

/** The error that an answer with a failing status amounts to. */
export async function readProblem(response: Response, signal?: AbortSignal): Promise<UsageKitError> {
  const { status } = response;
  const problem = (await readJson(response, signal)) as Partial<Problem> | null;
  if (!problem?.title) throw malformedAnswer(response);
  return new UsageKitError({
    // Only the answer to a public visitor says nothing more than that.
    code: problem.code ?? 'not_available',
    message: problem.detail ?? problem.title,
    status,
    problem: problem as Problem | NeutralProblem,
    // Whole seconds, as RFC 9110 has them; it may be a date too, which is no number.
    retryAfterSeconds: Number.parseInt(response.headers.get('Retry-After') ?? '', 10) || undefined,
  });
}

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    const isWhole = (cause as Error).name === 'SyntaxError';
    throw isWhole
      ? malformedAnswer(response, cause)
      : toTransportError(cause, signal, 'The answer broke off.');
  }
}

function malformedAnswer(response: Response, cause?: unknown): UsageKitError {
  return new UsageKitError({
    code: 'malformed_answer',
    message: `Not an answer of the UsageKit server (status ${response.status}). Check baseUrl.`,
    status: response.status,
    cause,
  });
}

/** The abort reason of an aborted request; otherwise the network failure. */
export function toTransportError(
  cause: unknown,
  signal: AbortSignal | undefined,
  message: string,
): UsageKitError {
  if (cause instanceof UsageKitError) return cause;
  if (signal?.aborted) {
    return signal.reason instanceof UsageKitError
      ? signal.reason
      : new UsageKitError({
          code: 'aborted',
          message: 'Ended by its caller.',
          cause: signal.reason,
        });
  }
  return new UsageKitError({ code: 'network_error', message, cause });
}

function addressOf({ baseUrl }: RequestContext, { path, query }: OutgoingRequest): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  const search = String(new URLSearchParams(given));
  return `${baseUrl}${path}${search && `?${search}`}`;
}
