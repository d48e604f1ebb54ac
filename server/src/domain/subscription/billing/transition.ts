import type { BillingInterval } from '../../../contract/catalog/plans.ts';
import type { Micros } from '../../amounts/amounts.ts';
import type { Catalog, Plan } from '../../catalog/catalog-types.ts';
import { addGrant, defaultPriority } from '../../credits/grants.ts';
import { planOf } from '../../limits/limits.ts';
import type { AccountState } from '../../state.ts';
import { nameOfPlan } from '../../stored-words/stored-names.ts';
import { restartCycle, type Stepped } from '../../usage/cycles.ts';
import type { CycleUsage } from '../../usage/state.ts';
import type { BillableFact, SubscriptionState } from '../state.ts';
import { periodFrom } from './period.ts';
import { type Billed, differenceOf, factsAhead, factsOf, recurringOf, withBillables } from './recurring.ts';
import { minimumFacts, withUsageBilled } from './usage-facts.ts';

/** A plan in an interval, out of a version of the catalog. */
export interface Target {
  readonly plan: Plan;
  readonly interval: BillingInterval;
  readonly catalogVersion: number;
}

/** When and why a subscription becomes another. */
export interface TransitionMoment {
  readonly atMs: number;
  readonly recordedAtMs: number;
  readonly causeId: string;
  /** Id of the grant of the credits that come with it. */
  readonly grantId: string;
  readonly due: BillableFact['due'];
}

export interface Transition {
  readonly before: AccountState;
  /** The account after the change, still in its old period and cycle. */
  readonly after: AccountState;
  /** The catalog with the plan as it is before; the same afterwards where it is left out. */
  readonly catalog: Catalog;
  readonly catalogAfter?: Catalog;
  /** Begins a period, and with it a cycle, where that is possible. */
  readonly restarts: boolean;
  /** Lets counters start again. */
  readonly restartsCounters: boolean;
  /** Credits that come with it where the cycle goes on. */
  readonly credits?: Micros;
}

/**
 * Changes a subscription at an instant within its period: bills use beyond the allowance at the old prices, credits the unused
 * part of paid charges, and charges the new ones.
 */
export function transition(
  { after, catalog, catalogAfter = catalog, restarts, restartsCounters, credits = 0n, ...change }: Transition,
  moment: TransitionMoment,
): Stepped {
  const { atMs, causeId, due } = moment;
  const before = withUsageBilled(change.before, catalog, {
    causeId,
    atMs,
    due,
    goesOn: !restartsCounters,
  });
  const { period } = before.subscription;
  const billedAfter: AccountState = {
    ...after,
    billing: { ...after.billing, unbilled: before.billing.unbilled },
    usage: before.usage,
    earlierCycles: before.earlierCycles,
    subscription: {
      ...after.subscription,
      billables: before.subscription.billables,
      periodTotal: before.subscription.periodTotal,
    },
  };
  const paid = recurringOf({ plan: planOf(before, catalog), catalog }, before.subscription);
  const cycled = restarts
    ? restartCycle(billedAfter, catalogAfter, { ...moment, restartsCounters })
    : keepCycle(billedAfter, catalogAfter, { ...moment, restartsCounters, credits });
  const { interval } = after.subscription;
  const keepsPeriod = !restarts && interval === before.subscription.interval;
  const next = keepsPeriod ? period : periodFrom(cycled.state.profile, cycled.state.usage, interval, atMs);
  const subscription: SubscriptionState = { ...cycled.state.subscription, period: next };
  const state = { ...cycled.state, subscription };
  const charged = recurringOf({ plan: planOf(state, catalogAfter), catalog: catalogAfter }, subscription);
  const old = { profile: before.profile, catalog, causeId, atMs, due };
  if (keepsPeriod) {
    const facts = factsOf(old, differenceOf(paid, charged, period));
    const missing = minimumLeft(before, state, { catalog, catalogAfter, facts, causeId, atMs, due });
    return { state: withBillables(state, [...missing, ...facts]), entries: cycled.entries };
  }
  const back = factsOf(
    old,
    paid.map((line): Billed => ({ line, quantity: -line.quantity, period })),
  );
  const settled = withBillables(state, back);
  const missing = minimumFacts(
    { ...before, subscription: { ...before.subscription, periodTotal: settled.subscription.periodTotal } },
    catalog,
    { atMs, causeId, due },
  );
  const ended = withBillables(settled, missing);
  const ahead = factsAhead({ ...old, profile: state.profile, catalog: catalogAfter }, charged, next);
  const fresh = { ...ended, subscription: { ...ended.subscription, periodTotal: 0n } };
  return { state: withBillables(fresh, ahead), entries: cycled.entries };
}

