import type { ActivityEvent } from '../../contract/activity/activity.ts';
import { activityOf } from '../activity/activity.ts';
import type { Micros } from '../amounts/amounts.ts';
import { divideToCurrency } from '../amounts/currency.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import type { LedgerRecord } from '../credits/state.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { planOf, remainingOf, standingOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import { recurringOf } from './billing/recurring.ts';
import type { BillableFact, SubscriptionState } from './state.ts';

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
  /** The sum of the lines that are due now; negative is a credit. */
  readonly dueNow: Micros;
  /** The charges in advance at the end of the period or trial, as of then; null if nothing follows. */
  readonly next: { readonly atMs: number; readonly amount: Micros } | null;
  /** The scheduled changes or trial that it ends. */
  readonly clears: readonly ('scheduled_change' | 'scheduled_cancellation' | 'trial')[];
  /** Credits that come with it at once. */
  readonly credits: Micros;
  /** Metrics that it blocks at once, since more of them is used already. */
  readonly blocks: readonly string[];
}

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
  return {
    outcome: {
      takesEffect,
      effectiveAtMs: takesEffect === 'now' ? context.nowMs : boundaryAtMs(context.state.subscription),
      billables,
      dueNow: sumOfAmounts(billables.filter(({ due }) => due === 'now')),
      next: nextChargeOf(state, context.catalog),
      clears: clearedBy(before, state.subscription),
      credits: entries.reduce((sum, { kind, amount }) => (kind === 'grant' ? sum + amount : sum), 0n),
      blocks: blockedMetrics(state, context.catalog).filter(
        (metric) => !blockedMetrics(context.state, context.catalog).includes(metric),
      ),
    },
    state,
    facts: { ...noFacts, entries, activity: [activity] },
  };
}

/** The time of scheduled changes: the end of the trial, or of the billing period. */
export function boundaryAtMs({ status, trial, period }: SubscriptionState): number {
  return status === 'trial' && trial !== null ? trial.endsAtMs : period.endsAtMs;
}

/** The charges in advance at the next boundary, after the changes scheduled for it; null if the subscription ends there. */
export function nextChargeOf(
  { profile, subscription }: AccountState,
  catalog: Catalog,
): SubscriptionOutcome['next'] {
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
  let amount = 0n;
  for (const { unitPrice, quantity } of recurringOf({ plan, catalog }, then, 'next'))
    amount += divideToCurrency(unitPrice * BigInt(quantity), 1n, catalog.currency);
  return { atMs: boundaryAtMs(subscription), amount };
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

function sumOfAmounts(facts: readonly BillableFact[]): Micros {
  return facts.reduce((sum, { amount }) => sum + amount, 0n);
}
