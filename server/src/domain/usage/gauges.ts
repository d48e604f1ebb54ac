import { apiBounds } from '../../contract/api-bounds.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { Gauge, GaugeChange } from './state.ts';

/** A gauge that nothing was reported of. */
export const emptyGauge: Gauge = { value: 0n, setAtMs: 0, base: 0n, changes: [] };

/** The effect of a report on a gauge. */
export interface Reported {
  readonly gauge: Gauge;
  /** The change; 0 if a later setting already includes the report. */
  readonly change: Micros;
  /** Why it was not taken as it came; null where it was. */
  readonly adjusted: 'below_zero' | 'in_later_setting' | null;
}

/**
 * Adds to a gauge at the instant of the change. A later setting already includes it. A gauge does not fall below 0, and later
 * reports build on that.
 */
export function addToGauge(gauge: Gauge, { atMs, quantity }: GaugeChange): Reported {
  if (atMs < gauge.setAtMs) return { gauge, change: 0n, adjusted: 'in_later_setting' };
  const place = gauge.changes.findLastIndex((change) => change.atMs <= atMs) + 1;
  const changes = gauge.changes.toSpliced(place, 0, { atMs, quantity });
  const after = replayed({ ...gauge, changes });
  const change = after.value - gauge.value;
  return { gauge: after, change, adjusted: change === quantity ? null : 'below_zero' };
}

/** Sets a gauge as of an instant; later changes are added to the set value. */
export function setGauge(gauge: Gauge, { atMs, quantity }: GaugeChange): Reported {
  if (atMs < gauge.setAtMs) return { gauge, change: 0n, adjusted: 'in_later_setting' };
  const base = atLeastZero(quantity);
  const changes = gauge.changes.filter((change) => change.atMs > atMs);
  const after = replayed({ value: base, setAtMs: atMs, base, changes });
  return { gauge: after, change: after.value - gauge.value, adjusted: quantity < 0n ? 'below_zero' : null };
}

/** Takes back what a report changed. A later setting stands, since it was told of the gauge as it was then. */
export function takeBackFromGauge(gauge: Gauge, { atMs, quantity }: GaugeChange): Reported {
  if (atMs < gauge.setAtMs) return { gauge, change: 0n, adjusted: 'in_later_setting' };
  const place = gauge.changes.findIndex((change) => change.atMs === atMs && change.quantity === quantity);
  const after =
    place === -1
      ? replayed({ ...gauge, base: atLeastZero(gauge.base - quantity) })
      : replayed({ ...gauge, changes: gauge.changes.toSpliced(place, 1) });
  const change = after.value - gauge.value;
  return { gauge: after, change, adjusted: change === -quantity ? null : 'below_zero' };
}

/** The value that the changes make of the base, in the order of their time. The oldest of too many go into the base. */
function replayed(gauge: Gauge): Gauge {
  let { base } = gauge;
  const tooMany = Math.max(0, gauge.changes.length - apiBounds.gaugeChangesKept);
  for (const { quantity } of gauge.changes.slice(0, tooMany)) base = atLeastZero(base + quantity);
  const changes = gauge.changes.slice(tooMany);
  let value = base;
  for (const { quantity } of changes) value = atLeastZero(value + quantity);
  return { ...gauge, value, base, changes };
}

function atLeastZero(amount: Micros): Micros {
  return amount < 0n ? 0n : amount;
}