/** The amount missing to the minimum of the period's passed part, where the next plan has no minimum to bill it later. */
function minimumLeft(
  before: AccountState,
  after: AccountState,
  {
    catalog,
    catalogAfter,
    facts,
    ...moment
  }: Pick<TransitionMoment, 'causeId' | 'atMs' | 'due'> & {
    readonly catalog: Catalog;
    readonly catalogAfter: Catalog;
    readonly facts: readonly BillableFact[];
  },
): readonly BillableFact[] {
  const { interval } = after.subscription;
  if ((planOf(after, catalogAfter).minimumCommitment?.[interval] ?? null) !== null) return [];
  const back = facts.reduce((sum, { amount }) => (amount < 0n ? sum + amount : sum), 0n);
  const periodTotal = before.subscription.periodTotal + back;
  return minimumFacts({ ...before, subscription: { ...before.subscription, periodTotal } }, catalog, moment);
}

/** The account in the cycle that goes on: counters too, or started again, and with the credits that come at once. */
function keepCycle(
  state: AccountState,
  catalog: Catalog,
  {
    atMs,
    recordedAtMs,
    grantId,
    restartsCounters,
    credits,
  }: TransitionMoment & { readonly restartsCounters: boolean; readonly credits: Micros },
): Stepped {
  const usage = restartsCounters ? { ...state.usage, counters: {}, byMember: {}, spent: {} } : state.usage;
  if (credits === 0n) return { state: { ...state, usage }, entries: [] };
  const plan = planOf(state, catalog);
  return addGrant(
    { ...state, usage },
    {
      id: grantId,
      source: 'plan',
      label: nameOfPlan(plan.name),
      unit: catalog.unit,
      amount: credits,
      priority: defaultPriority.plan,
      scope: {},
      expiresAtMs: usage.endsAtMs,
    },
    { atMs, recordedAtMs },
  );
}

/** The credits that a change within a cycle grants at once, by the catalog's rule, to an account with so many credits of its plan. */
export function creditsAtOnce(
  { upgrade }: Catalog,
  { startsAtMs, endsAtMs }: Pick<CycleUsage, 'startsAtMs' | 'endsAtMs'>,
  atMs: number,
  { had, has }: { readonly had: Micros; readonly has: Micros },
): Micros {
  const more = has > had ? has - had : 0n;
  switch (upgrade.credits) {
    case 'full':
      return has;
    case 'difference':
      return more;
    case 'prorated':
      return (more * BigInt(endsAtMs - atMs)) / BigInt(endsAtMs - startsAtMs);
    case 'next_cycle':
      return 0n;
  }
}

/** Whether the present cycle began without credits, since a trial or the subscription had ended before it. */
export function hasNoneOfCycle({ usage, subscription, wallet }: AccountState): boolean {
  const { status, pausedFor, trial } = subscription;
  if (status !== 'cancelled' && pausedFor !== 'trial_over') return false;
  if (trial === null || trial.endsAtMs < usage.startsAtMs) return true;
  // A trial may end at the instant at which its cycle began, before it or after it.
  return (
    trial.endsAtMs === usage.startsAtMs &&
    !wallet.grants.some(({ source, expiresAtMs }) => source === 'plan' && expiresAtMs === usage.endsAtMs)
  );
}

/** The account on another plan, keeping the purchases that the new plan sells too. */
export function movedTo(before: AccountState, { plan, interval, catalogVersion }: Target): AccountState {
  const { profile, subscription } = before;
  const stays = plan.id === profile.planId;
  // A contract may sell what the plan alone does not.
  const isSame = stays && catalogVersion === profile.catalogVersion;
  const isTried = subscription.status === 'trial' && plan.kind !== 'free';
  const next: SubscriptionState = {
    ...subscription,
    status: isTried ? 'trial' : 'active',
    pausedFor: null,
    interval,
    scheduled: null,
    agreedPrice: stays ? subscription.agreedPrice : null,
    contract: stays ? subscription.contract : null,
    ...(isSame ? {} : soldOn(plan, subscription)),
  };
  return { ...before, profile: { ...profile, planId: plan.id, catalogVersion }, subscription: next };
}

/** The purchases that a plan sells. Of more addresses than it sells those of agents are kept first. */
export function soldOn(
  plan: Plan,
  { seats, addOns, dedicatedIps }: SubscriptionState,
): Pick<SubscriptionState, 'seats' | 'addOns' | 'dedicatedIps'> {
  const max = plan.dedicatedIps?.max ?? 0;
  const byAgent = dedicatedIps.toSorted((a, b) => Number(a.agentId === null) - Number(b.agentId === null));
  const kept = new Set(byAgent.slice(0, max));
  return {
    seats: onlyOf(seats, plan.seats),
    addOns: onlyOf(addOns, plan.addOns),
    dedicatedIps:
      kept.size === dedicatedIps.length ? dedicatedIps : dedicatedIps.filter((ip) => kept.has(ip)),
  };
}

function onlyOf<Value>(
  had: Readonly<Record<string, Value>>,
  sold: ReadonlyMap<string, unknown>,
): Readonly<Record<string, Value>> {
  const kept = Object.entries(had).filter(([id]) => sold.has(id));
  return kept.length === Object.keys(had).length ? had : Object.fromEntries(kept);
}
