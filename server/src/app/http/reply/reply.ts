import { headers } from '../../../contract/http/headers.ts';
import type { AccountState } from '../../../domain/state.ts';

/** A route's answer; header names are lower-case. It becomes a Response in one place, when all headers are known. */
export interface Reply {
  /** Of HTTP. */
  readonly status: number;
  /** By name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole text, or a stream of bytes; null for an answer without a body. */
  readonly body: string | ReadableStream<Uint8Array> | null;
  /** Of the problem, for the log; the body of a problem has it too. */
  readonly code?: string;
}

const jsonHeaders = { 'content-type': 'application/json' };

/** An answer in JSON. */
export function jsonReply(value: unknown, status = 200, headers?: Readonly<Record<string, string>>): Reply {
  return jsonTextReply(JSON.stringify(value), status, headers);
}

/** An answer that speaks of an account, with the version that it speaks of. */
export function readingReply(
  { state }: { readonly state: Pick<AccountState, 'version'> },
  value: unknown,
  status = 200,
): Reply {
  return jsonReply(value, status, versionHeader(state.version));
}

const accountVersion = headers.accountVersion.toLowerCase();

/** Tells which version of the account an answer speaks of. */
export function versionHeader(version: number): Readonly<Record<string, string>> {
  return { [accountVersion]: String(version) };
}

/** An answer whose JSON is written already, such as one that was kept. */
export function jsonTextReply(body: string, status = 200, headers?: Readonly<Record<string, string>>): Reply {
  return { status, body, headers: headers === undefined ? jsonHeaders : { ...jsonHeaders, ...headers } };
}

/** An answer that says only that it was done. */
export const emptyReply: Reply = { status: 204, headers: {}, body: null };
