import type { Operation, RequestOf } from '../contract/api.ts';
import { addressOf } from '../contract/http/address-of.ts';
import { headers as headerNames } from '../contract/http/headers.ts';
import { isMistakeSentence } from '../contract/http/mistake-words.ts';
import type { Problem } from '../contract/http/problem.ts';
import { doubled } from '../contract/values/durations.ts';
import { UsageKitApiError } from './usagekit-api-error.ts';

/** The first retry comes after so many milliseconds; each further one waits twice as long. */
export const retryDelayMs = 100;

export interface TransportOptions {
  /** Without a slash at its end. */
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly retriesMax: number;
  readonly delay: (ms: number) => Promise<void>;
}

export interface Call<Key extends Operation = Operation> {
  readonly key: Key;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: object;
  readonly body?: unknown;
  /** The same over every retry, so that a call whose answer was lost is not carried out twice. */
  readonly idempotencyKey?: string;
  /** Ends the call; what the server has begun by then it ends. */
  readonly signal?: AbortSignal | undefined;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; null for an answer without a body. */
  readonly body: unknown;
}

/** A call of the API with its parameters. */
export function callOf<Key extends Operation>(key: Key, sent?: Partial<RequestOf<Key>>): Call<Key> {
  const { params = {}, ...rest }: Sent = sent ?? {};
  const [method, path] = key.split(' ') as [Call['method'], string];
  return { key, method, path: addressOf(path, params), ...rest };
}

type Sent = { params?: Record<string, string> } & Pick<Call, 'query' | 'body' | 'idempotencyKey'>;

/**
 * Sends a call and retries it where that is safe and may help: no answer, a time-out or a 5xx of the server's. A POST is
 * retried only under an idempotency key.
 * @throws UsageKitApiError `aborted` once the signal ended the call; `network_error`, `timeout`, `malformed_answer` when the last try
 * failed so.
 */
export async function send(options: TransportOptions, call: Call): Promise<Reply> {
  const mayRepeat = call.method !== 'POST' || call.idempotencyKey !== undefined;
  const triesMax = mayRepeat ? options.retriesMax + 1 : 1;
  for (let tries = 1; ; tries += 1) {
    const reply = await sendOnce(options, call).catch((error: unknown) => {
      if (tries >= triesMax || call.signal?.aborted) throw error;
      return null;
    });
    if (reply !== null && (reply.status < 500 || tries >= triesMax)) return reply;
    await options.delay(doubled(retryDelayMs, tries - 1));
  }
}

/** @throws UsageKitApiError `aborted` where the caller has ended the call. */
export function assertNotEnded(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new UsageKitApiError(
      'aborted',
      'The caller ended the call; whether it was carried out is not known',
      {
        cause: signal.reason,
      },
    );
}

async function sendOnce(options: TransportOptions, call: Call): Promise<Reply> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
  assertNotEnded(call.signal);
  try {
    const response = await options.fetch(urlOf(options.url, call), {
      method: call.method,
      headers: headersOf(options.key, call),
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal,
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : parseJson(text, response),
    };
  } catch (cause) {
    if (cause instanceof UsageKitApiError) throw cause;
    assertNotEnded(call.signal);
    if (timeout.aborted)
      throw new UsageKitApiError('timeout', `No answer within ${options.timeoutMs} ms`, { cause });
    throw new UsageKitApiError('network_error', `No answer from ${options.url}`, { cause });
  }
}

function urlOf(url: string, call: Call): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) search.set(name, String(value));
  const query = search.toString();
  return `${url}${call.path}${query === '' ? '' : `?${query}`}`;
}

function headersOf(key: string, call: Call): Record<string, string> {
  const headers: Record<string, string> = { Authorization: `Bearer ${key}`, Accept: 'application/json' };
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.idempotencyKey !== undefined) headers[headerNames.idempotencyKey] = call.idempotencyKey;
  return headers;
}

function parseJson(text: string, response: Response): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageKitApiError('malformed_answer', `The answer is not JSON (status ${response.status})`, {
      status: response.status,
      cause,
    });
  }
}

/** The error that an answer with a failing status amounts to. */
export function toApiError(reply: Reply): UsageKitApiError {
  const { body, status } = reply;
  if (!isProblem(body))
    return new UsageKitApiError('malformed_answer', `The answer is no problem details (status ${status})`, {
      status,
    });
  return new UsageKitApiError(body.code, messageOf(body), { status, problem: body });
}

/** The problem's own words, and each wrong field with what is accepted there, which logs would not show otherwise. */
function messageOf({ detail, title, invalidParameters = [] }: Problem): string {
  const wrong = invalidParameters.map(
    (each) => `${each.pointer || 'the body'} ${each.detail}; accepted: ${each.accepted || 'nothing else'}`,
  );
  const head = isMistakeSentence(detail, invalidParameters) ? title : (detail ?? title);
  return [head, ...wrong].join('\n  ');
}

/** Whether a body is problem details as the server writes them. */
export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body && 'status' in body;
}
