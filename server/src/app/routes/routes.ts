import type { Operation } from '../../contract/api.ts';
import type { ApiRoute, Route } from '../http/route.ts';
import { whoami } from './access/whoami.ts';
import { getAccount } from './accounts/get-account.ts';
import { getSummary } from './accounts/get-summary.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import { putAccount } from './accounts/put-account.ts';
import { listActivity } from './activity/list-activity.ts';
import { getCatalogVersion, listCatalogVersions, restoreCatalog } from './catalog/catalog-versions.ts';
import { getCatalog } from './catalog/get-catalog.ts';
import { listModels } from './catalog/list-models.ts';
import { putCatalog } from './catalog/put-catalog.ts';
import { routeModel } from './catalog/route-model.ts';
import { advanceTestClock } from './clocks/advance-test-clock.ts';
import { createTestClock } from './clocks/create-test-clock.ts';
import { getTestClock } from './clocks/get-test-clock.ts';
import { createAdjustment } from './credits/create-adjustment.ts';
import { createGrant } from './credits/create-grant.ts';
import { explainEntry } from './credits/explain-entry.ts';
import { getCredits } from './credits/get-credits.ts';
import { listLedger } from './credits/list-ledger.ts';
import { getDiagnosis } from './diagnosis/get-diagnosis.ts';
import { eraseAccount, eraseMember } from './erasures/erase.ts';
import { getErasure, listErasures } from './erasures/read-erasures.ts';
import { reportEvents } from './events/report-events.ts';
import { takeSpans } from './events/take-spans.ts';
import { exportAccount } from './exports/export-account.ts';
import { exportDataset } from './exports/export-dataset.ts';
import { getForecast } from './forecast/get-forecast.ts';
import { check } from './gate/check.ts';
import { consume } from './gate/consume.ts';
import { createHold } from './holds/create-hold.ts';
import { getHold } from './holds/get-hold.ts';
import { listHolds } from './holds/list-holds.ts';
import { releaseHold } from './holds/release-hold.ts';
import { settleHold } from './holds/settle-hold.ts';
import { getBillingDetails, putBillingDetails } from './invoices/billing-details.ts';
import { createRefund, listCharges } from './invoices/charges/charges.ts';
import { createCreditNote } from './invoices/charges/create-credit-note.ts';
import { createCustomLine } from './invoices/charges/create-custom-line.ts';
import { withdrawCharge } from './invoices/charges/withdraw-charge.ts';
import { giveUpInvoice, markInvoicePaid, voidInvoice } from './invoices/close-invoice.ts';
import { explainInvoiceLine } from './invoices/explain-invoice-line.ts';
import { exportInvoices } from './invoices/export-invoices.ts';
import { getInvoice } from './invoices/get-invoice.ts';
import { getInvoicePdf } from './invoices/get-invoice-pdf.ts';
import { getUpcomingInvoice } from './invoices/get-upcoming-invoice.ts';
import { listInvoices } from './invoices/list-invoices.ts';
import { payInvoice } from './invoices/pay-invoice.ts';
import { startPortalSession } from './invoices/start-portal-session.ts';
import { createKey } from './keys/create-key.ts';
import { createToken } from './keys/create-token.ts';
import { listKeys } from './keys/list-keys.ts';
import { revokeKey } from './keys/revoke-key.ts';
import { rotateKey } from './keys/rotate-key.ts';
import { rotateOwnKey } from './keys/rotate-own-key.ts';
import { rotateTokenSecret } from './keys/rotate-token-secret.ts';
import { streamChanges } from './live/stream-changes.ts';
import { createMember } from './members/create-member.ts';
import { getMember } from './members/get-member.ts';
import { listMembers } from './members/list-members.ts';
import { putMember } from './members/put-member.ts';
import { removeMember } from './members/remove-member.ts';
import { listNotices } from './notices/list-notices.ts';
import { replayNotice } from './notices/replay-notice.ts';
import {
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  listWebhookEndpoints,
  putWebhookEndpoint,
  rotateWebhookSecret,
} from './notices/webhook-endpoints.ts';
import { getBackup } from './operations/get-backup.ts';
import { getDoctor } from './operations/get-doctor.ts';
import { listAudit } from './operations/list-audit.ts';
import { reconcileAccounts } from './operations/reconcile-accounts.ts';
import { reconcilePayments } from './operations/reconcile-payments.ts';
import { deleteOwnKey, listOwnKeys, putOwnKey } from './own-keys/own-keys.ts';
import { disconnectBrowser, listConnectedBrowsers } from './pairings/connected-browsers.ts';
import { approvePairing, denyPairing } from './pairings/decide-pairing.ts';
import { fetchPairingToken } from './pairings/fetch-pairing-token.ts';
import { getPairing } from './pairings/get-pairing.ts';
import { startPairing } from './pairings/start-pairing.ts';
import { getAutoTopUp } from './purchases/get-auto-top-up.ts';
import { getPaymentMethod } from './purchases/get-payment-method.ts';
import { getPurchase } from './purchases/get-purchase.ts';
import {
  paymentNotification,
  paymentPage,
  paymentPageAnswer,
  paymentPlace,
} from './purchases/payment-pages.ts';
import { purchaseCredits } from './purchases/purchase-credits.ts';
import { putAutoTopUp } from './purchases/put-auto-top-up.ts';
import { startPaymentSession } from './purchases/start-payment-session.ts';
import { getHealth } from './server/get-health.ts';
import { getMeta } from './server/get-meta.ts';
import { getOpenapi } from './server/get-openapi.ts';
import { getReady } from './server/get-ready.ts';
import { getSubscription } from './subscription/get-subscription.ts';
import { cancelSubscription } from './subscription/plan/cancel-subscription.ts';
import { changePlan } from './subscription/plan/change-plan.ts';
import { deleteContract, putContract } from './subscription/plan/contracts.ts';
import { moveSubscription } from './subscription/plan/move-subscription.ts';
import { resumeSubscription } from './subscription/plan/resume-subscription.ts';
import { endTrial, startTrial } from './subscription/plan/trials.ts';
import { previewSubscription } from './subscription/preview-subscription.ts';
import { putPaymentStanding } from './subscription/put-payment-standing.ts';
import {
  deleteDedicatedIp,
  putDedicatedIp,
  putDedicatedIps,
} from './subscription/quantities/dedicated-ips.ts';
import { putAddOn } from './subscription/quantities/put-add-on.ts';
import { putSeats } from './subscription/quantities/put-seats.ts';
import { putAdditionalUse } from './subscription/settings/put-additional-use.ts';
import { putAlertEmail } from './subscription/settings/put-alert-email.ts';
import { putAlerts } from './subscription/settings/put-alerts.ts';
import { putOwnLimit } from './subscription/settings/put-own-limit.ts';
import { changeTask } from './tasks/change-task.ts';
import { createTask } from './tasks/create-task.ts';
import { exportTasks } from './tasks/export-tasks.ts';
import { getTask } from './tasks/get-task.ts';
import { listTasks } from './tasks/list-tasks.ts';
import { getUsage } from './usage/get-usage.ts';
import { getUsageHistory } from './usage/get-usage-history.ts';
import { getUsageSeries } from './usage/get-usage-series.ts';
import { listUses } from './usage/list-uses.ts';
import { createVoid } from './voids/create-void.ts';

