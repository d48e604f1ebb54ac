/** Every address of the API, relative to the server's base URL. */
export * as paths from './addresses.ts';

/** Header names of the API beyond the common ones. */
export const headers = {
  idempotencyKey: 'Idempotency-Key',
  /** `true` on an answer that was kept from the first call with the same key. */
  idempotentReplayed: 'Idempotent-Replayed',
  requestId: 'X-Request-Id',
} as const;
