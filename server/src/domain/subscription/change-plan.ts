import type { BillingInterval } from '../../contract/plans.ts';
import { restartCycle } from '../accounts/cycles.ts';
import type { Catalog, Plan } from '../catalog/catalog-types.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { deriveId } from '../ids/derived-id.ts';
import { planOf } from '../limits/limits.ts';
import type { AccountState, LedgerRecord, Micros } from '../state.ts';
import { decided, type SubscriptionOutcome } from './outcome.ts';
import { periodFrom } from './period.ts';
import { type Billed, differenceOf, factsOf, recurringOf, withBillables } from './recurring.ts';
import type { ScheduledChange, SubscriptionState } from './state.ts';

export interface ChangePlan {
  readonly planId: string;
  /** The present one by default, or the one that the plan has a price for. */
  readonly interval?: BillingInterval;
  /** Who wants it; null for the product team, which may do what members may not. */
  readonly memberId: string | null;
  /** Does at once what would wait for the boundary; the product team's own. */
  readonly atOnce?: boolean;
}

/** A plan in an interval, out of a version of the catalog. */
interface Target {
  readonly plan: Plan;
  readonly interval: BillingInterval;
  readonly catalogVersion: number;
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
  const words = `Plan ${target.plan.name}, charged by the ${target.interval}`;
  if (!isAtOnce(context, target) && command.atOnce !== true) {
    const scheduled: ScheduledChange = {
      kind: 'change',
      planId: target.plan.id,
      interval: target.interval,
      catalogVersion: target.catalogVersion,
      memberId: command.memberId,
    };
    return decided(context, {
      ...step,
      state: { ...state, subscription: { ...state.subscription, scheduled } },
      takesEffect: 'boundary',
      description: `${words}, from the end of the period`,
    });
  }
  const changed = changeNow(context, target);
  return decided(context, { ...step, ...changed, takesEffect: 'now', description: words });
}

function targetOf({ state, catalog }: DecisionContext, { planId, interval }: ChangePlan): Target {
  const plan = catalog.plans.get(planId);
  if (plan === undefined)
    throw new DomainError(
      'unknown_plan',
      `The catalog has no plan '${planId}'`,
      '/planId',
      [...catalog.plans.keys()].join(', '),
    );
  const { profile, subscription } = state;
  const stays = planId === profile.planId && subscription.status !== 'cancelled';
  const priced = intervalsOf(plan);
  const chosen = interval ?? (priced.includes(subscription.interval) ? subscription.interval : priced[0]);
  if (chosen === undefined || !priced.includes(chosen))
    throw new DomainError(
      'invalid_request',
      `${plan.name} has no price for a ${chosen}`,
      '/interval',
      priced.join(', '),
    );
  return { plan, interval: chosen, catalogVersion: stays ? profile.catalogVersion : catalog.version };
}

/** Intervals in which a plan can be had; one that costs nothing counts by the month. */
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
    description: 'The present plan goes on',
    memberId,
  });
}

function assertMayChange({ state }: DecisionContext, { plan }: Target, { memberId }: ChangePlan): void {
  const { status } = state.subscription;
  if (plan.kind === 'enterprise' && memberId !== null)
    throw new DomainError(
      'conflict',
      `${plan.name} is agreed on with sales`,
      '/planId',
      plan.contact ?? 'a plan that is not an enterprise plan',
    );
  if (status === 'past_due' && plan.kind !== 'free')
    throw new DomainError(
      'conflict',
      'A payment is overdue; the plan can be changed once it is paid',
      '/planId',
      'a payment of what is owed first',
    );
}

/** More comes at once, less when what is paid has been had; what is not paid for can be left at any time. */
function isAtOnce({ state, catalog }: DecisionContext, target: Target): boolean {
  const plan = planOf(state, catalog);
  const pays = recurringOf({ plan, catalog }, state.subscription).length > 0;
  if (!pays || target.plan.rank > plan.rank) return true;
  return target.plan.id === plan.id && target.interval === 'year';
}

interface Changed {
  readonly state: AccountState;
  readonly entries: readonly LedgerRecord[];
}

function changeNow(context: DecisionContext, target: Target): Changed {
  const { state: before, catalog, nowMs, commandId } = context;
  const plan = planOf(before, catalog);
  const paid = recurringOf({ plan, catalog }, before.subscription);
  const moved = movedTo(before, target);
  const restarts = restartsPeriod(catalog, before, { target, pays: paid.length > 0 });
  const { state, entries } = restarts
    ? restartCycle(moved, catalog, {
        atMs: nowMs,
        recordedAtMs: context.recordedAtMs,
        grantId: deriveId(commandId, 'upgrade'),
        restartsCounters: catalog.upgrade.restartsCounters,
      })
    : keepCycle(context, moved, plan, target.plan);
  const keepsPeriod = !restarts && target.interval === before.subscription.interval;
  const period = keepsPeriod
    ? before.subscription.period
    : periodFrom(state.profile, state.usage, target.interval, nowMs);
  const subscription = { ...state.subscription, period };
  const charged = recurringOf({ plan: planOf({ ...state, subscription }, catalog), catalog }, subscription);
  const moment = { profile: before.profile, catalog, causeId: commandId, atMs: nowMs, due: 'now' as const };
  const facts = keepsPeriod
    ? factsOf(moment, differenceOf(paid, charged, period))
    : [
        ...factsOf(
          moment,
          paid.map((line) => ({ line, quantity: -line.quantity, period: before.subscription.period })),
        ),
        ...factsOf(
          { ...moment, profile: state.profile },
          charged.map((line): Billed => ({ line, quantity: line.quantity, period })),
        ),
      ];
  return { state: withBillables({ ...state, subscription }, facts), entries };
}

