import type { Micros } from '../../amounts/amounts.ts';
import type { Catalog, Plan } from '../../catalog/catalog-types.ts';
import { deriveId } from '../../ids/derived-id.ts';
import { planOf } from '../../limits/limits.ts';
import type { AccountState } from '../../state.ts';
import { addDaysMs } from '../../time/calendar.ts';
import type { Stepped } from '../../usage/cycles.ts';
import { isChargedNext, nextChargesOf, withScheduledDone } from '../billing/boundary.ts';
import { periodFrom, restartsAfterTrial } from '../billing/period.ts';
import {
  creditsAtOnce,
  hasNoneOfCycle,
  movedTo,
  type TransitionMoment,
  transition,
} from '../billing/transition.ts';
import { withUsageBilled } from '../billing/usage-facts.ts';
import type { SubscriptionState } from '../state.ts';

/** Whether the plan can be tried: an account has one trial, and some plans want a payment method before it. */
export function mayTry({ profile, subscription }: AccountState, plan: Plan): boolean {
  if (plan.trial === null || subscription.trial !== null) return false;
  return !plan.trial.needsPaymentMethod || profile.paymentMethod?.confirmed === true;
}

/** The account in a trial of its plan that begins now. */
export function inTrial(state: AccountState, plan: Plan, startsAtMs: number): AccountState {
  const days = plan.trial?.days ?? 0;
  const endsAtMs = addDaysMs(startsAtMs, days, state.profile.timeZone);
  const trial = { planId: plan.id, startsAtMs, endsAtMs };
  return { ...state, subscription: { ...state.subscription, status: 'trial', pausedFor: null, trial } };
}

/** Whether the plan goes on after the trial only with a payment method, and the account has none that is confirmed. */
export function trialAwaitsMethod(state: AccountState, catalog: Catalog): boolean {
  const { subscription, profile } = state;
  if (subscription.status !== 'trial' || profile.paymentMethod?.confirmed === true) return false;
  const done = withScheduledDone({ ...state, subscription: { ...subscription, status: 'active' } }, catalog);
  return done.subscription.status !== 'cancelled' && isChargedNext(done, catalog);
}

/** When the trial ends; null where there is none under way. */
export function trialEndMs({ status, trial }: SubscriptionState): number | null {
  return status === 'trial' && trial !== null ? trial.endsAtMs : null;
}

/**
 * Ends the trial and carries out changes scheduled for its end. A free plan, or a plan that a payment method can pay, goes on and
 * is charged, with `pays` also without one; otherwise the account moves to the plan that the trial names, or is paused.
 */
export function endTrial(
  before: AccountState,
  catalog: Catalog,
  moment: TransitionMoment,
  { pays }: { readonly pays: boolean } = { pays: false },
): Stepped {
  const state = withUsageBilled(before, catalog, { ...moment, goesOn: true });
  const { trial } = state.subscription;
  const over: AccountState = {
    ...state,
    subscription: {
      ...state.subscription,
      status: 'active',
      trial: trial === null ? null : { ...trial, endsAtMs: moment.atMs },
    },
  };
  const done = withScheduledDone(over, catalog);
  if (done.subscription.status === 'cancelled') return { state: done, entries: [] };
  if (pays || !isChargedNext(done, catalog) || done.profile.paymentMethod?.confirmed === true)
    return activate(state, done, catalog, moment);
  const plan = planOf(done, catalog);
  const planAfter = plan.trial?.planAfter ?? null;
  const after = planAfter === null ? undefined : catalog.plans.get(planAfter);
  if (after !== undefined)
    return activate(
      state,
      movedTo(done, { plan: after, interval: 'month', catalogVersion: catalog.version }),
      catalog,
      moment,
    );
  const { interval, period } = done.subscription;
  const paused: SubscriptionState = {
    ...done.subscription,
    status: 'paused',
    pausedFor: 'trial_over',
    // A scheduled change of the interval begins a period of the new length.
    period:
      interval === state.subscription.interval
        ? period
        : periodFrom(done.profile, done.usage, interval, moment.atMs),
  };
  return { state: { ...done, subscription: paused }, entries: [] };
}

/** Begins to charge the plan that the account has, as when a trial ends or a payment method comes after it. */
export function activate(
  before: AccountState,
  after: AccountState,
  catalog: Catalog,
  moment: TransitionMoment,
): Stepped {
  const active: AccountState = {
    ...after,
    subscription: { ...after.subscription, status: 'active', pausedFor: null },
  };
  const restarts = restartsAfterTrial(catalog, nextChargesOf(active, catalog));
  const credits = creditsAfterPause(before, catalog, moment.atMs);
  return transition({ before, after: active, catalog, restarts, restartsCounters: false, credits }, moment);
}

/** The credits that come when a pause after a trial ends within a cycle that began without them. */
export function creditsAfterPause(state: AccountState, catalog: Catalog, atMs: number): Micros {
  if (!hasNoneOfCycle(state)) return 0n;
  const { monthlyCredits } = planOf(state, catalog);
  return creditsAtOnce(catalog, state.usage, atMs, { had: 0n, has: monthlyCredits });
}

/** Why a trial's end, or what follows it, is told apart from a command. */
export function trialMoment(
  { subscription }: AccountState,
  { atMs, recordedAtMs }: Pick<TransitionMoment, 'atMs' | 'recordedAtMs'>,
): TransitionMoment {
  const causeId = deriveId('trial', subscription.trial?.startsAtMs ?? atMs);
  return { atMs, recordedAtMs, causeId, grantId: deriveId(causeId, 'upgrade'), due: 'boundary' };
}
