import type { Route } from '../route.ts';
import { advanceTestClock } from './advance-test-clock.ts';
import { changeTask } from './change-task.ts';
import { check } from './check.ts';
import { consume } from './consume.ts';
import { createAdjustment } from './create-adjustment.ts';
import { createGrant } from './create-grant.ts';
import { createHold } from './create-hold.ts';
import { createKey } from './create-key.ts';
import { createTask } from './create-task.ts';
import { createTestClock } from './create-test-clock.ts';
import { createToken } from './create-token.ts';
import { explainEntry } from './explain-entry.ts';
import { getAccount } from './get-account.ts';
import { getAutoTopUp } from './get-auto-top-up.ts';
import { getCatalog } from './get-catalog.ts';
import { getCredits } from './get-credits.ts';
import { getDiagnosis } from './get-diagnosis.ts';
import { getHealth } from './get-health.ts';
import { getHold } from './get-hold.ts';
import { getMember } from './get-member.ts';
import { getMeta } from './get-meta.ts';
import { getMetrics } from './get-metrics.ts';
import { getOpenapi } from './get-openapi.ts';
import { getPurchase } from './get-purchase.ts';
import { getReady } from './get-ready.ts';
import { getSubscription } from './get-subscription.ts';
import { getSummary } from './get-summary.ts';
import { getTask } from './get-task.ts';
import { getTestClock } from './get-test-clock.ts';
import { getUsage } from './get-usage.ts';
import { getUsageHistory } from './get-usage-history.ts';
import { getUsageSeries } from './get-usage-series.ts';
import { listAccounts } from './list-accounts.ts';
import { listActivity } from './list-activity.ts';
import { listHolds } from './list-holds.ts';
import { listKeys } from './list-keys.ts';
import { listLedger } from './list-ledger.ts';
import { listMembers } from './list-members.ts';
import { listModels } from './list-models.ts';
import { listTasks } from './list-tasks.ts';
import { deleteOwnKey, listOwnKeys, putOwnKey } from './own-keys.ts';
import { paymentPage, paymentPageAnswer } from './payment-pages.ts';
import { purchaseCredits } from './purchase-credits.ts';
import { putAccount } from './put-account.ts';
import { putAutoTopUp } from './put-auto-top-up.ts';
import { putCatalog } from './put-catalog.ts';
import { putMember } from './put-member.ts';
import { releaseHold } from './release-hold.ts';
import { reportEvents } from './report-events.ts';
import { revokeKey } from './revoke-key.ts';
import { routeModel } from './route-model.ts';
import { settleHold } from './settle-hold.ts';
import { startPaymentSession } from './start-payment-session.ts';
import { streamChanges } from './stream-changes.ts';
import { whoami } from './whoami.ts';

/** Every route of the server, the busiest first. */
export const routes: readonly Route[] = [
  consume,
  check,
  reportEvents,
  getSummary,
  advanceTestClock,
  changeTask,
  createAdjustment,
  createGrant,
  createHold,
  createKey,
  createTask,
  createTestClock,
  createToken,
  deleteOwnKey,
  explainEntry,
  getAccount,
  getAutoTopUp,
  getCatalog,
  getCredits,
  getDiagnosis,
  getHealth,
  getHold,
  getMember,
  getMeta,
  getMetrics,
  getOpenapi,
  getPurchase,
  getReady,
  getSubscription,
  getTask,
  getTestClock,
  getUsageHistory,
  getUsageSeries,
  getUsage,
  listAccounts,
  listActivity,
  listHolds,
  listKeys,
  listLedger,
  listMembers,
  listModels,
  listTasks,
  listOwnKeys,
  paymentPage,
  paymentPageAnswer,
  purchaseCredits,
  putAccount,
  putAutoTopUp,
  putCatalog,
  putMember,
  putOwnKey,
  releaseHold,
  revokeKey,
  routeModel,
  settleHold,
  startPaymentSession,
  streamChanges,
  whoami,
];
