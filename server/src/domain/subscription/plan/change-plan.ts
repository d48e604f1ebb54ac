import type { ActivityEvent } from '../../../contract/activity/activity.ts';
import type { BillingInterval } from '../../../contract/catalog/plans.ts';
import type { Catalog, Plan } from '../../catalog/catalog-types.ts';
import { type Decision, type DecisionContext, DomainError } from '../../decision.ts';
import { deriveId } from '../../ids/derived-id.ts';
import { planAt, planOf, unknownPlan } from '../../limits/limits.ts';
import type { AccountState } from '../../state.ts';
import type { Stepped } from '../../usage/cycles.ts';
import { recurringOf } from '../billing/recurring.ts';
import { creditsAtOnce, hasNoneOfCycle, movedTo, type Target, transition } from '../billing/transition.ts';
import { decided, type SubscriptionOutcome } from '../outcome.ts';
import type { ScheduledChange } from '../state.ts';
import { inTrial, mayTry } from './trial.ts';

/** The plan that is wanted, and when. */
export interface ChangePlan {
  readonly planId: string;
  /** The present one by default, or the one that the plan has a price for. */
  readonly interval?: BillingInterval;
  /** Who wants it; null for the product team, which may do what members may not. */
  readonly memberId: string | null;
  /** False leaves out the trial that the plan offers. */
  readonly trial?: boolean;
  /** Does at once what would wait for the boundary; the product team's own. */
  readonly atOnce?: boolean;
}

/**
 * Changes plan or interval: to more at once, to less when the period ends. What an upgrade charges and gives back for the
 * rest of the period becomes facts that are due now.
 * @throws DomainError `unknown_plan`; `invalid_request` for an interval without a price; `conflict` for what the account has
 * already, for a plan that sales agree on, and while a payment is overdue.
 */
export function decideChangePlan(
  context: DecisionContext,
  command: ChangePlan,
): Decision<SubscriptionOutcome> {
  const { state } = context;
  const target = targetOf(context, command);
  const step = { memberId: command.memberId };
  if (isPresent(state, target)) return keepPresent(context, command);
  assertMayChange(context, target, command);
  const { interval } = target;
  const plan = target.plan.name;
  if (!isAtOnce(context, target) && command.atOnce !== true) {
    const scheduled: ScheduledChange = {
      kind: 'change',
      planId: target.plan.id,
      interval,
      catalogVersion: target.catalogVersion,
      memberId: command.memberId,
    };
    return decided(context, {
      ...step,
      state: { ...state, subscription: { ...state.subscription, scheduled } },
      takesEffect: 'boundary',
      event: { kind: 'plan_changed', plan, interval, atBoundary: true },
    });
  }
  const startsTrial = command.trial !== false && mayTry(state, target.plan);
  const changed = changeNow(context, target, startsTrial);
  const event: ActivityEvent = startsTrial
    ? { kind: 'plan_tried', plan }
    : { kind: 'plan_changed', plan, interval, atBoundary: false };
  return decided(context, { ...step, ...changed, takesEffect: 'now', event });
}

function targetOf({ state, catalog }: DecisionContext, { planId, interval }: ChangePlan): Target {
  const { profile, subscription } = state;
  const stays = planId === profile.planId && subscription.status !== 'cancelled';
  const catalogVersion = stays ? profile.catalogVersion : catalog.version;
  const plan = planAt(catalog, planId, catalogVersion);
  if (plan === undefined) throw unknownPlan(catalog, planId);
  const priced = intervalsOf(plan);
  const chosen = interval ?? (priced.includes(subscription.interval) ? subscription.interval : priced[0]);
  if (chosen === undefined || !priced.includes(chosen))
    throw new DomainError(
      'invalid_request',
      `${plan.name} has no price for a ${chosen}`,
      '/interval',
      priced.join(', '),
    );
  return { plan, interval: chosen, catalogVersion };
}

/** Intervals in which a plan can be bought; one that costs nothing counts by the month. */
function intervalsOf({ prices }: Plan): BillingInterval[] {
  const priced = (['month', 'year'] as const).filter((interval) => prices[interval] !== null);
  return priced.length === 0 ? ['month'] : priced;
}

function isPresent({ profile, subscription }: AccountState, { plan, interval }: Target): boolean {
  if (subscription.status === 'cancelled' || subscription.pausedFor === 'trial_over') return false;
  return plan.id === profile.planId && interval === subscription.interval;
}

/** The present plan again is no change, but that it takes back one that is scheduled. */
function keepPresent(context: DecisionContext, { memberId }: ChangePlan): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  if (state.subscription.scheduled === null)
    throw new DomainError(
      'conflict',
      `The account has the plan ${planOf(state, catalog).name} already`,
      '/planId',
      'another plan or interval',
    );
  return decided(context, {
    state: { ...state, subscription: { ...state.subscription, scheduled: null } },
    takesEffect: 'now',
    event: { kind: 'plan_kept' },
    memberId,
  });
}

