import { evenTicks } from '../../derive/even-ticks.ts';

/** The height at which each amount is drawn. */
export interface AmountScale {
  /** The amounts that the axis names, from the least up. */
  ticks: readonly number[];
  /** In pixels from the top. */
  yOf: (amount: number) => number;
}

/** Spans the ticks evenly from the bottom of a drawing to its top. A lone tick, and what is no number, stands at the bottom. */
export function amountScale(ticks: readonly number[], top: number, bottom: number): AmountScale {
  const least = ticks[0] ?? 0;
  const span = (ticks.at(-1) ?? 0) - least;
  return {
    ticks,
    yOf: (amount) =>
      span > 0 && Number.isFinite(amount) ? bottom - ((amount - least) / span) * (bottom - top) : bottom,
  };
}

/** Ticks of an axis that zero and every amount are on. Ten thousands of amounts are more than a call of `Math.max` can take. */
export function amountTicks(amounts: Iterable<number | undefined>): number[] {
  let most = 0;
  let least = 0;
  for (const amount of amounts) {
    if (amount === undefined || !Number.isFinite(amount)) continue;
    most = Math.max(most, amount);
    least = Math.min(least, amount);
  }
  return evenTicks(most, least);
}
