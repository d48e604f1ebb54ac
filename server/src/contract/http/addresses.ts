import type { Address } from '../api.ts';
import { at } from './address-of.ts';

/**
 * Addresses of the API by short names; `paths` is this module. One export each, so that a client carries only those it
 * calls: where size counts it imports this module itself, since not every bundler looks into `paths`. An address that no route
 * has does not compile.
 */

export const accounts = '/v1/accounts' satisfies Address;
export const account = (accountId: string) => at('/v1/accounts/:accountId', accountId);
export const members = (accountId: string) => at('/v1/accounts/:accountId/members', accountId);
export const member = (accountId: string, memberId: string) =>
  at('/v1/accounts/:accountId/members/:memberId', accountId, memberId);
export const forecast = (accountId: string) => at('/v1/accounts/:accountId/forecast', accountId);
export const usageHistory = (accountId: string) => at('/v1/accounts/:accountId/usage/history', accountId);
export const uses = (accountId: string) => at('/v1/accounts/:accountId/uses', accountId);
export const grants = (accountId: string) => at('/v1/accounts/:accountId/grants', accountId);
export const adjustments = (accountId: string) => at('/v1/accounts/:accountId/adjustments', accountId);
export const eraseAccount = (accountId: string) => at('/v1/accounts/:accountId/erase', accountId);
export const eraseMember = (accountId: string, memberId: string) =>
  at('/v1/accounts/:accountId/members/:memberId/erase', accountId, memberId);
export const erasures = '/v1/erasures' satisfies Address;
export const erasure = (erasureId: string) => at('/v1/erasures/:erasureId', erasureId);
export const voids = (accountId: string) => at('/v1/accounts/:accountId/voids', accountId);
export const purchase = (accountId: string, packId: string) =>
  at('/v1/accounts/:accountId/credit-packs/:packId/purchase', accountId, packId);
export const purchaseById = (accountId: string, purchaseId: string) =>
  at('/v1/accounts/:accountId/purchases/:purchaseId', accountId, purchaseId);
export const autoTopUp = (accountId: string) => at('/v1/accounts/:accountId/auto-top-up', accountId);
export const activity = (accountId: string) => at('/v1/accounts/:accountId/activity', accountId);
export const ownKeys = (accountId: string) => at('/v1/accounts/:accountId/own-keys', accountId);
export const ownKey = (accountId: string, provider: string) =>
  at('/v1/accounts/:accountId/own-keys/:provider', accountId, provider);
export const paymentMethod = (accountId: string) => at('/v1/accounts/:accountId/payment-method', accountId);
export const paymentMethodSession = (accountId: string) =>
  at('/v1/accounts/:accountId/payment-method/session', accountId);
export const subscriptionPreview = (accountId: string) =>
  at('/v1/accounts/:accountId/subscription/preview', accountId);
export const subscriptionChange = (accountId: string) =>
  at('/v1/accounts/:accountId/subscription/change', accountId);
export const subscriptionCancel = (accountId: string) =>
  at('/v1/accounts/:accountId/subscription/cancel', accountId);
export const subscriptionResume = (accountId: string) =>
  at('/v1/accounts/:accountId/subscription/resume', accountId);
export const invoices = (accountId: string) => at('/v1/accounts/:accountId/invoices', accountId);
export const upcomingInvoice = (accountId: string) =>
  at('/v1/accounts/:accountId/invoices/upcoming', accountId);
export const invoiceExport = (accountId: string) => at('/v1/accounts/:accountId/invoices/export', accountId);
export const invoice = (accountId: string, invoiceId: string) =>
  at('/v1/accounts/:accountId/invoices/:invoiceId', accountId, invoiceId);
export const invoiceLine = (accountId: string, invoiceId: string, lineId: string) =>
  at('/v1/accounts/:accountId/invoices/:invoiceId/lines/:lineId', accountId, invoiceId, lineId);
export const invoicePdf = (accountId: string, invoiceId: string) =>
  at('/v1/accounts/:accountId/invoices/:invoiceId/pdf', accountId, invoiceId);
export const payInvoice = (accountId: string, invoiceId: string) =>
  at('/v1/accounts/:accountId/invoices/:invoiceId/pay', accountId, invoiceId);
export const creditNotes = (accountId: string, invoiceId: string) =>
  at('/v1/accounts/:accountId/invoices/:invoiceId/credit-notes', accountId, invoiceId);
export const charges = (accountId: string) => at('/v1/accounts/:accountId/charges', accountId);
export const withdrawCharge = (accountId: string, chargeId: string) =>
  at('/v1/accounts/:accountId/charges/:chargeId/withdraw', accountId, chargeId);
export const refunds = (accountId: string, chargeId: string) =>
  at('/v1/accounts/:accountId/charges/:chargeId/refunds', accountId, chargeId);
export const portalSession = (accountId: string) => at('/v1/accounts/:accountId/portal/session', accountId);
export const billingDetails = (accountId: string) => at('/v1/accounts/:accountId/billing-details', accountId);
export const subscriptionTrial = (accountId: string) =>
  at('/v1/accounts/:accountId/subscription/trial', accountId);
export const subscriptionTrialEnd = (accountId: string) =>
  at('/v1/accounts/:accountId/subscription/trial/end', accountId);
export const subscriptionMove = (accountId: string) =>
  at('/v1/accounts/:accountId/subscription/move', accountId);
export const contract = (accountId: string) => at('/v1/accounts/:accountId/contract', accountId);
export const paymentStanding = (accountId: string) =>
  at('/v1/accounts/:accountId/payment-standing', accountId);
export const seats = (accountId: string, seatType: string) =>
  at('/v1/accounts/:accountId/seats/:seatType', accountId, seatType);
