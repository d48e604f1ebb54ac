/** Every address of the API; `paths` is this module. One export each, so that a client carries only those it calls. */

const segment = encodeURIComponent;

export const accounts = '/v1/accounts';
export const account = (accountId: string) => `/v1/accounts/${segment(accountId)}`;
export const members = (accountId: string) => `/v1/accounts/${segment(accountId)}/members`;
export const member = (accountId: string, memberId: string) =>
  `/v1/accounts/${segment(accountId)}/members/${segment(memberId)}`;
export const summary = (accountId: string) => `/v1/accounts/${segment(accountId)}/summary`;
export const usage = (accountId: string) => `/v1/accounts/${segment(accountId)}/usage`;
export const usageSeries = (accountId: string) => `/v1/accounts/${segment(accountId)}/usage/series`;
export const usageHistory = (accountId: string) => `/v1/accounts/${segment(accountId)}/usage/history`;
export const credits = (accountId: string) => `/v1/accounts/${segment(accountId)}/credits`;
export const ledger = (accountId: string) => `/v1/accounts/${segment(accountId)}/ledger`;
export const grants = (accountId: string) => `/v1/accounts/${segment(accountId)}/grants`;
export const adjustments = (accountId: string) => `/v1/accounts/${segment(accountId)}/adjustments`;
export const purchase = (accountId: string, packId: string) =>
  `/v1/accounts/${segment(accountId)}/credit-packs/${segment(packId)}/purchase`;
export const purchaseById = (accountId: string, purchaseId: string) =>
  `/v1/accounts/${segment(accountId)}/purchases/${segment(purchaseId)}`;
export const paymentPage = (provider: string, page: string, ticket: string) =>
  `/v1/payments/${segment(provider)}/${segment(page)}/${segment(ticket)}`;
export const autoTopUp = (accountId: string) => `/v1/accounts/${segment(accountId)}/auto-top-up`;
export const activity = (accountId: string) => `/v1/accounts/${segment(accountId)}/activity`;
export const ownKeys = (accountId: string) => `/v1/accounts/${segment(accountId)}/own-keys`;
export const ownKey = (accountId: string, provider: string) =>
  `/v1/accounts/${segment(accountId)}/own-keys/${segment(provider)}`;
export const paymentMethodSession = (accountId: string) =>
  `/v1/accounts/${segment(accountId)}/payment-method/session`;
export const subscription = (accountId: string) => `/v1/accounts/${segment(accountId)}/subscription`;
export const subscriptionPreview = (accountId: string) =>
  `/v1/accounts/${segment(accountId)}/subscription/preview`;
export const subscriptionChange = (accountId: string) =>
  `/v1/accounts/${segment(accountId)}/subscription/change`;
export const subscriptionCancel = (accountId: string) =>
  `/v1/accounts/${segment(accountId)}/subscription/cancel`;
export const subscriptionResume = (accountId: string) =>
  `/v1/accounts/${segment(accountId)}/subscription/resume`;
export const stream = (accountId: string) => `/v1/accounts/${segment(accountId)}/stream`;
export const diagnosis = (accountId: string) => `/v1/accounts/${segment(accountId)}/diagnosis`;
export const explain = (accountId: string, entryId: string) =>
  `/v1/accounts/${segment(accountId)}/explain/${segment(entryId)}`;
export const tokens = '/v1/tokens';
export const keys = '/v1/keys';
export const key = (keyId: string) => `/v1/keys/${segment(keyId)}`;
export const whoami = '/v1/whoami';
export const events = '/v1/events';
export const check = '/v1/check';
export const consume = '/v1/consume';
export const holds = '/v1/holds';
export const hold = (holdId: string) => `/v1/holds/${segment(holdId)}`;
export const settleHold = (holdId: string) => `/v1/holds/${segment(holdId)}/settle`;
export const releaseHold = (holdId: string) => `/v1/holds/${segment(holdId)}/release`;
export const tasks = '/v1/tasks';
export const task = (taskId: string) => `/v1/tasks/${segment(taskId)}`;
export const catalog = '/v1/catalog';
export const models = '/v1/models';
export const route = '/v1/route';
export const testClocks = '/v1/test-clocks';
export const testClock = (clockId: string) => `/v1/test-clocks/${segment(clockId)}`;
export const advanceTestClock = (clockId: string) => `/v1/test-clocks/${segment(clockId)}/advance`;
export const socket = '/v1/socket';
export const openapi = '/v1/openapi.json';
export const meta = '/v1/meta';
export const health = '/healthz';
export const ready = '/readyz';
export const metrics = '/metrics';
