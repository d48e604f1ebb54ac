const segment = encodeURIComponent;

/** Every address of the API, relative to the server's base URL. */
export const paths = {
  accounts: '/v1/accounts',
  account: (accountId: string) => `/v1/accounts/${segment(accountId)}`,
  members: (accountId: string) => `/v1/accounts/${segment(accountId)}/members`,
  member: (accountId: string, memberId: string) =>
    `/v1/accounts/${segment(accountId)}/members/${segment(memberId)}`,
  summary: (accountId: string) => `/v1/accounts/${segment(accountId)}/summary`,
  usage: (accountId: string) => `/v1/accounts/${segment(accountId)}/usage`,
  usageSeries: (accountId: string) => `/v1/accounts/${segment(accountId)}/usage/series`,
  credits: (accountId: string) => `/v1/accounts/${segment(accountId)}/credits`,
  ledger: (accountId: string) => `/v1/accounts/${segment(accountId)}/ledger`,
  grants: (accountId: string) => `/v1/accounts/${segment(accountId)}/grants`,
  adjustments: (accountId: string) => `/v1/accounts/${segment(accountId)}/adjustments`,
  purchase: (accountId: string, packId: string) =>
    `/v1/accounts/${segment(accountId)}/credit-packs/${segment(packId)}/purchase`,
  purchases: (accountId: string) => `/v1/accounts/${segment(accountId)}/purchases`,
  autoTopUp: (accountId: string) => `/v1/accounts/${segment(accountId)}/auto-top-up`,
  activity: (accountId: string) => `/v1/accounts/${segment(accountId)}/activity`,
  ownKeys: (accountId: string) => `/v1/accounts/${segment(accountId)}/own-keys`,
  ownKey: (accountId: string, provider: string) =>
    `/v1/accounts/${segment(accountId)}/own-keys/${segment(provider)}`,
  paymentMethodSession: (accountId: string) => `/v1/accounts/${segment(accountId)}/payment-method/session`,
  subscription: (accountId: string) => `/v1/accounts/${segment(accountId)}/subscription`,
  stream: (accountId: string) => `/v1/accounts/${segment(accountId)}/stream`,
  explain: (accountId: string, entryId: string) =>
    `/v1/accounts/${segment(accountId)}/explain/${segment(entryId)}`,
  tokens: '/v1/tokens',
  keys: '/v1/keys',
  key: (keyId: string) => `/v1/keys/${segment(keyId)}`,
  whoami: '/v1/whoami',
  events: '/v1/events',
  check: '/v1/check',
  consume: '/v1/consume',
  holds: '/v1/holds',
  hold: (holdId: string) => `/v1/holds/${segment(holdId)}`,
  settleHold: (holdId: string) => `/v1/holds/${segment(holdId)}/settle`,
  releaseHold: (holdId: string) => `/v1/holds/${segment(holdId)}/release`,
  tasks: '/v1/tasks',
  task: (taskId: string) => `/v1/tasks/${segment(taskId)}`,
  catalog: '/v1/catalog',
  models: '/v1/models',
  route: '/v1/route',
  testClocks: '/v1/test-clocks',
  testClock: (clockId: string) => `/v1/test-clocks/${segment(clockId)}`,
  advanceTestClock: (clockId: string) => `/v1/test-clocks/${segment(clockId)}/advance`,
  socket: '/v1/socket',
  openapi: '/v1/openapi.json',
  meta: '/v1/meta',
  health: '/healthz',
  ready: '/readyz',
  metrics: '/metrics',
} as const;

/** Header names of the API beyond the common ones. */
export const headers = {
  idempotencyKey: 'Idempotency-Key',
  /** `true` on an answer that was kept from the first call with the same key. */
  idempotentReplayed: 'Idempotent-Replayed',
  requestId: 'X-Request-Id',
} as const;
