import type { ActivityEvent } from '../../contract/activity/activity.ts';
import { activityOf } from '../activity/activity.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import type { LedgerRecord } from '../credits/state.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { completeLines, type InvoiceSums, issueInvoices, lineOf, sumsOf } from '../invoices/issue.ts';
import { planOf, remainingOf, standingOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import { periodFrom, restartsAfterTrial } from './billing/period.ts';
import { factsAhead, recurringOf } from './billing/recurring.ts';
import type { BillableFact, BillingPeriod, SubscriptionState } from './state.ts';

/**
 * The effects of a command on a subscription, in exact amounts and dates. A preview is the same decision without its state and
 * facts, so the two cannot disagree.
 */
export interface SubscriptionOutcome {
  /** `now`, or `boundary` if it waits for the end of the paid period or trial. */
  readonly takesEffect: 'now' | 'boundary';
  readonly effectiveAtMs: number;
  /** The billable lines that it adds. */
  readonly billables: readonly BillableFact[];
  /** What the invoice of the lines that are due now asks for. */
  readonly dueNow: InvoiceSums;
  /** Whether the server charges it, or makes an invoice that is paid later or elsewhere. */
  readonly dueNowBy: 'charge' | 'invoice';
  /** Whether it costs more from the next period on alone, since the catalog charges no parts of periods. */
  readonly isPaidLater: boolean;
  /** What the charges in advance at the end of the period or trial ask for, as of then; null if nothing follows. */
  readonly next: { readonly atMs: number; readonly sums: InvoiceSums } | null;
  /** The scheduled changes or trial that it ends. */
  readonly clears: readonly ('scheduled_change' | 'scheduled_cancellation' | 'trial')[];
  /** Credits that come with it at once. */
  readonly credits: Micros;
  /** Credits that end with it at once, such as the rest of the old plan's. */
  readonly creditsEnding: Micros;
  /** Metrics that it blocks at once, since more of them is used already. */
  readonly blocks: readonly string[];
}

const grantKinds = new Set(['grant']);
const endKinds = new Set(['reset', 'expiry']);

/** The account after a command, before notices. */
export interface SubscriptionStep {
  readonly state: AccountState;
  readonly entries?: readonly LedgerRecord[];
  readonly takesEffect: SubscriptionOutcome['takesEffect'];
  /** For the activity log. */
  readonly event: ActivityEvent;
  readonly memberId: string | null;
}

/** The decision of a step: what it comes to, and its line in the activity log. */
export function decided(
  context: DecisionContext,
  { state, entries = [], takesEffect, event, memberId }: SubscriptionStep,
): Decision<SubscriptionOutcome> {
  const before = context.state.subscription;
  const known = new Set(before.billables.map(({ id }) => id));
  const billables = state.subscription.billables.filter(({ id }) => !known.has(id));
  const activity = activityOf(context, { kind: 'subscription_changed', event, memberId });
  const { catalog, nowMs } = context;
  const issued = issueInvoices(state, catalog, {
    atMs: nowMs,
    due: 'now',
    closes: state.subscription.period,
  });
  const dueNow = sumsOf(issued.invoices.flatMap(({ lines }) => lines));
  const sumOf = (kinds: ReadonlySet<string>) =>
    entries.reduce((sum, { kind, amount }) => (kinds.has(kind) ? sum + amount : sum), 0n);
  return {
    outcome: {
      takesEffect,
      effectiveAtMs: takesEffect === 'now' ? context.nowMs : boundaryAtMs(context.state.subscription),
      billables,
      dueNow,
      dueNowBy: isChargeable(state, catalog, dueNow.total) ? 'charge' : 'invoice',
      isPaidLater:
        catalog.proration === 'none' &&
        takesEffect === 'now' &&
        recurringTotal(state, catalog) > recurringTotal(context.state, catalog),
      next: nextChargeOf(issued.state, catalog),
      clears: clearedBy(before, state.subscription),
      credits: sumOf(grantKinds),
      creditsEnding: -sumOf(endKinds),
      blocks: blockedMetrics(state, context.catalog).filter(
        (metric) => !blockedMetrics(context.state, context.catalog).includes(metric),
      ),
    },
    state,
    facts: { ...noFacts, entries, activity: [activity] },
  };
}

/** The recurring charges of a whole period. */
function recurringTotal(state: AccountState, catalog: Catalog): Micros {
  const lines = recurringOf({ plan: planOf(state, catalog), catalog }, state.subscription);
  return lines.reduce((sum, { quantity, unitPrice }) => sum + BigInt(quantity) * unitPrice, 0n);
}

/**
 * Whether a member would get something without being able to pay: the server collects, something is to be paid, and no payment method
 * can be charged. The product team may do it, and a catalog may let members pay the invoice later.
 */
export function lacksPaymentMethod(
  { state, catalog }: Pick<DecisionContext, 'state' | 'catalog'>,
  { dueNow, isPaidLater }: SubscriptionOutcome,
  memberId: string | null,
): boolean {
  const { collects, withoutPaymentMethod } = catalog.billing;
  if (memberId === null || !collects || withoutPaymentMethod === 'invoice') return false;
  return (dueNow.total > 0n || isPaidLater) && state.profile.paymentMethod?.confirmed !== true;
}

/** @throws DomainError `payment_method_required` where `lacksPaymentMethod` */
export function assertPayable(
  context: Pick<DecisionContext, 'state' | 'catalog'>,
  outcome: SubscriptionOutcome,
  memberId: string | null,
): void {
  if (!lacksPaymentMethod(context, outcome, memberId)) return;
  throw new DomainError(
    'payment_method_required',
    outcome.isPaidLater
      ? 'This is paid from the next period on, and the account has no confirmed payment method'
      : 'This is paid at once, and the account has no confirmed payment method',
    '',
    'a confirmed payment method first',
  );
}

/** Whether the server charges an amount when it is invoiced: there is a confirmed payment method, and the provider takes so much. */
function isChargeable({ profile }: AccountState, { billing }: Catalog, amount: Micros): boolean {
  return billing.collects && profile.paymentMethod?.confirmed === true && amount <= billing.maximumCharge;
}

/** The time of scheduled changes: the end of the trial, or of the billing period. */
export function boundaryAtMs({ status, trial, period }: SubscriptionState): number {
  return status === 'trial' && trial !== null ? trial.endsAtMs : period.endsAtMs;
}

/**
 * The invoice of the charges in advance at the next boundary, after the changes scheduled for it, by the steps that make it; null
 * if the subscription ends there.
 */
function nextChargeOf(state: AccountState, catalog: Catalog): SubscriptionOutcome['next'] {
  const { profile, subscription } = state;
  const { scheduled } = subscription;
  if (subscription.status === 'cancelled' || subscription.pausedFor === 'trial_over') return null;
  const planId = scheduled === null ? profile.planId : scheduled.planId;
  if (planId === null) return null;
  const catalogVersion = scheduled === null ? profile.catalogVersion : scheduled.catalogVersion;
  const plan = planOf({ profile: { ...profile, planId, catalogVersion }, subscription }, catalog);
  const stays = planId === profile.planId;
  const then: SubscriptionState = {
    ...subscription,
    status: 'active',
    interval: scheduled?.kind === 'change' ? scheduled.interval : subscription.interval,
    agreedPrice: stays ? subscription.agreedPrice : null,
  };
  const atMs = boundaryAtMs(subscription);
  const charged = recurringOf({ plan, catalog }, then, 'next');
  const restarts = subscription.status === 'trial' && restartsAfterTrial(catalog, charged);
  const anchored = restarts ? { ...profile, anchorAtMs: atMs } : profile;
  const period = restarts
    ? periodFrom(anchored, { index: 0 }, then.interval, atMs)
    : periodAt(anchored, subscription.period, then.interval, atMs);
  const facts = factsAhead(
    { profile: anchored, catalog, causeId: 'next', atMs, due: 'boundary' },
    charged,
    period,
  );
  if (facts.length === 0) return { atMs, sums: sumsOf([]) };
  const lines = facts.map((fact) => lineOf(fact, catalog));
  const complete = completeLines(state, catalog, { lines, closes: period, currency: catalog.currency });
  return { atMs, sums: sumsOf(complete.lines) };
}

/** The period that contains an instant at or after the present one's start, where periods of an interval follow it. */
function periodAt(
  profile: AccountState['profile'],
  present: BillingPeriod,
  interval: SubscriptionState['interval'],
  atMs: number,
): BillingPeriod {
  let period = present;
  while (period.endsAtMs <= atMs)
    period = periodFrom(profile, { index: period.endsAtCycle }, interval, period.endsAtMs);
  return period;
}

/** Metrics whose use the gate refuses. */
function blockedMetrics(state: AccountState, catalog: Catalog): string[] {
  const metrics = [...catalog.metrics.keys()];
  return metrics.filter((metric) => remainingOf(standingOf(state, catalog, metric)) === 0n);
}

function clearedBy(before: SubscriptionState, after: SubscriptionState): SubscriptionOutcome['clears'] {
  const cleared: SubscriptionOutcome['clears'][number][] = [];
  if (before.scheduled !== null && before.scheduled !== after.scheduled)
    cleared.push(before.scheduled.kind === 'cancel' ? 'scheduled_cancellation' : 'scheduled_change');
  if (before.status === 'trial' && after.status !== 'trial') cleared.push('trial');
  return cleared;
}
