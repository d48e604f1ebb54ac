import { apiBounds } from '../../../contract/api-bounds.ts';
import { headers } from '../../../contract/http/headers.ts';
import { AppError } from '../reply/problem.ts';
import type { CalledRequest } from './called-request.ts';
import { requestHash } from './request-hash.ts';

const keyHeader = headers.idempotencyKey.toLowerCase();
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** Under what an answer is kept: the caller's key, and the hash by which the same request is known. */
export interface Idempotency {
  readonly key: string;
  readonly requestHash: string;
}

/**
 * As `requireIdempotency`; what has an id of its own may come without the header, and is then known by `ownKey`: its noun
 * and its id with a space between, which no key of the header's holds.
 */
export function idempotencyOf(
  request: CalledRequest,
  path: string,
  body: string,
  ownKey: string | undefined,
): Idempotency {
  if (ownKey === undefined || request.headers.has(keyHeader)) return requireIdempotency(request, path, body);
  return { key: ownKey, requestHash: requestHash(request.method, path, body) };
}

/**
 * The idempotency of a request whose body has been read.
 * @throws AppError `idempotency_key_required`, `invalid_request` for a key of another form.
 */
export function requireIdempotency(request: CalledRequest, path: string, body: string): Idempotency {
  const key = request.headers.get(keyHeader);
  const accepted = `1 to ${apiBounds.idempotencyKeyCharactersMax} visible ASCII characters, the same over retries`;
  if (key === null || key === '')
    throw new AppError('idempotency_key_required', `Send an ${headers.idempotencyKey}: ${accepted}`, {
      invalidParameters: [{ pointer: headers.idempotencyKey, detail: 'is missing', accepted }],
    });
  if (!keyPattern.test(key))
    throw new AppError('invalid_request', `${headers.idempotencyKey} has another form`, {
      invalidParameters: [{ pointer: headers.idempotencyKey, detail: 'has another form', accepted }],
    });
  return { key, requestHash: requestHash(request.method, path, body) };
}
