import { apiBounds } from '../../../contract/api-bounds.ts';
import type { Refusal } from '../../../contract/gate/gate.ts';
import { type ErrorCode, errors, refusals } from '../../../contract/http/errors.ts';
import { mistakeSentence } from '../../../contract/http/mistake-words.ts';
import type { InvalidParameter, NeutralProblem, Problem } from '../../../contract/http/problem.ts';
import { DomainError } from '../../../domain/decision.ts';
import {
  InvalidCursorError,
  ReadOnlyError,
  StoredFormatError,
  StoreUnavailableError,
} from '../../../store/store-errors.ts';
import type { Reply } from './reply.ts';

/** An operating error: its code decides status and title, and what it says is safe to be read by the caller. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly invalidParameters: readonly InvalidParameter[];

  constructor(
    code: ErrorCode,
    detail: string,
    options: { invalidParameters?: readonly InvalidParameter[]; cause?: unknown } = {},
  ) {
    super(detail, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.invalidParameters = options.invalidParameters ?? [];
  }
}

/** One field of the input that is wrong, as an error of its own. */
export function invalidParameter(pointer: string, detail: string, accepted: string): AppError {
  const invalidParameters = [{ pointer, detail, accepted }];
  return new AppError('invalid_request', mistakeSentence({ pointer, detail }), { invalidParameters });
}

const reportedCodes: ReadonlySet<ErrorCode> = new Set(['internal', 'unavailable', 'unreadable']);

/** Whether the operator has to know about the error, as no caller can mend it; null is one that the contract does not know. */
export function isReported(known: AppError | null): boolean {
  return known === null || reportedCodes.has(known.code);
}

const problemHeaders = { 'content-type': 'application/problem+json' };

/**
 * The one exit for errors. What is not an operating error answers 500 with the request's id and nothing of its own;
 * `report` gets it in full.
 */
export function problemReply(error: unknown, requestId: string, report: (error: unknown) => void): Reply {
  const known = toAppError(error);
  if (isReported(known)) report(error);
  const { code, message, invalidParameters } =
    known ?? new AppError('internal', 'Something went wrong on the server');
  const { status, title } = errors[code];
  const problem: Problem = { type: problemType(code), title, status, detail: message, code, requestId };
  if (invalidParameters.length > 0) problem.invalidParameters = [...invalidParameters];
  const headers = { ...problemHeaders, ...errorHeaders(code) };
  return { status, headers, body: JSON.stringify(problem), code };
}

/** The headers that an error brings along, whatever its body is written in. */
export function errorHeaders(code: ErrorCode): Record<string, string> {
  const { status } = errors[code];
  const headers: Record<string, string> = {};
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if ((status === 503 && code !== 'read_only') || code === 'too_many_attempts') headers['retry-after'] = '1';
  return headers;
}

/** The answer of a gate that refuses. `headers` are the limit headers. */
export function refusalReply(
  refusal: Refusal,
  purchasable: boolean,
  requestId: string,
  headers: Readonly<Record<string, string>>,
): Reply {
  const { whenPurchasable, otherwise, title } = refusals[refusal.reason];
  const status = purchasable ? whenPurchasable : otherwise;
  const problem: Problem = {
    type: problemType(refusal.reason),
    title,
    status,
    detail: refusal.message,
    code: refusal.reason,
    requestId,
    refusal,
  };
  const body = JSON.stringify(problem);
  return { status, headers: { ...problemHeaders, ...headers }, body, code: refusal.reason };
}

const neutralProblem: NeutralProblem = {
  type: 'about:blank',
  title: 'Not available',
  status: 503,
  detail: 'This is not available at the moment.',
};

/** All that a public visitor is told, whatever the reason: no billing fact, and no header that is one. */
export const neutralReply: Reply = {
  status: 503,
  headers: problemHeaders,
  body: JSON.stringify(neutralProblem),
};

/** The error in the contract's words; null if the contract does not know it. */
export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof DomainError) {
    const { code, message, pointer, accepted, mistakes } = error;
    const invalidParameters = pointer === '' ? mistakes : [{ pointer, detail: message, accepted }];
    return new AppError(code, message, { invalidParameters, cause: error });
  }
  if (error instanceof InvalidCursorError) {
    return new AppError('invalid_cursor', 'The cursor does not belong to this list', {
      invalidParameters: [
        { pointer: '?cursor', detail: 'no cursor of this list', accepted: 'the nextCursor of a page' },
      ],
      cause: error,
    });
  }
  if (error instanceof ReadOnlyError) {
    return new AppError('read_only', 'This server is read-only: it was started with --read-only', {
      cause: error,
    });
  }
  if (error instanceof StoreUnavailableError) {
    return new AppError('unavailable', 'The store cannot be reached; the same request may be sent again', {
      cause: error,
    });
  }
  if (error instanceof StoredFormatError) {
    return new AppError(
      'unreadable',
      'The stored data cannot be read; the server keeps it unchanged and has logged the reason',
      { cause: error },
    );
  }
  return null;
}

export function bodyTooLarge(bytesMax: number = apiBounds.bodyBytesMax): AppError {
  return new AppError('body_too_large', `The body is larger than ${bytesMax} bytes`);
}

function problemType(code: string): string {
  return `urn:usagekit:problem:${code}`;
}
