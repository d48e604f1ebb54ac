import type { ActivityEvent } from '../../../contract/activity/activity.ts';
import { contractedPlan } from '../../catalog/contract.ts';
import { type Decision, type DecisionContext, DomainError } from '../../decision.ts';
import { deriveId } from '../../ids/derived-id.ts';
import { planAt, planOf } from '../../limits/limits.ts';
import type { AccountState } from '../../state.ts';
import { addDaysMs } from '../../time/calendar.ts';
import { movedTo, soldOn, type TransitionMoment, transition } from '../billing/transition.ts';
import { decided, type SubscriptionOutcome } from '../outcome.ts';
import type { Contract, ScheduledChange } from '../state.ts';
import { activate, creditsAfterPause, endTrial, inTrial, trialEndMs } from './trial.ts';

/** The immediate effects of a command of the product team. */
function momentOf({ nowMs, recordedAtMs, commandId }: DecisionContext): TransitionMoment {
  return {
    atMs: nowMs,
    recordedAtMs,
    causeId: commandId,
    grantId: deriveId(commandId, 'upgrade'),
    due: 'now',
  };
}

/**
 * Sets a contract, whose terms replace the plan's, or with null takes it away. Its limits hold at once; the rest of the
 * period is charged at its price and given back at the one before.
 * @throws DomainError `invalid_request` with every mistake of the contract.
 */
export function decideContract(
  context: DecisionContext,
  contract: Contract | null,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const bare = planAt(catalog, state.profile.planId, state.profile.catalogVersion);
  if (contract !== null && bare !== undefined) {
    const { mistakes } = contractedPlan(bare, contract.terms, catalog);
    if (mistakes.length > 0)
      throw new DomainError(
        'invalid_request',
        `Mistakes in the contract: ${mistakes.length}`,
        '',
        '',
        mistakes.map((mistake) => ({ ...mistake, pointer: `/terms${mistake.pointer}` })),
      );
  }
  const bound: AccountState = { ...state, subscription: { ...state.subscription, contract } };
  const [before, next] = [planOf(state, catalog), planOf(bound, catalog)];
  const after: AccountState = {
    ...bound,
    subscription: { ...bound.subscription, ...soldOn(next, bound.subscription) },
  };
  const { status, pausedFor } = state.subscription;
  const more =
    status === 'cancelled' || pausedFor === 'trial_over' ? 0n : next.monthlyCredits - before.monthlyCredits;
  const changed = transition(
    {
      before: state,
      after,
      catalog,
      restarts: false,
      restartsCounters: false,
      credits: more > 0n && catalog.upgrade.credits !== 'next_cycle' ? more : 0n,
    },
    momentOf(context),
  );
  const event: ActivityEvent =
    contract === null ? { kind: 'contract_ended' } : { kind: 'contract_set', label: contract.label };
  return decided(context, { ...changed, takesEffect: 'now', event, memberId: null });
}

export interface MoveToLatest {
  /** Keeps the price of the plan that the account has. */
  readonly keepPrice: boolean;
  /** With the end of the period by default. */
  readonly atOnce: boolean;
}

/**
 * Moves the subscription to its plan's terms in the latest catalog, or to the one that took its place there.
 * @throws DomainError `conflict` where it is there already, or where no plan has taken the place of its own.
 */
export function decideMoveToLatest(
  context: DecisionContext,
  { keepPrice, atOnce }: MoveToLatest,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const { profile, subscription } = state;
  const { plans, version } = catalog.latest ?? catalog;
  if (profile.catalogVersion === version)
    throw new DomainError('conflict', `The subscription is on version ${version} of the catalog already`);
  const plan =
    plans.get(profile.planId) ??
    [...plans.values()].find(({ replaces }) => replaces.includes(profile.planId));
  if (plan === undefined)
    throw new DomainError('conflict', `The catalog has no plan that replaces '${profile.planId}'`);
  const { interval } = subscription;
  const present = subscription.agreedPrice ?? planOf(state, catalog).prices;
  const kept = { ...subscription, agreedPrice: keepPrice ? present : null };
  const event: ActivityEvent = { kind: 'catalog_moved', version };
  if (!atOnce) {
    const scheduled: ScheduledChange = {
      kind: 'change',
      planId: plan.id,
      interval,
      catalogVersion: version,
      memberId: null,
    };
    return decided(context, {
      state: { ...state, subscription: { ...kept, scheduled } },
      takesEffect: 'boundary',
      event,
      memberId: null,
    });
  }
  const moved = movedTo({ ...state, subscription: kept }, { plan, interval, catalogVersion: version });
  const after = { ...moved, subscription: { ...moved.subscription, agreedPrice: kept.agreedPrice } };
  const changed = transition(
    { before: state, after, catalog, restarts: false, restartsCounters: false },
    momentOf(context),
  );
  return decided(context, { ...changed, takesEffect: 'now', event, memberId: null });
}

export interface StartTrial {
  readonly days: number;
}

/**
 * Begins a trial of the present plan, or gives the one under way so many days from now.
 * @throws DomainError `conflict` where the account pays or has ended.
 */
export function decideStartTrial(
  context: DecisionContext,
  { days }: StartTrial,
): Decision<SubscriptionOutcome> {
  const { state, catalog, nowMs } = context;
  const { subscription, profile } = state;
  const endsAtMs = addDaysMs(nowMs, days, profile.timeZone);
  if (trialEndMs(subscription) !== null && subscription.trial !== null) {
    const trial = { ...subscription.trial, endsAtMs };
    return decided(context, {
      state: { ...state, subscription: { ...subscription, trial } },
      takesEffect: 'now',
      event: { kind: 'trial_extended', days },
      memberId: null,
    });
  }
  if (subscription.status !== 'active' && subscription.pausedFor !== 'trial_over')
    throw new DomainError('conflict', `A subscription that is ${subscription.status} cannot be tried`);
  const plan = planOf(state, catalog);
  const tried = inTrial(state, plan, nowMs);
  const after = {
    ...tried,
    subscription: { ...tried.subscription, trial: { planId: plan.id, startsAtMs: nowMs, endsAtMs } },
  };
  const credits = creditsAfterPause(state, catalog, nowMs);
  const changed = transition(
    { before: state, after, catalog, restarts: false, restartsCounters: false, credits },
    momentOf(context),
  );
  return decided(context, {
    ...changed,
    takesEffect: 'now',
    event: { kind: 'trial_started', days },
    memberId: null,
  });
}

/**
 * Ends the trial now, as its end would, or what follows it: with `pays` the plan goes on and is charged also without a payment
 * method, as where the product team collects its money elsewhere.
 * @throws DomainError `conflict` where no trial is under way or has ended in a pause; `payment_method_required` for a member
 * whose account has none.
 */
export function decideEndTrial(
  context: DecisionContext,
  { pays, memberId }: { readonly pays: boolean; readonly memberId: string | null },
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const { subscription, profile } = state;
  const isOver = subscription.pausedFor === 'trial_over';
  if (subscription.status !== 'trial' && !isOver)
    throw new DomainError('conflict', 'The account has no running trial');
  if (memberId !== null && profile.paymentMethod?.confirmed !== true)
    throw new DomainError('payment_method_required', 'The plan after the trial needs a payment method');
  const moment = momentOf(context);
  const changed = isOver
    ? activate(state, state, catalog, moment)
    : endTrial(state, catalog, moment, { pays });
  return decided(context, { ...changed, takesEffect: 'now', event: { kind: 'trial_ended' }, memberId });
}