/** The account on its new plan, of what it had beside the old one with what the new one sells too. */
export function movedTo(before: AccountState, { plan, interval, catalogVersion }: Target): AccountState {
  const { profile, subscription } = before;
  const stays = plan.id === profile.planId;
  const next: SubscriptionState = {
    ...subscription,
    status: 'active',
    pausedFor: null,
    interval,
    scheduled: null,
    agreedPrice: stays ? subscription.agreedPrice : null,
    seats: onlyOf(subscription.seats, plan.seats),
    addOns: onlyOf(subscription.addOns, plan.addOns),
    dedicatedIps: plan.dedicatedIps === null ? [] : subscription.dedicatedIps.slice(0, plan.dedicatedIps.max),
  };
  return { ...before, profile: { ...profile, planId: plan.id, catalogVersion }, subscription: next };
}

function onlyOf<Value>(
  had: Readonly<Record<string, Value>>,
  sold: ReadonlyMap<string, unknown>,
): Readonly<Record<string, Value>> {
  const kept = Object.entries(had).filter(([id]) => sold.has(id));
  return kept.length === Object.keys(had).length ? had : Object.fromEntries(kept);
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

/** An upgrade within the cycle: counters go on or start again, and credits come by the catalog's rule. */
function keepCycle(context: DecisionContext, state: AccountState, from: Plan, to: Plan): Changed {
  const { catalog, nowMs, recordedAtMs, commandId } = context;
  const isUpgrade = to.rank > from.rank;
  const usage =
    isUpgrade && catalog.upgrade.restartsCounters
      ? { ...state.usage, counters: {}, byMember: {} }
      : state.usage;
  const amount = isUpgrade ? upgradeCredits(context, from, to) : 0n;
  if (amount === 0n) return { state: { ...state, usage }, entries: [] };
  const added = addGrant(
    { ...state, usage },
    {
      id: deriveId(commandId, 'upgrade'),
      source: 'plan',
      label: `${to.name} plan`,
      unit: catalog.unit,
      amount,
      priority: defaultPriority.plan,
      scope: {},
      expiresAtMs: state.usage.endsAtMs,
    },
    { atMs: nowMs, recordedAtMs },
  );
  return { state: added.state, entries: added.entries };
}

/** What an upgrade grants for the rest of the cycle, beside what is left of the old plan's credits. */
function upgradeCredits({ state, catalog, nowMs }: DecisionContext, from: Plan, to: Plan): Micros {
  const more = to.monthlyCredits - from.monthlyCredits;
  const { startsAtMs, endsAtMs } = state.usage;
  switch (catalog.upgrade.credits) {
    case 'full':
      return to.monthlyCredits;
    case 'difference':
      return more > 0n ? more : 0n;
    case 'prorated':
      return more > 0n ? (more * BigInt(endsAtMs - nowMs)) / BigInt(endsAtMs - startsAtMs) : 0n;
    case 'next_cycle':
      return 0n;
  }
}

export interface CancelSubscription {
  readonly memberId: string | null;
}

/**
 * Ends the subscription with what is paid or tried; where the catalog says that cancelling is going down to a plan, changes to
 * that.
 * @throws DomainError `conflict` where it is cancelled or its end is scheduled already, `forbidden` where this kind of account
 * does not cancel by itself.
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
      `An account of the kind ${state.profile.kind} does not cancel by itself`,
    );
  if (rule === 'by_plan' && planAfter !== null)
    return decideChangePlan(context, { planId: planAfter, memberId });
  const { subscription } = state;
  if (subscription.status === 'cancelled') throw new DomainError('conflict', 'The subscription has ended');
  if (subscription.scheduled?.kind === 'cancel')
    throw new DomainError('conflict', 'The subscription ends with this period already');
  const scheduled: ScheduledChange = {
    kind: 'cancel',
    planId: planAfter,
    catalogVersion: catalog.version,
    memberId,
  };
  return decided(context, {
    state: { ...state, subscription: { ...subscription, scheduled } },
    takesEffect: 'boundary',
    description: 'Subscription cancelled, with the end of the period',
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
    throw new DomainError('conflict', 'Nothing is scheduled that could be taken back');
  return decided(context, {
    state: { ...state, subscription: { ...state.subscription, scheduled: null } },
    takesEffect: 'now',
    description: 'Subscription resumed',
    memberId,
  });
}