/** Every route of the API, the busiest first. */
const apiRoutes = [
  consume,
  check,
  reportEvents,
  takeSpans,
  getSummary,
  advanceTestClock,
  cancelSubscription,
  changePlan,
  changeTask,
  createAdjustment,
  approvePairing,
  createCreditNote,
  createGrant,
  createHold,
  createKey,
  withdrawCharge,
  createRefund,
  createCustomLine,
  createMember,
  createTask,
  createTestClock,
  createToken,
  createVoid,
  deleteContract,
  denyPairing,
  disconnectBrowser,
  deleteDedicatedIp,
  deleteOwnKey,
  // Before one invoice, whose id could be the same word.
  getUpcomingInvoice,
  exportInvoices,
  exportAccount,
  exportDataset,
  endTrial,
  fetchPairingToken,
  explainEntry,
  explainInvoiceLine,
  getAccount,
  getAutoTopUp,
  getPaymentMethod,
  getBackup,
  getBillingDetails,
  getCatalog,
  getCatalogVersion,
  getCredits,
  getDiagnosis,
  getDoctor,
  getHealth,
  getHold,
  getInvoice,
  getInvoicePdf,
  getMember,
  getMeta,
  getOpenapi,
  getPairing,
  getPurchase,
  getReady,
  getSubscription,
  getTask,
  getTestClock,
  getUsageHistory,
  getForecast,
  getUsageSeries,
  listUses,
  getUsage,
  giveUpInvoice,
  listAccounts,
  listActivity,
  listCatalogVersions,
  listCharges,
  listConnectedBrowsers,
  listHolds,
  listInvoices,
  listKeys,
  listLedger,
  listMembers,
  listModels,
  listTasks,
  exportTasks,
  listOwnKeys,
  markInvoicePaid,
  payInvoice,
  moveSubscription,
  previewSubscription,
  purchaseCredits,
  putAccount,
  putAddOn,
  putAdditionalUse,
  putAutoTopUp,
  putBillingDetails,
  putCatalog,
  putContract,
  putDedicatedIp,
  putDedicatedIps,
  putMember,
  putOwnKey,
  putOwnLimit,
  putAlerts,
  putAlertEmail,
  listWebhookEndpoints,
  getWebhookEndpoint,
  putWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  listNotices,
  replayNotice,
  putPaymentStanding,
  putSeats,
  releaseHold,
  removeMember,
  resumeSubscription,
  restoreCatalog,
  revokeKey,
  // `own` before any id.
  rotateOwnKey,
  rotateKey,
  rotateTokenSecret,
  eraseAccount,
  eraseMember,
  getErasure,
  listErasures,
  listAudit,
  reconcileAccounts,
  reconcilePayments,
  routeModel,
  settleHold,
  startPairing,
  startPaymentSession,
  startPortalSession,
  startTrial,
  streamChanges,
  voidInvoice,
  whoami,
] satisfies ApiRoute<Operation>[];

type Unrouted = Exclude<Operation, (typeof apiRoutes)[number]['key']>;

/** Every route of the server. Does not compile where a call of `Api` has no route. */
export const routes: [Unrouted] extends [never] ? readonly Route[] : { readonly 'has no route': Unrouted } = [
  ...apiRoutes,
  paymentPage,
  paymentPageAnswer,
  paymentNotification,
  paymentPlace,
];
