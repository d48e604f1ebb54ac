import { doubled } from '../../contract/values/durations.ts';
import { type ActivityDraft, activityOf } from '../activity/activity.ts';
import type { ActivityRecord } from '../activity/state.ts';
import { formatAmount, parseAmount, totalMax } from '../amounts/amounts.ts';
import type { Pack } from '../catalog/catalog-types.ts';
import { addGrant, assertRoomForGrant, defaultPriority } from '../credits/grants.ts';
import { availableOf } from '../credits/wallet.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { deriveId } from '../ids/derived-id.ts';
import { assertExpected, type ExpectedTotal } from '../invoices/expected-total.ts';
import { planOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import { addDaysMs } from '../time/calendar.ts';
import { invoicePurchase, sumsOfPack, totalOf } from './pack-invoice.ts';
import { requirePackOnSale } from './pack-offer.ts';
import type { PurchaseRecord } from './state.ts';
import { grantOfPurchase } from './take-back-credits.ts';

const msPerMinute = 60_000;

/** The first retry of a failed top-up comes after so many minutes; each further one doubles the wait. */
export const topUpRetryMinutes = 15;
/** The longest wait between retries, in minutes: a day. */
export const topUpRetryMinutesMax = 1_440;

/** A pack that somebody buys. */
export interface OrderCommand {
  readonly purchaseId: string;
  readonly packId: string;
  /** Who bought it; null for auto top-up and the product team. */
  readonly memberId: string | null;
  /** What the buyer saw that it costs; absent where nobody says. */
  readonly expectedTotal?: ExpectedTotal | undefined;
}

/** The payment provider's answer. */
export type PaymentResult =
  | { readonly outcome: 'succeeded' }
  | { readonly outcome: 'needs_action'; readonly actionUrl: string }
  | { readonly outcome: 'failed'; readonly message: string };

/**
 * Orders a pack. Nothing is granted before its payment has succeeded.
 * @throws DomainError `unknown_pack`, `forbidden` where the plan sells no packs, `amount_out_of_range` where an account could not
 * hold what it buys, `count_limit_reached` beyond `apiBounds.liveGrantsMax`, `payment_method_required`, `total_changed` where it
 * costs more than its buyer saw.
 */
export function decideOrder(context: DecisionContext, command: OrderCommand): Decision<PurchaseRecord> {
  const { state, catalog } = context;
  const pack = requirePackOnSale(catalog, planOf(state, catalog), command.packId);
  // Once it is paid nothing can refuse it any more.
  assertRoomForGrant(state);
  if (availableOf(state.wallet, catalog.unit) + pack.credits + pack.bonus > totalMax)
    throw new DomainError(
      'amount_out_of_range',
      'The pack would bring the balance beyond what an account can hold',
      '/packId',
      `a balance of at most ${formatAmount(totalMax)}`,
    );
  const purchase = orderOf(context, pack, {
    id: command.purchaseId,
    source: 'purchase',
    memberId: command.memberId,
  });
  assertExpected({ amount: totalOf(purchase), currency: purchase.currency }, command.expectedTotal);
  return { outcome: purchase, state, facts: { ...noFacts, purchases: [purchase] } };
}

function orderOf(
  context: DecisionContext,
  pack: Pack,
  order: Pick<PurchaseRecord, 'id' | 'source' | 'memberId'>,
): PurchaseRecord {
  const { state, catalog, nowMs } = context;
  const { paymentMethod } = state.profile;
  if (paymentMethod === null)
    throw new DomainError('payment_method_required', 'The account has no payment method');
  return {
    ...order,
    accountId: state.profile.id,
    packId: pack.id,
    status: 'ordered',
    credits: pack.credits,
    bonus: pack.bonus,
    unit: catalog.unit,
    price: parseAmount(pack.price.amount),
    taxes: sumsOfPack(state, catalog, pack, nowMs).taxes,
    currency: pack.price.currency,
    paymentMethodId: paymentMethod.id,
    invoiceId: null,
    failure: null,
    actionUrl: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}

/**
 * Takes over what the payment provider answered: grants the credits, or keeps why not. A purchase that has ended stays
 * as it is, so the same answer may come twice.
 */
export function decidePaymentResult(
  context: DecisionContext,
  purchase: PurchaseRecord,
  result: PaymentResult,
): Decision<PurchaseRecord> {
  if (purchase.status === 'succeeded' || purchase.status === 'failed')
    return { outcome: purchase, state: context.state, facts: noFacts };
  if (result.outcome === 'succeeded') return succeed(context, purchase);
  // Nobody is there to confirm an unattended charge, so for a top-up it is a failure.
  if (result.outcome === 'needs_action' && purchase.source === 'purchase') {
    const waiting: PurchaseRecord = {
      ...purchase,
      status: 'needs_action',
      actionUrl: result.actionUrl,
      updatedAtMs: context.nowMs,
    };
    return { outcome: waiting, state: context.state, facts: { ...noFacts, purchases: [waiting] } };
  }
  const message =
    result.outcome === 'failed' ? result.message : 'The bank wants the payment to be confirmed by hand.';
  return fail(context, purchase, message);
}

function succeed(context: DecisionContext, purchase: PurchaseRecord): Decision<PurchaseRecord> {
  const { state, catalog, nowMs, recordedAtMs } = context;
  const pack = catalog.creditPacks.get(purchase.packId);
  const label = pack?.label ?? purchase.packId;
  const days = pack?.expiresAfterDays[planOf(state, catalog).kind] ?? null;
  const added = addGrant(
    state,
    {
      id: grantOfPurchase(purchase.id),
      source: purchase.source,
      label,
      unit: purchase.unit,
      amount: purchase.credits + purchase.bonus,
      priority: defaultPriority[purchase.source],
      scope: {},
      expiresAtMs: days === null ? null : addDaysMs(nowMs, days, state.profile.timeZone),
    },
    { atMs: nowMs, recordedAtMs },
  );
  const after = endTopUp(added.state, purchase, (topUp) => ({
    inFlightPurchaseId: null,
    chargesThisCycle: topUp.chargesThisCycle + 1,
    creditsThisCycle: topUp.creditsThisCycle + purchase.credits + purchase.bonus,
    failures: 0,
    retryAtMs: null,
    lastFailure: null,
    awaitsRise: true,
  }));
  const activity = purchaseActivity(context, purchase, {
    kind: 'credits_purchased',
    event: { kind: 'credits_bought', ...boughtBy(purchase) },
  });
  const invoiced = invoicePurchase(after, catalog, purchase, { label, atMs: nowMs });
  const done: PurchaseRecord = {
    ...purchase,
    status: 'succeeded',
    invoiceId: invoiced.invoices[0]?.id ?? null,
    actionUrl: null,
    updatedAtMs: nowMs,
  };
  return {
    outcome: done,
    state: invoiced.state,
    facts: {
      ...noFacts,
      entries: added.entries,
      purchases: [done],
      invoices: invoiced.invoices,
      activity: [activity, ...invoiced.activity],
    },
  };
}

function fail(context: DecisionContext, purchase: PurchaseRecord, message: string): Decision<PurchaseRecord> {
  const { state, nowMs } = context;
  const failed: PurchaseRecord = {
    ...purchase,
    status: 'failed',
    failure: message,
    actionUrl: null,
    updatedAtMs: nowMs,
  };
  const after = endTopUp(state, purchase, (topUp) => ({
    ...topUp,
    inFlightPurchaseId: null,
    failures: topUp.failures + 1,
    retryAtMs: nowMs + retryDelayMinutes(topUp.failures) * msPerMinute,
    lastFailure: message,
  }));
  const activity = purchaseActivity(context, purchase, {
    kind: 'purchase_failed',
    event: { kind: 'purchase_failed', ...boughtBy(purchase), failure: message },
  });
  return { outcome: failed, state: after, facts: { ...noFacts, purchases: [failed], activity: [activity] } };
}

/** Minutes to wait after one more failure: 15, 30, 60 and so on, up to a day. */
export function retryDelayMinutes(failuresBefore: number): number {
  return doubled(topUpRetryMinutes, failuresBefore, topUpRetryMinutesMax);
}

function endTopUp(
  state: AccountState,
  purchase: PurchaseRecord,
  change: (topUp: AccountState['topUp']) => AccountState['topUp'],
): AccountState {
  if (state.topUp.inFlightPurchaseId !== purchase.id) return state;
  return { ...state, topUp: change(state.topUp) };
}

function boughtBy(purchase: PurchaseRecord) {
  const { credits, bonus, currency, source } = purchase;
  return {
    credits: formatAmount(credits + bonus),
    price: { amount: formatAmount(totalOf(purchase)), currency },
    source,
  };
}

function purchaseActivity(
  context: DecisionContext,
  { memberId, source }: PurchaseRecord,
  { kind, event }: Pick<ActivityDraft, 'kind' | 'event'>,
): ActivityRecord {
  const reason = source === 'top_up' ? 'Auto top-up' : null;
  return activityOf(context, { kind, event, memberId, reason });
}

/** The order that a top-up makes in the decision which crosses the threshold. */
export function orderTopUp(context: DecisionContext, pack: Pack): PurchaseRecord {
  return orderOf(context, pack, {
    id: deriveId(context.commandId, 'top-up'),
    source: 'top_up',
    memberId: null,
  });
}
