/** Header names of the API beyond the common ones. */
export const headers = {
  idempotencyKey: 'Idempotency-Key',
  /** `true` on an answer that was kept from the first call with the same key. */
  idempotentReplayed: 'Idempotent-Replayed',
  requestId: 'X-Request-Id',
  /** The version of the account that an answer speaks of, as the stream's messages count it. */
  accountVersion: 'UsageKit-Account-Version',
} as const;
