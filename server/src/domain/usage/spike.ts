import type { Micros } from '../amounts/amounts.ts';

/** A day is unusual if it exceeds this many times the usual use. */
export const spikeFactor = 3n;

/** With fewer days of use before it nothing can be called usual. */
export const spikeDaysMin = 3;

/** A day on which far more was used than on the days before it. */
export interface Spike {
  /** Its place in the days that were given. */
  readonly dayIndex: number;
  readonly used: Micros;
  /** The median of the days before it on which anything was used. */
  readonly usual: Micros;
  readonly daysCompared: number;
}

/**
 * Whether the last day, or else the one before it, is unusual against the days before: more than `spikeFactor` times their median
 * and more than any of them, if at least `spikeDaysMin` of them had any use. The last day may not be over, so it counts as
 * unusual once its use so far is.
 *
 * @param quantities by day, oldest first
 */
export function findSpike(quantities: readonly Micros[]): Spike | null {
  const last = quantities.length - 1;
  return spikeOn(quantities, last) ?? spikeOn(quantities, last - 1);
}

function spikeOn(quantities: readonly Micros[], dayIndex: number): Spike | null {
  const before = quantities.slice(0, Math.max(0, dayIndex)).filter((quantity) => quantity > 0n);
  const used = quantities[dayIndex] ?? 0n;
  if (before.length < spikeDaysMin) return null;
  const usual = medianOf(before);
  if (used <= spikeFactor * usual || before.some((quantity) => quantity >= used)) return null;
  return { dayIndex, used, usual, daysCompared: before.length };
}

/** The middle amount; of an even number the mean of the two in the middle, cut to a millionth. 0 of none. */
export function medianOf(amounts: readonly Micros[]): Micros {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const upper = sorted[sorted.length >> 1] ?? 0n;
  const lower = sorted[(sorted.length - 1) >> 1] ?? 0n;
  return (lower + upper) / 2n;
}
