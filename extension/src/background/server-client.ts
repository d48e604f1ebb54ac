import type { SystemPort } from '../chrome/system-port.ts';
import { NotUnderstoodError } from '../core/parse-answer.ts';
import type { Failure } from '../core/snapshot.ts';

/** Who is asked, with what. */
export interface ServerAccess {
  serverUrl: string;
  token: string;
}

export type ServerAnswer<Value> =
  | { kind: 'answered'; value: Value; etag: string | null }
  | { kind: 'unchanged' }
  | { kind: 'failed'; failure: Omit<Failure, 'count'> };

/** A request that has not been answered by then has failed. Shorter than a message's own limit. */
const requestTimeoutMs = 8000;

/**
 * Reads from the paired server, and only from it: the token is never sent elsewhere, so redirects are refused.
 * Every failure is an answer; it does not throw.
 */
export async function askServer<Value>(
  system: SystemPort,
  access: ServerAccess,
  path: string,
  parse: (body: unknown) => Value,
  etag: string | null = null,
): Promise<ServerAnswer<Value>> {
  const fail = (kind: Failure['kind'], message: string, retryAfterSeconds: number | null = null) =>
    ({ kind: 'failed', failure: { kind, message, retryAfterSeconds, atMs: system.nowMs() } }) as const;
  const host = new URL(access.serverUrl).host;
  const abort = new AbortController();
  const cancelTimeout = system.wait(requestTimeoutMs, () => abort.abort());

  try {
    const response = await system.fetch(`${access.serverUrl}${path}`, {
      headers: {
        Accept: 'application/json',
        Authorization: `Bearer ${access.token}`,
        ...(etag === null ? {} : { 'If-None-Match': etag }),
      },
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    });
    if (response.status === 304) return { kind: 'unchanged' };
    if (response.status === 401) return fail('unauthorized', 'The token has ended or was revoked.');
    if (response.status === 403) return fail('forbidden', 'This connection may not read the account.');
    if (response.status === 429 || response.status >= 500) {
      return fail('unavailable', `${host} cannot answer right now.`, parseRetryAfter(response));
    }
    if (!response.ok) return fail('not_understood', `${host} did not answer as a UsageKit server does.`);
    const value = parse(await response.json());
    return { kind: 'answered', value, etag: response.headers.get('ETag') };
  } catch (error) {
    if (error instanceof NotUnderstoodError || error instanceof SyntaxError) {
      return fail('not_understood', `${host} did not answer as a UsageKit server does.`);
    }
    return fail('unreachable', `${host} could not be reached.`);
  } finally {
    cancelTimeout();
  }
}

function parseRetryAfter(response: Response): number | null {
  const value = response.headers.get('Retry-After');
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null;
}
