import type { Catalog } from '../../catalog/catalog-types.ts';
import { deriveId } from '../../ids/derived-id.ts';
import { planAt, planOf } from '../../limits/limits.ts';
import type { AccountState } from '../../state.ts';
import { cycleByIndex } from '../../time/calendar.ts';
import type { BillableFact, Quantity, SubscriptionState } from '../state.ts';
import { periodFrom } from './period.ts';
import { factsAhead, type RecurringLine, recurringOf, withBillables } from './recurring.ts';
import { movedTo } from './transition.ts';
import { minimumFacts } from './usage-facts.ts';

/** Whether the billing period ends with the cycle that ends now. The account is given as it stood before. */
export function endsPeriod({ usage, subscription }: AccountState): boolean {
  return usage.index + 1 >= subscription.period.endsAtCycle;
}

/**
 * Ends the period: bills the rest of a minimum commitment, carries out scheduled changes, and drops removed items. It runs before
 * the next cycle begins, whose credits and limits come from the next plan.
 */
export function endPeriod(state: AccountState, catalog: Catalog): AccountState {
  const { period } = state.subscription;
  const missing = minimumFacts(state, catalog, {
    causeId: deriveId('period', period.startsAtMs),
    atMs: period.endsAtMs,
    due: 'boundary',
  });
  return withScheduledDone(withBillables(state, missing), catalog);
}

/** The account after a boundary: on the plan that was scheduled, with the numbers that were wanted for afterwards. */
export function withScheduledDone(state: AccountState, catalog: Catalog): AccountState {
  const { subscription } = state;
  // In a trial the end of a cycle is no boundary: scheduled changes wait for the end of the trial.
  if (subscription.status === 'trial') return state;
  const { scheduled } = subscription;
  const carried: AccountState = {
    ...state,
    subscription: {
      ...subscription,
      seats: carriedOn(subscription.seats),
      addOns: carriedOn(subscription.addOns),
      dedicatedIps: subscription.dedicatedIps.filter(({ isRemoved }) => !isRemoved),
      scheduled: null,
    },
  };
  if (scheduled === null) return carried;
  const plan =
    scheduled.planId === null ? undefined : planAt(catalog, scheduled.planId, scheduled.catalogVersion);
  if (plan === undefined) {
    // A plan that is scheduled stays in the versions of the catalog, so only an end without a plan after it comes here.
    const ended: SubscriptionState = { ...carried.subscription, status: 'cancelled', pausedFor: null };
    return { ...carried, subscription: { ...ended, seats: {}, addOns: {}, dedicatedIps: [] } };
  }
  const interval = scheduled.kind === 'change' ? scheduled.interval : 'month';
  return movedTo(carried, { plan, interval, catalogVersion: scheduled.catalogVersion });
}

/** Begins the next period, with the cycle that has begun, and adds its charges in advance to the billable lines. */
export function beginPeriod(state: AccountState, catalog: Catalog): AccountState {
  const { profile, usage, subscription } = state;
  const period = periodFrom(profile, usage, subscription.interval, usage.startsAtMs);
  return chargeAhead(
    { ...state, subscription: { ...subscription, period, periodTotal: 0n } },
    catalog,
    'boundary',
  );
}

/** Makes billable what a new account is charged ahead for its first period, which may be a part of one. */
export function beginFirstPeriod(state: AccountState, catalog: Catalog): AccountState {
  return chargeAhead(state, catalog, 'now');
}

function chargeAhead(state: AccountState, catalog: Catalog, due: BillableFact['due']): AccountState {
  const { profile, subscription } = state;
  const { period } = subscription;
  const lines = recurringOf({ plan: planOf(state, catalog), catalog }, subscription);
  const causeId = deriveId('period', period.startsAtMs);
  const facts = factsAhead({ profile, catalog, causeId, atMs: period.startsAtMs, due }, lines, period);
  return withBillables(state, facts);
}

/** Whether periods pass without a charge and without a change, so that those nobody saw leave no trace. */
export function isFreeAndSettled(state: AccountState, catalog: Catalog): boolean {
  const { status, scheduled } = state.subscription;
  if (scheduled !== null || status === 'trial') return false;
  return !isChargedNext(state, catalog);
}

/** Whether the account's plan charges anything at the beginning of the next period, so that a payment method is needed for it. */
export function isChargedNext(state: AccountState, catalog: Catalog): boolean {
  return nextChargesOf(state, catalog).length > 0;
}

/** What the account's plan charges at the beginning of the next period. */
export function nextChargesOf(state: AccountState, catalog: Catalog): readonly RecurringLine[] {
  return recurringOf({ plan: planOf(state, catalog), catalog }, state.subscription, 'next');
}

/** The period in the zone that the account has moved to: its end is its cycle's, by the new zone's clocks. */
export function withPeriodInZone(state: AccountState): AccountState {
  const { profile, subscription } = state;
  const { startsAtMs: endsAtMs } = cycleByIndex(
    profile.anchorAtMs,
    profile.timeZone,
    subscription.period.endsAtCycle,
  );
  if (endsAtMs === subscription.period.endsAtMs) return state;
  return { ...state, subscription: { ...subscription, period: { ...subscription.period, endsAtMs } } };
}

function carriedOn(quantities: Readonly<Record<string, Quantity>>): Readonly<Record<string, Quantity>> {
  const entries = Object.entries(quantities);
  if (entries.every(([, { now, next }]) => now === next)) return quantities;
  return Object.fromEntries(
    entries.filter(([, { next }]) => next > 0).map(([id, { next }]) => [id, { now: next, next }]),
  );
}
