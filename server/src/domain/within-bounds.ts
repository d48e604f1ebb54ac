import { formatAmount, type Micros, sumOf, totalMax } from './amounts/amounts.ts';
import { metricOf } from './catalog/metric-of.ts';
import { type Decision, type DecisionContext, DomainError } from './decision.ts';
import type { Facts } from './facts.ts';
import type { AccountState } from './state.ts';
import { creditsMetric } from './usage/cells.ts';
import { nothingOutsideCounters, type OutsideCounters } from './usage/state.ts';

/** Amounts by metric, unit or id. */
type Amounts = Readonly<Record<string, Micros>>;

const noAmounts: Amounts = {};

/**
 * The decision, where everything that an account adds up stays within `apiBounds.totalUnitsMax`. Every way in goes through here
 * before it is acknowledged, so that nothing which was acknowledged is found later to be more than a store holds. A figure
 * that lies beyond already, by what fell due or was paid, may only come nearer.
 * @throws DomainError `amount_out_of_range`.
 */
export function withinBounds<Outcome>(
  { state: before, catalog }: Pick<DecisionContext, 'state' | 'catalog'>,
  decision: Decision<Outcome>,
): Decision<Outcome> {
  const isGauge = (metric: string) => metricOf(catalog, metric)?.kind === 'gauge';
  // If a command has several decisions, each has been checked here and has recorded its own sums.
  const isRecorded = decision.state.outsideCounters !== before.outsideCounters;
  const outsideCounters = isRecorded
    ? decision.state.outsideCounters
    : withRecorded(decision.state, decision.facts, isGauge);
  const state =
    outsideCounters === decision.state.outsideCounters
      ? decision.state
      : { ...decision.state, outsideCounters };
  assertUsage(before, state);
  assertWallet(before, state);
  assertHolds(before, state);
  for (const { charge } of decision.facts.usage)
    if (isBeyond(charge, 0n)) throw outOfRange('The charge', '/items');
  for (const { cost, estimate } of decision.facts.tasks)
    if (isBeyond(cost, 0n) || isBeyond(estimate ?? 0n, 0n))
      throw outOfRange('The cost of the task', '/items');
  return state === decision.state ? decision : { ...decision, state };
}

/** The sums that one decision's facts add outside of counters. */
function withRecorded(
  { outsideCounters: present = nothingOutsideCounters, usage: cycle }: AccountState,
  { usage }: Facts,
  isGauge: (metric: string) => boolean,
): OutsideCounters {
  let { cycleIndex, moved, backfilled } = present;
  for (const { backfill, counts, charge, atMs } of usage) {
    if (backfill) {
      for (const { metric, quantity } of counts) backfilled = plus(backfilled, metric, quantity);
      backfilled = plus(backfilled, creditsMetric, charge);
      continue;
    }
    const isLate = atMs < cycle.startsAtMs;
    if (!isLate && !counts.some(({ metric }) => isGauge(metric))) continue;
    if (cycleIndex !== cycle.index) moved = noAmounts;
    cycleIndex = cycle.index;
    for (const { metric, quantity } of counts) if (isGauge(metric)) moved = plus(moved, metric, quantity);
    if (isLate) moved = plus(moved, creditsMetric, charge);
  }
  const isSame = moved === present.moved && backfilled === present.backfilled;
  return isSame ? present : { cycleIndex, moved, backfilled };
}

function plus(amounts: Amounts, key: string, quantity: Micros): Amounts {
  if (quantity === 0n) return amounts;
  return { ...amounts, [key]: (amounts[key] ?? 0n) + magnitudeOf(quantity) };
}

function assertUsage(before: AccountState, after: AccountState): void {
  if (after.usage !== before.usage) {
    assertAmounts(before.usage.counters, after.usage.counters, nameOfMetric);
    assertAmounts(before.usage.spent, after.usage.spent, (unit) => `What is charged in ${unit}`);
    for (const [metric, { value }] of Object.entries(after.usage.gauges))
      if (isBeyond(value, before.usage.gauges[metric]?.value ?? 0n))
        throw outOfRange(nameOfMetric(metric), '/items');
  }
  if (after.earlierCycles !== before.earlierCycles)
    for (const [index, { counters }] of after.earlierCycles.entries())
      assertAmounts(before.earlierCycles[index]?.counters ?? noAmounts, counters, nameOfMetric);
  if (after.outsideCounters === before.outsideCounters) return;
  const { moved: movedBefore, backfilled: backfilledBefore } = before.outsideCounters;
  const { moved, backfilled } = after.outsideCounters;
  assertAmounts(movedBefore, moved, nameOfMetric);
  assertAmounts(backfilledBefore, backfilled, (metric) => `The backfill of ${nameOfMetric(metric)}`);
}

function assertWallet(before: AccountState, after: AccountState): void {
  if (after.wallet === before.wallet) return;
  assertAmounts(before.wallet.debts, after.wallet.debts, (unit) => `What is owed in ${unit}`, '/amount');
  const balances = remainingByUnit(after);
  // Nearly every wallet lies within the bounds, so what it held before is seldom added up.
  if (Object.values(balances).some(isOutside))
    assertAmounts(remainingByUnit(before), balances, (unit) => `The balance in ${unit}`, '/amount');
}

/** The remaining and held amounts of all grants. */
function remainingByUnit({ wallet }: AccountState): Amounts {
  const amounts: Record<string, Micros> = {};
  for (const { unit, remaining, held } of wallet.grants)
    amounts[unit] = (amounts[unit] ?? 0n) + remaining + held;
  return amounts;
}

function assertHolds(before: AccountState, after: AccountState): void {
  if (after.holds === before.holds) return;
  assertAmounts(countsOfHolds(before), countsOfHolds(after), nameOfMetric);
  const settled = (state: AccountState) => sumOf(state.holds.map((hold) => hold.settled));
  if (isBeyond(settled(after), settled(before))) throw outOfRange('What was settled', '/items');
}

function countsOfHolds({ holds }: AccountState): Amounts {
  const amounts: Record<string, Micros> = {};
  for (const { counts } of holds)
    for (const metric in counts) amounts[metric] = (amounts[metric] ?? 0n) + (counts[metric] ?? 0n);
  return amounts;
}

function assertAmounts(
  before: Amounts,
  after: Amounts,
  nameOf: (key: string) => string,
  pointer = '/items',
): void {
  if (after === before) return;
  // A loop over the object itself is compiled for one shape of it and thrown away at the next; every account has its own.
  for (const key of Object.keys(after)) {
    const amount = after[key] ?? 0n;
    // To compare by size costs more than to see that it is the same as before, which most of an account's sums are.
    if (amount !== before[key] && isBeyond(amount, before[key] ?? 0n)) throw outOfRange(nameOf(key), pointer);
  }
}

function isBeyond(after: Micros, before: Micros): boolean {
  return isOutside(after) && magnitudeOf(after) > magnitudeOf(before);
}

function isOutside(amount: Micros): boolean {
  return amount > totalMax || amount < -totalMax;
}

function magnitudeOf(amount: Micros): Micros {
  return amount < 0n ? -amount : amount;
}

function nameOfMetric(metric: string): string {
  return `'${metric}'`;
}

function outOfRange(what: string, pointer: string): DomainError {
  const accepted = `a total of at most ${formatAmount(totalMax)}`;
  return new DomainError(
    'amount_out_of_range',
    `${what} would pass what an account can hold`,
    pointer,
    accepted,
  );
}
