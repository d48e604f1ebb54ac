export {
  type AdjustmentCommand,
  decideAdjustment,
  decideAutoTopUp,
  decideOwnKey,
  decidePaymentMethod,
} from './account-settings.ts';
export { type CreateAccount, decideChangeAccount, decideCreateAccount } from './accounts.ts';
export { type Advanced, advance, nextDueAtMs } from './advance.ts';
export {
  AmountError,
  chargeFor,
  divideHalfEven,
  formatAmount,
  lesserOf,
  microsPerUnit,
  parseAmount,
  percentOf,
  sumOf,
  totalMax,
} from './amounts.ts';
export {
  bucketStarts,
  cycleAt,
  cycleByIndex,
  dayOf,
  isTimeZone,
  startOfDayMs,
  startOfMonthMs,
} from './calendar.ts';
export { compileCatalog } from './catalog.ts';
export type * from './catalog-types.ts';
export { cellsOf, creditsMetric } from './cells.ts';
export { type Decision, type DecisionContext, DomainError, type RefusalFigures } from './decision.ts';
export { decideEvent, type EventCommand } from './events.ts';
export type { RefusedUse } from './gate.ts';
export { decideGrant, defaultPriority, type GrantCommand } from './grants.ts';
export { openHoldRecord } from './hold-end.ts';
export { decideHold, decideRelease, type HoldCommand, type OpenedHold } from './holds.ts';
export { admits, levelOf, levelOfPercent, planOf, remainingOf, type Standing, standingOf } from './limits.ts';
export { decidePutMember, type MemberPut, newlyAllocated, type PutMember } from './members.ts';
export { costOf, listModels, type Route, type RouteRequest, routeModel } from './models.ts';
export { type Priced, type PricingContext, priceItems } from './pricing.ts';
export {
  decideOrder,
  decidePaymentResult,
  type OrderCommand,
  type PaymentResult,
  retryDelayMinutes,
} from './purchases.ts';
export type { Quote, UseCommand } from './quote.ts';
export { addToSums, createLedgerSums, type Drift, findDrift, type LedgerSums } from './reconcile.ts';
export { decideSettle, type SettleCommand, type SettledHold } from './settlements.ts';
export * from './state.ts';
export {
  type ChangeTask,
  type CreateTask,
  decideChangeTask,
  decideCreateTask,
  type TaskOutcome,
  taskTransitions,
} from './tasks.ts';
export { isTopUpDue, withTopUp } from './top-up.ts';
export {
  type AllowedUse,
  decideUse,
  lineLabel,
  type UseOutcome,
} from './use.ts';
export { availableOf, debtOf, heldOf } from './wallet.ts';
