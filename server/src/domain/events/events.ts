import type { EventItem } from '../../contract/events.ts';
import type { Item } from '../../contract/gate.ts';
import { limits } from '../../contract/limits.ts';
import { parseAmount } from '../amounts/amounts.ts';
import { take } from '../credits/wallet.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { type Priced, priceItems } from '../gate/pricing.ts';
import { quantitiesByMetric } from '../gate/quote.ts';
import { chargeWallet, countUse, usageRecordOf } from '../gate/use.ts';
import { paymentOf } from '../purchases/payment.ts';
import {
  type AccountState,
  type Count,
  type GrantLeg,
  type Micros,
  noFacts,
  type UsageRecord,
  type UseDimensions,
} from '../state.ts';
import { asOfCycle, earlierCycleAt, withLateUse } from './late-use.ts';

const msPerDay = 86_400_000;

export interface EventCommand {
  readonly atMs: number;
  readonly items: readonly EventItem[];
  readonly dimensions: UseDimensions;
  readonly backfill: boolean;
}

/**
 * Records a reported fact. It is never refused for a limit: it counts and debits, and what no grant covers becomes a debt.
 * It is priced at its own time, and counts and is reckoned in the cycle of that time. As backfill it is history only and
 * costs nothing.
 * @throws DomainError `invalid_request` where its time lies too far ahead, or too far back without `backfill`, or where it
 * sets or lessens a counter; and for unknown items.
 */
export function decideEvent(context: DecisionContext, event: EventCommand): Decision<UsageRecord> {
  const { state, catalog } = context;
  assertTimely(event, context.nowMs);
  const { category } = event.dimensions;
  const changed = readChanges(context, event);
  const base = priceItems(catalog, changed.items, {
    atMs: event.atMs,
    ownKeys: state.profile.ownKeys,
    ...(category === undefined ? {} : { category }),
  });
  const counts = [...base.counts, ...changed.counts].filter(({ quantity }) => quantity !== 0n);
  const counted: Priced = { ...base, counts };
  const history = (grantsUsed: readonly GrantLeg[], priced: Priced, backfill: boolean): UsageRecord => ({
    ...usageRecordOf(context, event.dimensions, priced, grantsUsed, event.atMs),
    backfill,
  });
  if (event.backfill) {
    const usage = history([], counted, true);
    return { outcome: usage, state, facts: { ...noFacts, usage: [usage] } };
  }
  const quantities = quantitiesByMetric(counted.counts);
  const earlier = earlierCycleAt(state, event.atMs);
  const reckoned = earlier === undefined ? state : asOfCycle(state, earlier, catalog);
  const { priced, payables } = paymentOf({ state: reckoned, catalog, category }, counted, quantities);
  const taking = take(state.wallet, priced.unit, payables);
  const usage = history(taking.legs, priced, false);
  const charged = chargeWallet(context, usage, taking);
  const used = markSets(countUse(reckoned.usage, context, usage, quantities), event);
  const after = earlier === undefined ? { ...state, usage: used } : withLateUse(state, earlier, used);
  return {
    outcome: usage,
    state: { ...after, wallet: charged.wallet },
    facts: { ...noFacts, entries: charged.entries, usage: [usage] },
  };
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

/**
 * Turns settings of gauges into changes against the value that they find, in the order of the event's items. One that is older
 * than the last setting changes nothing. The other items keep their places, by which errors name them.
 */
function readChanges(context: DecisionContext, event: EventCommand): { items: Item[]; counts: Count[] } {
  const { gauges } = context.state.usage;
  const items: Item[] = [];
  const counts: Count[] = [];
  const values = new Map<string, Micros>();
  for (const [index, item] of event.items.entries()) {
    if (!('metric' in item)) {
      items.push(item);
      continue;
    }
    const { metric } = item;
    const quantity = parseAmount(item.quantity);
    const isGauge = assertChange(context, item, quantity, index);
    const value = values.get(metric) ?? gauges[metric]?.value ?? 0n;
    if (!isSet(item)) {
      items.push(item);
      if (isGauge) values.set(metric, value + quantity);
      continue;
    }
    items.push({ metric, quantity: '0' });
    if ((gauges[metric]?.setAtMs ?? 0) > event.atMs) continue;
    counts.push({ metric, quantity: quantity - value });
    values.set(metric, quantity);
  }
  return { items, counts };
}

/** Whether the item changes a gauge. A counter counts what has happened, which can neither be set nor taken back. */
function assertChange(
  { catalog }: DecisionContext,
  item: EventItem & { metric: string },
  quantity: Micros,
  index: number,
): boolean {
  const metric = catalog.metrics.get(item.metric);
  if (metric === undefined)
    throw new DomainError(
      'unknown_metric',
      `The catalog has no metric '${item.metric}'`,
      `/items/${index}/metric`,
    );
  if (metric.kind === 'gauge') return true;
  if (isSet(item))
    throw new DomainError('invalid_request', `'${metric.id}' is a counter`, `/items/${index}/op`, 'add');
  if (quantity < 0n)
    throw new DomainError(
      'invalid_request',
      `'${metric.id}' is a counter`,
      `/items/${index}/quantity`,
      'a quantity of at least 0',
    );
  return false;
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

function isSet<Each extends EventItem>(
  item: Each,
): item is Each & { metric: string; quantity: string; op: 'set' } {
  return 'op' in item && item.op === 'set';
}