export const addOn = (accountId: string, addOnId: string) =>
  at('/v1/accounts/:accountId/add-ons/:addOnId', accountId, addOnId);
export const dedicatedIps = (accountId: string) => at('/v1/accounts/:accountId/dedicated-ips', accountId);
export const dedicatedIp = (accountId: string, ipId: string) =>
  at('/v1/accounts/:accountId/dedicated-ips/:ipId', accountId, ipId);
export const additionalUse = (accountId: string, metric: string) =>
  at('/v1/accounts/:accountId/additional-use/:metric', accountId, metric);
export const ownLimit = (accountId: string, metric: string) =>
  at('/v1/accounts/:accountId/limits/:metric', accountId, metric);
export const alerts = (accountId: string, metric: string) =>
  at('/v1/accounts/:accountId/alerts/:metric', accountId, metric);
export const alertEmail = (accountId: string) => at('/v1/accounts/:accountId/alert-email', accountId);
export const accountExport = (accountId: string) => at('/v1/accounts/:accountId/export', accountId);
export const datasetExport = (accountId: string, dataset: string) =>
  at('/v1/accounts/:accountId/export/:dataset', accountId, dataset);
export const diagnosis = (accountId: string) => at('/v1/accounts/:accountId/diagnosis', accountId);
export const explain = (accountId: string, entryId: string) =>
  at('/v1/accounts/:accountId/explain/:entryId', accountId, entryId);
export const webhookEndpoints = '/v1/webhook-endpoints' satisfies Address;
export const webhookEndpoint = (endpointId: string) => at('/v1/webhook-endpoints/:endpointId', endpointId);
export const rotateWebhookSecret = (endpointId: string) =>
  at('/v1/webhook-endpoints/:endpointId/rotate-secret', endpointId);
export const notices = '/v1/notices' satisfies Address;
export const replayNotice = (accountId: string, noticeId: string) =>
  at('/v1/accounts/:accountId/notices/:noticeId/replay', accountId, noticeId);
export const tokens = '/v1/tokens' satisfies Address;
export const keys = '/v1/keys' satisfies Address;
export const key = (keyId: string) => at('/v1/keys/:keyId', keyId);
export const keyRotation = (keyId: string) => at('/v1/keys/:keyId/rotate', keyId);
export const tokenSecretRotation = '/v1/token-secret/rotate' satisfies Address;
export const rotateOwnKey = '/v1/keys/own/rotate' satisfies Address;
export const pairings = '/v1/pairings' satisfies Address;
export const pairingToken = '/v1/pairings/token' satisfies Address;
export const pairing = (userCode: string) => at('/v1/pairings/:userCode', userCode);
export const approvePairing = (userCode: string) => at('/v1/pairings/:userCode/approve', userCode);
export const denyPairing = (userCode: string) => at('/v1/pairings/:userCode/deny', userCode);
export const connectedBrowsers = (accountId: string) =>
  at('/v1/accounts/:accountId/connected-browsers', accountId);
export const connectedBrowser = (accountId: string, browserId: string) =>
  at('/v1/accounts/:accountId/connected-browsers/:browserId', accountId, browserId);
export const catalogVersions = '/v1/catalog/versions' satisfies Address;
export const catalogVersion = (version: string) => at('/v1/catalog/versions/:version', version);
export const restoreCatalog = (version: string) => at('/v1/catalog/versions/:version/restore', version);
export const events = '/v1/events' satisfies Address;
export const consume = '/v1/consume' satisfies Address;
export const holds = '/v1/holds' satisfies Address;
export const hold = (holdId: string) => at('/v1/holds/:holdId', holdId);
export const settleHold = (holdId: string) => at('/v1/holds/:holdId/settle', holdId);
export const releaseHold = (holdId: string) => at('/v1/holds/:holdId/release', holdId);
export const taskExport = (accountId: string) => at('/v1/accounts/:accountId/tasks/export', accountId);
export const route = '/v1/route' satisfies Address;
export const testClocks = '/v1/test-clocks' satisfies Address;
export const testClock = (clockId: string) => at('/v1/test-clocks/:clockId', clockId);
export const advanceTestClock = (clockId: string) => at('/v1/test-clocks/:clockId/advance', clockId);
export const audit = '/v1/audit' satisfies Address;
export const backup = '/v1/backup' satisfies Address;
export const doctor = '/v1/doctor' satisfies Address;
export const reconciliation = '/v1/reconciliation' satisfies Address;
export const paymentReconciliation = '/v1/reconciliation/payments' satisfies Address;
/** Address of the WebSocket. It is not a route: the upgrade happens before a request reaches the app. */
export const socket = '/v1/socket';

export const summary = (accountId: string) => at('/v1/accounts/:accountId/summary', accountId);
export const usage = (accountId: string) => at('/v1/accounts/:accountId/usage', accountId);
export const usageSeries = (accountId: string) => at('/v1/accounts/:accountId/usage/series', accountId);
export const credits = (accountId: string) => at('/v1/accounts/:accountId/credits', accountId);
export const ledger = (accountId: string) => at('/v1/accounts/:accountId/ledger', accountId);
export const subscription = (accountId: string) => at('/v1/accounts/:accountId/subscription', accountId);
export const stream = (accountId: string) => at('/v1/accounts/:accountId/stream', accountId);
export const whoami = '/v1/whoami' satisfies Address;
export const check = '/v1/check' satisfies Address;
export const tasks = '/v1/tasks' satisfies Address;
export const task = (taskId: string) => at('/v1/tasks/:taskId', taskId);
export const catalog = '/v1/catalog' satisfies Address;
export const models = '/v1/models' satisfies Address;
