import { type ErrorCode, paths } from '@usagekit/server/contract';
import type { SystemPort } from '../../chrome/ports/system-port.ts';
import type { Failure } from '../../core/account/snapshot.ts';
import { NotUnderstoodError } from '../../core/server/parse-answer.ts';
import { wordsOf } from '../../words/words-of.ts';

/** Who is asked, with what. */
export interface ServerAccess {
  serverUrl: string;
  /** Null for the calls that anybody may make. */
  token: string | null;
}

export interface ServerRequest {
  /** Sent with POST, as JSON; `{}` for a POST that says nothing more. */
  body?: object;
  etag?: string | null;
}

export type ServerAnswer<Value> =
  | { kind: 'answered'; value: Value; etag: string | null }
  | { kind: 'unchanged' }
  | {
      kind: 'failed';
      failure: Omit<Failure, 'count'>;
      /** The code of the server's problem; null where the answer was none of the server's. */
      code: string | null;
    };

/** A request that has not been answered by then has failed. Shorter than a message's own limit. */
const requestTimeoutMs = 8000;

/** Larger answers are cut off unread. */
const bodyBytesMax = 256 * 1024;

/**
 * Asks the paired server, and only it: the token is never sent elsewhere, so redirects are refused.
 * Every failure is an answer; it does not throw.
 */
export async function askServer<Value>(
  system: SystemPort,
  access: ServerAccess,
  path: string,
  parse: (body: unknown) => Value,
  { body, etag = null }: ServerRequest = {},
): Promise<ServerAnswer<Value>> {
  let code: string | null = null;
  const fail = (kind: Failure['kind'], message: string, retryAfterSeconds: number | null = null) =>
    ({ kind: 'failed', failure: { kind, message, retryAfterSeconds, atMs: system.nowMs() }, code }) as const;
  const host = new URL(access.serverUrl).host;
  const words = wordsOf(system.format()).failure;
  const abort = new AbortController();
  const cancelTimeout = system.wait(requestTimeoutMs, () => abort.abort());

  try {
    const response = await system.fetch(`${access.serverUrl}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        Accept: 'application/json',
        'Accept-Language': system.format().locale,
        ...(access.token === null ? {} : { Authorization: `Bearer ${access.token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(etag === null ? {} : { 'If-None-Match': etag }),
      },
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    });
    if (response.status === 304) return { kind: 'unchanged' };
    if (!response.ok) code = await readProblemCode(response);
    if (response.status === 401 || response.status === 403) {
      if (endedCodes.some((ended) => ended === code)) return fail('unauthorized', words.ended);
      if (code === 'forbidden' || code === 'other_account') return fail('forbidden', words.mayNotRead);
      // A proxy, a firewall or a sign-in page on the way: its word says nothing of the token.
      return fail('unavailable', words.intercepted(host));
    }
    if (response.status === 429 || response.status >= 500) {
      return fail('unavailable', words.unavailable(host), parseRetryAfter(response));
    }
    if (!response.ok) return fail('not_understood', words.notUnderstood(host));
    const value = parse(JSON.parse(await readText(response)));
    return { kind: 'answered', value, etag: response.headers.get('ETag') };
  } catch (error) {
    if (error instanceof NotUnderstoodError || error instanceof SyntaxError) {
      return fail('not_understood', words.notUnderstood(host));
    }
    return fail('unreachable', words.unreachable(host));
  } finally {
    cancelTimeout();
  }
}

/**
 * Passes an answer of the server on as it is, for the side panel's widgets, which read it themselves.
 * @returns null where there is none, or one larger than any answer of a UsageKit server.
 */
export async function readServer(
  system: SystemPort,
  access: ServerAccess,
  path: string,
): Promise<{ status: number; body: string } | null> {
  const abort = new AbortController();
  const cancelTimeout = system.wait(requestTimeoutMs, () => abort.abort());
  try {
    const response = await system.fetch(`${access.serverUrl}${path}`, {
      headers: {
        Accept: 'application/json',
        'Accept-Language': system.format().locale,
        Authorization: `Bearer ${access.token}`,
      },
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    });
    return { status: response.status, body: await readText(response) };
  } catch {
    return null;
  } finally {
    cancelTimeout();
  }
}

/**
 * Has the server revoke the token itself, so that nobody can use it any more. Best effort: it tells whether the server
 * said so, and does not throw.
 */
export async function revokeToken(system: SystemPort, access: ServerAccess): Promise<boolean> {
  const abort = new AbortController();
  const cancelTimeout = system.wait(requestTimeoutMs, () => abort.abort());
  try {
    const { status } = await system.fetch(`${access.serverUrl}${paths.key('own')}`, {
      method: 'DELETE',
      headers: { Accept: 'application/json', Authorization: `Bearer ${access.token}` },
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    });
    return status === 204;
  } catch {
    // Without a line the token stays good until the product revokes it or it ends by itself.
    return false;
  } finally {
    cancelTimeout();
  }
}

/** Codes of a 401 that only another token helps. */
const endedCodes: readonly ErrorCode[] = [
  'missing_credentials',
  'invalid_credentials',
  'expired_credentials',
];

/** The code that a UsageKit server gives as the reason; null for an answer that is not one of its. */
async function readProblemCode(response: Response): Promise<string | null> {
  try {
    const problem: unknown = JSON.parse(await readText(response));
    const isNamed = typeof problem === 'object' && problem !== null && 'code' in problem;
    return isNamed && typeof problem.code === 'string' ? problem.code : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NotUnderstoodError) return null;
    throw error;
  }
}

/** @throws NotUnderstoodError as soon as the body is larger than any answer of a UsageKit server. */
async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > bodyBytesMax) {
      await reader.cancel();
      throw new NotUnderstoodError('a body of more than 256 kB');
    }
    text += decoder.decode(read.value, { stream: true });
  }
  return text + decoder.decode();
}

function parseRetryAfter(response: Response): number | null {
  const value = response.headers.get('Retry-After');
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null;
}
