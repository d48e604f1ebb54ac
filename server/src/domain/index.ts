export {
  type AdjustmentCommand,
  decideAdjustment,
  decideAutoTopUp,
  decidePaymentMethod,
  decidePaymentMethodRemoved,
} from './accounts/account-settings.ts';
export { type CreateAccount, decideChangeAccount, decideCreateAccount } from './accounts/accounts.ts';
export { type Advanced, advance, nextDueAtMs } from './accounts/advance.ts';
export type * from './accounts/state.ts';
export type * from './activity/state.ts';
export {
  AmountError,
  divideHalfEven,
  formatAmount,
  formatDecimal,
  lesserOf,
  type Micros,
  microsPerUnit,
  parseAmount,
  percentOf,
  sumOf,
  totalMax,
} from './amounts/amounts.ts';
export { carryOf, exactCharge, partsPerMicro, restOf, roundCharge, roundUp } from './amounts/rounding.ts';
export { compileCatalog } from './catalog/catalog.ts';
export type * from './catalog/catalog-types.ts';
export { decideGrant, defaultPriority, type GrantCommand } from './credits/grants.ts';
export { addToSums, createLedgerSums, type Drift, findDrift, type LedgerSums } from './credits/reconcile.ts';
export type * from './credits/state.ts';
export { availableOf, debtOf, heldOf } from './credits/wallet.ts';
export { type Decision, type DecisionContext, DomainError, type RefusalFigures } from './decision.ts';
export {
  decideEraseAccount,
  decideEraseMember,
  withoutMark,
} from './erasures/decide-erasure.ts';
export { eraseAnswer } from './erasures/erase-answer.ts';
export { eraseFacts } from './erasures/erase-facts.ts';
export type { FieldRules } from './erasures/erase-fields.ts';
export {
  eraseCharge,
  eraseInvoice,
  eraseMember,
  eraseNotice,
  erasePurchase,
  eraseTask,
} from './erasures/erase-records.ts';
export { eraseAccount, eraseInState, isClosedByErasure } from './erasures/erase-state.ts';
export { createEraser, type Eraser } from './erasures/eraser.ts';
export type { ErasedRows, Erasing, ErasureSubject } from './erasures/state.ts';
export { decideEvent, type EventCommand } from './events/events.ts';
export { type Facts, joinFacts, noFacts } from './facts.ts';
export type { RefusedUse } from './gate/gate.ts';
export type { Quote, UseCommand } from './gate/quote.ts';
export {
  type AllowedUse,
  decideUse,
  lineLabel,
  type UseOutcome,
} from './gate/use.ts';
export { openHoldRecord } from './holds/hold-end.ts';
export { decideHold, decideRelease, type HoldCommand, type OpenedHold } from './holds/holds.ts';
export { decideSettle, type SettleCommand, type SettledHold } from './holds/settlements.ts';
export type * from './holds/state.ts';
export {
  decideBuyer,
  decideCloseInvoice,
  decideCreditNote,
} from './invoices/changes.ts';
export { decideChargedChange } from './invoices/charges/charged-change.ts';
export {
  assertWithdrawable,
  type ChargeOutcome,
  decideChargeResult,
  decidePay,
  decideRefund,
  decideRefundResult,
  isWaiting,
} from './invoices/charges/charges.ts';
export { type CustomLine, type CustomLineBilled, decideCustomLine } from './invoices/charges/custom-line.ts';
export {
  decideReturned,
  type ReportedDispute,
  type ReportedRefund,
  type ReturnedMoney,
} from './invoices/charges/returned-money.ts';
export { type UsageCostFigures, usageCosts } from './invoices/charges/usage-costs.ts';
export { nextNumber } from './invoices/invoice-number.ts';
export { issueInvoice, lineOf } from './invoices/issue.ts';
export {
  addCharge,
  addInvoice,
  addUse,
  createMoneySums,
  findMoneyDrift,
  type MoneySums,
} from './invoices/reconcile.ts';
export {
  answerOnItsWayMs,
  type ComparedCharge,
  compareCharge,
  type KeptPayment,
  type PaymentDifference,
} from './invoices/reconcile-payments.ts';
export type * from './invoices/state.ts';
export { nothingBilled } from './invoices/state.ts';
export { unpaidSum, upcomingInvoice } from './invoices/upcoming.ts';
export { withInvoices } from './invoices/with-invoices.ts';
export {
  admits,
  type LimitStanding,
  levelOf,
  planOf,
  remainingOf,
  standingOf,
} from './limits/limits.ts';
export {
  decidePutMember,
  decideRemoveMember,
  type MemberPut,
  memberShareOf,
  newlyAllocated,
  type PutMember,
} from './members/members.ts';
export type * from './members/state.ts';
export { listModels, type Route, type RouteRequest, routeModel } from './models/models.ts';
export {
  dueDeliveries,
  replayed,
  retryDelaysMs,
  withAttempt,
  withDeliveries,
} from './notices/deliveries.ts';
export {
  type Delivery,
  endpointOf,
  isDead,
  type NoticeRecord,
  type NoticeSubject,
  newNotice,
  toEndpoint,
} from './notices/state.ts';
export { tellChange, trialNoticeMs, withNotices } from './notices/tell.ts';
export { decideOwnKey } from './own-keys/own-keys.ts';
export { type Priced, type PricingContext, priceItems } from './pricing/pricing.ts';
export {
  decideOrder,
  decidePaymentResult,
  type OrderCommand,
  type PaymentResult,
  retryDelayMinutes,
} from './purchases/purchases.ts';
export { decidePurchaseRefund, type RefundedCredits } from './purchases/refund-purchase.ts';
export type * from './purchases/state.ts';
export { idleTopUp } from './purchases/state.ts';
export { isTopUpDue, withTopUp } from './purchases/top-up.ts';
export type { AccountState } from './state.ts';
export { decideSubscription } from './subscription/commands.ts';
export { boundaryAtMs, type SubscriptionOutcome } from './subscription/outcome.ts';
export { decidePaymentStanding, type PaymentStanding } from './subscription/payment-standing.ts';
export {
  type ChangePlan,
  decideCancel,
  decideChangePlan,
  decideResume,
} from './subscription/plan/change-plan.ts';
export type * from './subscription/state.ts';
export type * from './tasks/state.ts';
export {
  type ChangeTask,
  type CreateTask,
  decideChangeTask,
  decideCreateTask,
  type TaskOutcome,
  taskTransitions,
} from './tasks/tasks.ts';
export {
  bucketStarts,
  cycleAt,
  cycleByIndex,
  dayOf,
  isTimeZone,
  startOfDayMs,
  startOfMonthMs,
} from './time/calendar.ts';
export type * from './unpriced/state.ts';
export {
  decideLatePrices,
  isPriceDue,
  latePriceId,
  type WaitingItem,
  withTried,
} from './unpriced/unpriced.ts';
export { cellsOf, creditsMetric } from './usage/cells.ts';
export type * from './usage/state.ts';
export { nothingOutsideCounters } from './usage/state.ts';
export { paidSince } from './voids/paid-since.ts';
export { decideVoid, decideWholeVoid, type VoidCommand, type Voided } from './voids/voids.ts';
export type * from './windows/state.ts';
export {
  rollingParts,
  type WindowStanding,
  windowRemaining,
  windowStandingOf,
  windowStandingsOf,
} from './windows/windows.ts';
export { withinBounds } from './within-bounds.ts';
