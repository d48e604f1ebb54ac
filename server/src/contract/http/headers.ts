/** Makes a call safe to repeat. */
export const idempotencyKeyHeader = 'Idempotency-Key';
/** The version of the account that an answer speaks of, as the stream's messages count it. */
export const accountVersionHeader = 'UsageKit-Account-Version';

/** Header names of the API beyond the common ones. */
export const headers = {
  idempotencyKey: idempotencyKeyHeader,
  /** `true` on an answer that was kept from the first call with the same key. */
  idempotentReplayed: 'Idempotent-Replayed',
  requestId: 'X-Request-Id',
  accountVersion: accountVersionHeader,
} as const;
