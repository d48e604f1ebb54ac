/**
 * Why a gate refuses, in the order in which it checks; the first that applies is the answer. `whenPurchasable` is the status if a
 * purchase that is open to the account would let the use through, no matter who may make it; `otherwise` is the status if none
 * would.
 */
export const refusals = {
  metric_paused: { whenPurchasable: 402, otherwise: 403, title: 'Paused' },
  feature_not_in_plan: { whenPurchasable: 402, otherwise: 403, title: 'Not in this plan' },
  capacity_exceeded: { whenPurchasable: 402, otherwise: 403, title: 'More than the plan allows' },
  concurrency_exceeded: { whenPurchasable: 429, otherwise: 429, title: 'Too many at once' },
  allocation_exhausted: { whenPurchasable: 429, otherwise: 429, title: 'Member allocation reached' },
  account_limit_reached: { whenPurchasable: 429, otherwise: 429, title: 'Limit set by the account reached' },
  plan_limit_reached: { whenPurchasable: 402, otherwise: 429, title: 'Plan limit reached' },
  /** Not purchasable where waiting minutes helps: 429 then, which clients may retry. */
  window_limit_reached: { whenPurchasable: 402, otherwise: 429, title: 'Limit of a time window reached' },
  additional_use_exhausted: {
    whenPurchasable: 402,
    otherwise: 429,
    title: 'Additional use is off or used up',
  },
  insufficient_credits: { whenPurchasable: 402, otherwise: 429, title: 'Not enough credits' },
} as const satisfies Record<
  string,
  { whenPurchasable: 402 | 403 | 429; otherwise: 403 | 429; title: string }
>;

/** Every reason for which the gate refuses. */
export type RefusalReason = keyof typeof refusals;

/** Every operating error, in order of precedence: an earlier one is reported before a later one. */
export const errors = {
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  read_only: { status: 503, title: 'Server is read-only' },
  request_timeout: { status: 408, title: 'Request took too long' },
  headers_too_large: { status: 431, title: 'Headers too large' },
  body_too_large: { status: 413, title: 'Body too large' },
  unsupported_media_type: { status: 415, title: 'Body is not JSON' },
  malformed_json: { status: 400, title: 'Malformed JSON' },
  missing_credentials: { status: 401, title: 'Credentials missing' },
  invalid_credentials: { status: 401, title: 'Credentials not valid' },
  expired_credentials: { status: 401, title: 'Credentials expired' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  secret_key_in_browser: { status: 403, title: 'Secret key sent from a browser' },
  forbidden: { status: 403, title: 'Not permitted' },
  other_account: { status: 403, title: 'Credentials of another account' },
  too_many_streams: { status: 429, title: 'Too many open streams' },
  invalid_request: { status: 400, title: 'Invalid request' },
  idempotency_key_required: { status: 400, title: 'Idempotency-Key required' },
  invalid_cursor: { status: 400, title: 'Invalid cursor' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  account_not_found: { status: 404, title: 'Account not found' },
  member_not_found: { status: 404, title: 'Member not found' },
  unknown_metric: { status: 422, title: 'Metric not in the catalog' },
  unknown_model: { status: 422, title: 'Model not in the rate card' },
  unknown_tool: { status: 422, title: 'Tool not in the rate card' },
  unknown_storage: { status: 422, title: 'Storage kind not in the rate card' },
  no_price: { status: 422, title: 'No price for this use' },
  unknown_pack: { status: 422, title: 'Credit pack not in the catalog' },
  unknown_plan: { status: 422, title: 'Plan not in the catalog' },
  invalid_catalog: { status: 422, title: 'Catalog has mistakes' },
  amount_out_of_range: { status: 422, title: 'Amount out of range' },
  idempotency_key_reused: { status: 422, title: 'Idempotency-Key already used with another request' },
  /** These five are the words of RFC 8628 and RFC 6749 for what `POST /v1/pairings/token` answers. */
  invalid_grant: { status: 400, title: 'Unknown pairing, or wrong verifier' },
  expired_token: { status: 400, title: 'Pairing was not approved in time' },
  slow_down: { status: 400, title: 'Polled too soon' },
  access_denied: { status: 400, title: 'Pairing was refused' },
  authorization_pending: { status: 400, title: 'Not approved yet' },
  conflict: { status: 409, title: 'Conflicts with the present state' },
  hold_not_open: { status: 409, title: 'Hold is settled, released or expired' },
  task_status_conflict: { status: 409, title: 'Task cannot change to that status' },
  no_free_seat: { status: 409, title: 'No seat of this kind is free' },
  count_limit_reached: { status: 409, title: 'Maximum number reached' },
  payment_method_required: { status: 409, title: 'No confirmed payment method' },
  change_pending: { status: 409, title: 'Another change waits for its payment' },
  total_changed: { status: 409, title: 'Costs more than expected' },
  payment_failed: { status: 402, title: 'Payment failed' },
  unreadable: { status: 500, title: 'Stored data cannot be read' },
  internal: { status: 500, title: 'Internal error' },
} as const satisfies Record<string, { status: number; title: string }>;

/** Every code of an error. The status and the title follow from it. */
export type ErrorCode = keyof typeof errors;

/** The `code` of a problem answer: an operating error, or the reason of a refusal. */
export type ProblemCode = ErrorCode | RefusalReason;
