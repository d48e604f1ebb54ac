import { at } from './address-of.ts';
import type { Address } from './api.ts';

/**
 * Addresses of the API by short names; `paths` is this module. One export each, so that a client carries only those it
 * calls. An address that no route has does not compile.
 */

export const accounts = '/v1/accounts' satisfies Address;
export const account = at('/v1/accounts/:accountId');
export const members = at('/v1/accounts/:accountId/members');
export const member = at('/v1/accounts/:accountId/members/:memberId');
export const summary = at('/v1/accounts/:accountId/summary');
export const usage = at('/v1/accounts/:accountId/usage');
export const usageSeries = at('/v1/accounts/:accountId/usage/series');
export const usageHistory = at('/v1/accounts/:accountId/usage/history');
export const credits = at('/v1/accounts/:accountId/credits');
export const ledger = at('/v1/accounts/:accountId/ledger');
export const grants = at('/v1/accounts/:accountId/grants');
export const adjustments = at('/v1/accounts/:accountId/adjustments');
export const voids = at('/v1/accounts/:accountId/voids');
export const purchase = at('/v1/accounts/:accountId/credit-packs/:packId/purchase');
export const purchaseById = at('/v1/accounts/:accountId/purchases/:purchaseId');
export const autoTopUp = at('/v1/accounts/:accountId/auto-top-up');
export const activity = at('/v1/accounts/:accountId/activity');
export const ownKeys = at('/v1/accounts/:accountId/own-keys');
export const ownKey = at('/v1/accounts/:accountId/own-keys/:provider');
export const paymentMethodSession = at('/v1/accounts/:accountId/payment-method/session');
export const subscription = at('/v1/accounts/:accountId/subscription');
export const subscriptionPreview = at('/v1/accounts/:accountId/subscription/preview');
export const subscriptionChange = at('/v1/accounts/:accountId/subscription/change');
export const subscriptionCancel = at('/v1/accounts/:accountId/subscription/cancel');
export const subscriptionResume = at('/v1/accounts/:accountId/subscription/resume');
export const invoices = at('/v1/accounts/:accountId/invoices');
export const upcomingInvoice = at('/v1/accounts/:accountId/invoices/upcoming');
export const invoiceExport = at('/v1/accounts/:accountId/invoices/export');
export const invoice = at('/v1/accounts/:accountId/invoices/:invoiceId');
export const invoicePdf = at('/v1/accounts/:accountId/invoices/:invoiceId/pdf');
export const payInvoice = at('/v1/accounts/:accountId/invoices/:invoiceId/pay');
export const creditNotes = at('/v1/accounts/:accountId/invoices/:invoiceId/credit-notes');
export const charges = at('/v1/accounts/:accountId/charges');
export const refunds = at('/v1/accounts/:accountId/charges/:chargeId/refunds');
export const portalSession = at('/v1/accounts/:accountId/portal/session');
export const billingDetails = at('/v1/accounts/:accountId/billing-details');
export const subscriptionTrial = at('/v1/accounts/:accountId/subscription/trial');
export const subscriptionTrialEnd = at('/v1/accounts/:accountId/subscription/trial/end');
export const subscriptionMove = at('/v1/accounts/:accountId/subscription/move');
export const contract = at('/v1/accounts/:accountId/contract');
export const paymentStanding = at('/v1/accounts/:accountId/payment-standing');
export const seats = at('/v1/accounts/:accountId/seats/:seatType');
export const addOn = at('/v1/accounts/:accountId/add-ons/:addOnId');
export const dedicatedIps = at('/v1/accounts/:accountId/dedicated-ips');
export const dedicatedIp = at('/v1/accounts/:accountId/dedicated-ips/:ipId');
export const additionalUse = at('/v1/accounts/:accountId/additional-use/:metric');
export const ownLimit = at('/v1/accounts/:accountId/limits/:metric');
export const stream = at('/v1/accounts/:accountId/stream');
export const diagnosis = at('/v1/accounts/:accountId/diagnosis');
export const explain = at('/v1/accounts/:accountId/explain/:entryId');
export const tokens = '/v1/tokens' satisfies Address;
export const keys = '/v1/keys' satisfies Address;
export const key = at('/v1/keys/:keyId');
export const whoami = '/v1/whoami' satisfies Address;
export const events = '/v1/events' satisfies Address;
export const check = '/v1/check' satisfies Address;
export const consume = '/v1/consume' satisfies Address;
export const holds = '/v1/holds' satisfies Address;
export const hold = at('/v1/holds/:holdId');
export const settleHold = at('/v1/holds/:holdId/settle');
export const releaseHold = at('/v1/holds/:holdId/release');
export const tasks = '/v1/tasks' satisfies Address;
export const task = at('/v1/tasks/:taskId');
export const catalog = '/v1/catalog' satisfies Address;
export const models = '/v1/models' satisfies Address;
export const route = '/v1/route' satisfies Address;
export const testClocks = '/v1/test-clocks' satisfies Address;
export const testClock = at('/v1/test-clocks/:clockId');
export const advanceTestClock = at('/v1/test-clocks/:clockId/advance');
/** Of the WebSocket, which is no route: it is taken up before a request reaches the app. */
export const socket = '/v1/socket';
