import type { EventItem } from '../contract/events.ts';
import type { Item } from '../contract/gate.ts';
import { limits } from '../contract/limits.ts';
import { parseAmount } from './amounts.ts';
import { type Decision, type DecisionContext, DomainError } from './decision.ts';
import { paymentOf } from './payment.ts';
import { type Priced, priceItems } from './pricing.ts';
import {
  type AccountState,
  type Count,
  type GrantLeg,
  type Micros,
  noFacts,
  type UsageRecord,
  type UseDimensions,
} from './state.ts';
import { chargeWallet, countUse, quantitiesByMetric, usageRecordOf } from './use.ts';
import { take } from './wallet.ts';

const msPerDay = 86_400_000;

export interface EventCommand {
  readonly atMs: number;
  readonly items: readonly EventItem[];
  readonly dimensions: UseDimensions;
  readonly backfill: boolean;
}

/**
 * Records a reported fact. It is never refused for a limit: it counts and debits, and what no grant covers becomes a debt.
 * It is priced at its own time. In the present cycle it counts against limits; of an earlier cycle it is history there. As
 * backfill it is history only and costs nothing.
 * @throws DomainError `invalid_request` where its time lies too far ahead, or too far back without `backfill`; and for unknown items.
 */
export function decideEvent(context: DecisionContext, event: EventCommand): Decision<UsageRecord> {
  const { state, catalog } = context;
  assertTimely(event, context.nowMs);
  const { category } = event.dimensions;
  const changed = applySets(state, event);
  const base = priceItems(catalog, changed.items, {
    atMs: event.atMs,
    ownKeys: state.profile.ownKeys,
    ...(category === undefined ? {} : { category }),
  });
  const counted: Priced = { ...base, counts: [...base.counts, ...changed.counts] };
  const history = (grantsUsed: readonly GrantLeg[], priced: Priced, backfill: boolean): UsageRecord => ({
    ...usageRecordOf(context, event.dimensions, priced, grantsUsed, event.atMs),
    backfill,
  });
  if (event.backfill) {
    const usage = history([], counted, true);
    return { outcome: usage, state, facts: { ...noFacts, usage: [usage] } };
  }
  const quantities = quantitiesByMetric(counted.counts);
  const { priced, payables } = paymentOf({ state, catalog, category }, counted, quantities);
  const taking = take(state.wallet, priced.unit, payables);
  const usage = history(taking.legs, priced, false);
  const charged = chargeWallet(context, usage, taking);
  const inPresentCycle = event.atMs >= state.usage.startsAtMs;
  const countable = inPresentCycle ? quantities : gaugesOnly(context, quantities);
  const after: AccountState = {
    ...state,
    wallet: charged.wallet,
    usage: markSets(
      countUse(state.usage, context, inPresentCycle ? usage : { ...usage, charge: 0n }, countable),
      event,
    ),
  };
  return { outcome: usage, state: after, facts: { ...noFacts, entries: charged.entries, usage: [usage] } };
}

function assertTimely(event: EventCommand, nowMs: number): void {
  if (event.atMs > nowMs + limits.eventFutureSecondsMax * 1_000) {
    throw new DomainError(
      'invalid_request',
      'The event lies ahead',
      '/at',
      `at most ${limits.eventFutureSecondsMax} seconds ahead`,
    );
  }
  if (!event.backfill && event.atMs < nowMs - limits.eventAgeDaysMax * msPerDay) {
    throw new DomainError(
      'invalid_request',
      'The event is too old',
      '/at',
      `at most ${limits.eventAgeDaysMax} days back, or backfill: true`,
    );
  }
}

/** Turns settings of gauges into changes against their present value; one that is older than the last setting changes nothing. */
function applySets(state: AccountState, event: EventCommand): { items: Item[]; counts: Count[] } {
  const items: Item[] = [];
  const counts: Count[] = [];
  for (const item of event.items) {
    if (!isSet(item)) {
      items.push(item);
      continue;
    }
    const gauge = state.usage.gauges[item.metric];
    if (gauge !== undefined && gauge.setAtMs > event.atMs) continue;
    const change: Micros = parseAmount(item.quantity) - (gauge?.value ?? 0n);
    if (change !== 0n) counts.push({ metric: item.metric, quantity: change });
  }
  return { items, counts };
}

/** Remembers when each gauge was last set, since later settings win by their own time. */
function markSets(usage: AccountState['usage'], event: EventCommand): AccountState['usage'] {
  let { gauges } = usage;
  for (const item of event.items) {
    if (!isSet(item)) continue;
    const gauge = gauges[item.metric] ?? { value: 0n, setAtMs: 0 };
    if (gauge.setAtMs <= event.atMs) gauges = { ...gauges, [item.metric]: { ...gauge, setAtMs: event.atMs } };
  }
  return gauges === usage.gauges ? usage : { ...usage, gauges };
}

function isSet(item: EventItem): item is { metric: string; quantity: string; op: 'set' } {
  return 'op' in item && item.op === 'set';
}

function gaugesOnly(
  { catalog }: DecisionContext,
  quantities: ReadonlyMap<string, Micros>,
): ReadonlyMap<string, Micros> {
  return new Map([...quantities].filter(([metric]) => catalog.metrics.get(metric)?.kind === 'gauge'));
}
