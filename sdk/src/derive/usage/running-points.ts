import type { DecimalString, ForecastAmount, Instant, UsageSeries } from '@usagekit/server/contract';
import { fromMillionths, toMillionths } from '../decimal.ts';
import { dayPoints, daysOfBuckets, type ShownPeriod } from './day-points.ts';
import { bucketEndMs, stepOfSeries } from './history-step.ts';

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
  /** The forecast's range around it; only where there is a forecast. */
  range?: AmountRange | undefined;
}

/** For drawing only. */
export interface AmountRange {
  low: number;
  high: number;
}

/**
 * The running sum of a series to the end of its period.
 *
 * @param forecast what is expected at that end; the mean so far goes on where it is left out
 */
export function runningPoints(
  series: UsageSeries,
  period: ShownPeriod,
  forecast?: ForecastAmount,
): RunningPoint[] {
  const points = sumsOf(series, period);
  return forecast ? withForecast(points, series, period, forecast) : points;
}

function sumsOf(series: UsageSeries, period: ShownPeriod): RunningPoint[] {
  let sum = 0n;
  let drawn = 0;
  let restOfPresent = 0;
  return dayPoints(series, period).map(({ at, amount, expected }): RunningPoint => {
    if (amount === undefined) {
      if (expected === undefined) return { at, amount: undefined, sum: undefined, expected: undefined };
      drawn += expected + restOfPresent;
      restOfPresent = 0;
      return { at, amount: undefined, sum: undefined, expected: drawn };
    }
    sum += toMillionths(amount);
    drawn = Number(fromMillionths(sum));
    restOfPresent = (expected ?? 0) * shareToCome(series, at);
    // The dashed line begins where the other ends.
    return {
      at,
      amount: fromMillionths(sum),
      sum: drawn,
      expected: expected === undefined ? undefined : drawn,
    };
  });
}

/** How much of a bucket is still to come at the answer's present. */
function shareToCome(series: UsageSeries, at: Instant): number {
  const startMs = Date.parse(at);
  const endMs = bucketEndMs(startMs, stepOfSeries(series), series.timeZone);
  return Math.max(0, endMs - Date.parse(series.asOf)) / (endMs - startMs);
}

/**
 * A forecast tells figures of the end alone. What it expects is spread evenly over the days to come, and its range widens with the
 * square root of their number, as that of a sum of days does whose deviations are independent.
 */
function withForecast(
  points: readonly RunningPoint[],
  series: UsageSeries,
  period: ShownPeriod,
  { expected, low, high }: ForecastAmount,
): RunningPoint[] {
  const last = series.buckets.length - 1;
  const now = points[last]?.sum;
  const ahead = points.slice(last + 1);
  if (now === undefined || ahead.length === 0) return [...points];
  const days = daysOfBuckets({ ...series, buckets: ahead.map(({ at }) => at) }, period);
  const all = days.reduce((sum, each) => sum + each, 0);
  // A forecast that is older than the sum may expect less than that.
  const end = Math.max(now, Number(expected));
  const below = end - Math.max(now, Number(low));
  const above = Math.max(end, Number(high)) - end;
  let passed = 0;
  let lowest = now;
  return points.map((point, place) => {
    if (place < last) return { ...point, expected: undefined };
    passed += place === last ? 0 : (days[place - last - 1] ?? 0);
    const share = all > 0 ? passed / all : 1;
    const middle = now + (end - now) * share;
    lowest = Math.max(lowest, middle - below * Math.sqrt(share));
    return {
      ...point,
      expected: middle,
      range: { low: lowest, high: middle + above * Math.sqrt(share) },
    };
  });
}
