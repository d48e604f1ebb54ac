import type { DecimalString, Instant, UsageSeries } from '@usagekit/server/contract';
import { fromMillionths, toMillionths } from '../decimal.ts';
import { dayPoints, type ShownPeriod } from './day-points.ts';

/** Where a metric stands at the end of one day of a period. */
export interface RunningPoint {
  /** The start of its day, hour, week or month. */
  at: Instant;
  /** The exact sum from the start of the period; undefined for what has not come. */
  amount: DecimalString | undefined;
  /** For drawing only. */
  sum: number | undefined;
  /** The expected sum of what remains of the period, from where the metric stands now. */
  expected: number | undefined;
}

/** The running sum of a series to the end of its period. */
export function runningPoints(series: UsageSeries, period: ShownPeriod): RunningPoint[] {
  let sum = 0n;
  let drawn = 0;
  return dayPoints(series, period).map(({ at, amount, expected }): RunningPoint => {
    if (amount === undefined) {
      if (expected === undefined) return { at, amount: undefined, sum: undefined, expected: undefined };
      drawn += expected;
      return { at, amount: undefined, sum: undefined, expected: drawn };
    }
    sum += toMillionths(amount);
    drawn = Number(fromMillionths(sum));
    // The dashed line begins where the other ends.
    return {
      at,
      amount: fromMillionths(sum),
      sum: drawn,
      expected: expected === undefined ? undefined : drawn,
    };
  });
}