function assertMayChange({ state }: DecisionContext, { plan }: Target, { memberId }: ChangePlan): void {
  const { status, pausedFor } = state.subscription;
  if (plan.kind === 'enterprise' && memberId !== null)
    throw new DomainError(
      'conflict',
      `${plan.name} is available only through sales`,
      '/planId',
      plan.contact ?? 'a plan that is not an enterprise plan',
    );
  if ((status === 'past_due' || pausedFor === 'retries_exhausted') && plan.kind !== 'free')
    throw new DomainError(
      'conflict',
      'A payment is overdue; the plan can be changed once it is paid',
      '/planId',
      'a payment of what is owed first',
    );
}

/** Upgrades take effect at once, downgrades at the end of the paid period; a free plan can be left at any time. */
function isAtOnce({ state, catalog }: DecisionContext, target: Target): boolean {
  const plan = planOf(state, catalog);
  const pays = recurringOf({ plan, catalog }, state.subscription).length > 0;
  if (!pays || target.plan.rank > plan.rank) return true;
  return target.plan.id === plan.id && target.interval === 'year';
}

function changeNow(context: DecisionContext, target: Target, startsTrial: boolean): Stepped {
  const { state: before, catalog, nowMs, recordedAtMs, commandId } = context;
  const plan = planOf(before, catalog);
  const pays = recurringOf({ plan, catalog }, before.subscription).length > 0;
  const isUpgrade = target.plan.rank > plan.rank;
  const moved = movedTo(before, target);
  const after = startsTrial ? inTrial(moved, target.plan, nowMs) : moved;
  return transition(
    {
      before,
      after,
      catalog,
      restarts: restartsPeriod(catalog, before, { target, pays }),
      restartsCounters: isUpgrade && catalog.upgrade.restartsCounters,
      credits:
        isUpgrade || hasNoneOfCycle(before)
          ? creditsAtOnce(catalog, before.usage, nowMs, {
              had: hasNoneOfCycle(before) ? 0n : plan.monthlyCredits,
              has: planOf(after, catalog).monthlyCredits,
            })
          : 0n,
    },
    {
      atMs: nowMs,
      recordedAtMs,
      causeId: commandId,
      grantId: deriveId(commandId, 'upgrade'),
      due: 'now',
    },
  );
}

/** Whether a billing period, and with it a cycle, begins with the change. On the 1st every period begins, and no other time. */
function restartsPeriod(
  { anchor, upgrade }: Catalog,
  { subscription }: AccountState,
  { target, pays }: { readonly target: Target; readonly pays: boolean },
): boolean {
  if (anchor === 'first_of_month') return false;
  if (subscription.status === 'trial' || target.plan.kind === 'free') return false;
  if (target.interval !== subscription.interval || upgrade.period === 'restart') return true;
  return upgrade.period === 'restart_when_first_paid' && !pays;
}

export interface CancelSubscription {
  readonly memberId: string | null;
}

/**
 * Cancels the subscription, at the end of the paid period or trial; where the catalog says that cancelling is going down to a plan, changes to
 * that.
 * @throws DomainError `conflict` where it is cancelled or its end is scheduled already, `forbidden` where this kind of account
 * cannot cancel by itself.
 */
export function decideCancel(
  context: DecisionContext,
  { memberId }: CancelSubscription,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const { rule, planAfter, accountKinds } = catalog.cancelling;
  if (memberId !== null && !accountKinds.has(state.profile.kind))
    throw new DomainError(
      'forbidden',
      `An account of the kind ${state.profile.kind} cannot cancel by itself`,
    );
  if (rule === 'by_plan' && planAfter !== null)
    return decideChangePlan(context, { planId: planAfter, memberId });
  const { subscription } = state;
  if (subscription.status === 'cancelled') throw new DomainError('conflict', 'The subscription has ended');
  if (subscription.scheduled?.kind === 'cancel')
    throw new DomainError('conflict', 'The subscription already ends at the end of this period');
  const scheduled: ScheduledChange = {
    kind: 'cancel',
    planId: planAfter,
    catalogVersion: catalog.version,
    memberId,
  };
  return decided(context, {
    state: { ...state, subscription: { ...subscription, scheduled } },
    takesEffect: 'boundary',
    event: { kind: 'cancelled' },
    memberId,
  });
}

/**
 * Takes back a cancellation or a change that is scheduled.
 * @throws DomainError `conflict` where nothing is.
 */
export function decideResume(
  context: DecisionContext,
  { memberId }: CancelSubscription,
): Decision<SubscriptionOutcome> {
  const { state } = context;
  if (state.subscription.scheduled === null)
    throw new DomainError('conflict', 'No cancellation or change is scheduled');
  return decided(context, {
    state: { ...state, subscription: { ...state.subscription, scheduled: null } },
    takesEffect: 'now',
    event: { kind: 'resumed' },
    memberId,
  });
}
