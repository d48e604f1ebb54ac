import { apiBounds } from '../../contract/api-bounds.ts';
import type { EventItem } from '../../contract/events/events.ts';
import type { Item } from '../../contract/gate/gate.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import { type Micros, parseAmount } from '../amounts/amounts.ts';
import { carryOf } from '../amounts/rounding.ts';
import type { Metric } from '../catalog/catalog-types.ts';
import { metricOf, unknownMetric } from '../catalog/metric-of.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { usageRecordOf } from '../gate/use.ts';
import { planOf } from '../limits/limits.ts';
import { countsIn, type Priced, priceItems } from '../pricing/pricing.ts';
import { withUnpriced } from '../unpriced/unpriced.ts';
import { addToGauge, emptyGauge, type Reported, setGauge } from '../usage/gauges.ts';
import type { Count, Gauge, UsageRecord, UseDimensions } from '../usage/state.ts';
import { recordFact } from './fact.ts';

/** A use that is reported after it happened. */
export interface EventCommand {
  readonly atMs: number;
  readonly items: readonly EventItem[];
  readonly dimensions: UseDimensions;
  readonly backfill: boolean;
}

/** A gauge that was not changed as an event reported it. */
export interface AdjustedGauge {
  readonly metric: string;
  readonly reason: NonNullable<Reported['adjusted']>;
  /** Where the gauge stands after it. */
  readonly value: Micros;
}

export interface RecordedEvent {
  readonly usage: UsageRecord;
  readonly adjusted: readonly AdjustedGauge[];
}

/**
 * Records a reported fact. It is never refused for a limit: it counts and debits, and the uncovered part becomes debt. It uses
 * the prices, counters and allowance of the cycle that its timestamp falls in. Backfill is history only and costs nothing. The
 * answer reports a gauge whose change differs from the event's. A use without a price is counted, and charged when it has a
 * price.
 * @throws DomainError `invalid_request` if its time is too far ahead, or too far back without `backfill`, or if it sets or
 * decreases a counter; `unknown_metric`.
 */
export function decideEvent(context: DecisionContext, event: EventCommand): Decision<RecordedEvent> {
  const { state, catalog } = context;
  assertTimely(event, context.nowMs);
  const { category } = event.dimensions;
  const changed = readChanges(context, event);
  const base = priceItems(catalog, changed.items, {
    rounding: event.backfill ? 'nearest' : carryOf(state.wallet, catalog.unit),
    atMs: event.atMs,
    withRetired: true,
    ownKeys: state.profile.ownKeys,
    modelFactor: planOf(state, catalog).modelFactor,
    keepsUnpriced: true,
    ...(category === undefined ? {} : { category }),
  });
  const counters = base.counts.filter(({ metric }) => !changed.gauges.has(metric));
  const counts = [...counters, ...changed.counts].filter(({ quantity }) => quantity !== 0n);
  const counted: Priced = { ...base, counts };
  const { atMs, dimensions } = event;
  if (event.backfill) {
    // A free use waits for no price.
    const priced = { ...counted, unpriced: [] };
    const usage = {
      ...usageRecordOf(context, dimensions, { priced, grantsUsed: [], invoiced: [], atMs }),
      backfill: true,
    };
    return { outcome: { usage, adjusted: [] }, state, facts: { ...noFacts, usage: [usage] } };
  }
  const recorded = recordFact(context, { counted, atMs, dimensions, gauges: changed.gauges });
  const usage = recorded.outcome;
  return {
    outcome: { usage, adjusted: changed.adjusted },
    state: withUnpriced(recorded.state, catalog, usage),
    facts: recorded.facts,
  };
}

function assertTimely(event: EventCommand, nowMs: number): void {
  if (event.atMs > nowMs + apiBounds.eventFutureSecondsMax * 1_000) {
    throw new DomainError(
      'invalid_request',
      'The event is too far in the future',
      '/at',
      `at most ${apiBounds.eventFutureSecondsMax} seconds ahead`,
    );
  }
  if (!event.backfill && event.atMs < nowMs - apiBounds.eventAgeDaysMax * msPerDay) {
    throw new DomainError(
      'invalid_request',
      'The event is too old',
      '/at',
      `at most ${apiBounds.eventAgeDaysMax} days back, or backfill: true`,
    );
  }
}

/** The effects of an event on the gauges that it reports, and its other items. */
interface GaugeChanges {
  /** In their places, by which errors name them. A gauge has no price and is counted by its changes. */
  readonly items: readonly Item[];
  readonly counts: readonly Count[];
  readonly gauges: ReadonlyMap<string, Gauge>;
  readonly adjusted: readonly AdjustedGauge[];
}

/**
 * Changes gauges one after another, in the order of the event's items. Backfill is history only: its changes are counted
 * against the value that they find, as if nothing had been set.
 */
function readChanges(context: DecisionContext, event: EventCommand): GaugeChanges {
  const { atMs, backfill, dimensions } = event;
  const items: Item[] = [];
  const counts: Count[] = [];
  const gauges = new Map<string, Gauge>();
  const adjusted: AdjustedGauge[] = [];
  for (const [index, item] of event.items.entries()) {
    if (!('metric' in item)) {
      items.push(item);
      continue;
    }
    const { metric: id } = item;
    const quantity = parseAmount(item.quantity);
    const metric = requireChangeable(context, item, quantity, index);
    if (metric.kind === 'counter') {
      items.push({ metric: id, quantity: item.quantity });
      continue;
    }
    items.push({ metric: id, quantity: '0' });
    const present = gauges.get(id) ?? gaugeOf(context, id, backfill);
    gauges.set(id, present);
    if (!countsIn(metric, dimensions.category)) continue;
    const { gauge, change, ...told } = (isSet(item) ? setGauge : addToGauge)(present, { atMs, quantity });
    gauges.set(id, gauge);
    counts.push({ metric: id, quantity: change });
    if (told.adjusted !== null) adjusted.push({ metric: id, reason: told.adjusted, value: gauge.value });
  }
  return { items, counts, gauges, adjusted };
}

function gaugeOf({ state }: DecisionContext, metric: string, backfill: boolean): Gauge {
  const present = state.usage.gauges[metric] ?? emptyGauge;
  return backfill ? { ...emptyGauge, value: present.value, base: present.value } : present;
}

/** The metric that an item reports. A counter counts what has happened, which can neither be set nor lessened. */
function requireChangeable(
  { catalog }: DecisionContext,
  item: EventItem & { metric: string },
  quantity: Micros,
  index: number,
): Metric {
  const metric = metricOf(catalog, item.metric);
  if (metric === undefined) throw unknownMetric(catalog, item.metric, `/items/${index}/metric`);
  if (metric.kind === 'gauge') return metric;
  if (isSet(item))
    throw new DomainError('invalid_request', `'${metric.id}' is a counter`, `/items/${index}/op`, 'add');
  if (quantity < 0n)
    throw new DomainError(
      'invalid_request',
      `'${metric.id}' is a counter`,
      `/items/${index}/quantity`,
      'a quantity of at least 0',
    );
  return metric;
}

function isSet<Each extends EventItem>(
  item: Each,
): item is Each & { metric: string; quantity: string; op: 'set' } {
  return 'op' in item && item.op === 'set';
}
