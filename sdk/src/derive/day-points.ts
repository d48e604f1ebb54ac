import type { DecimalString, Instant, UsageSeries } from '@usagekit/server/contract';
import { fromMillionths, sumDecimals, toMillionths } from './decimal.ts';
import { nextDayMs } from './next-day.ts';

/** One day of a chart. */
export interface DayPoint {
  /** The day's start. */
  at: Instant;
  /** Exact; undefined for a day that has not come. */
  amount: DecimalString | undefined;
  /** For drawing only. */
  value: number | undefined;
  /** The figure of the same day of the previous period. */
  previous: number | undefined;
  /** The expected figure of the period's remaining days. */
  expected: number | undefined;
}

const daysForMean = 3;

/**
 * The days of a series, filled up to the end of its period. Days to come have the mean of the whole days so far,
 * once there are three of them; the present day, which is not over, does not count.
 *
 * @param periodEndsAt exclusive; the series' last day where it is left out
 * @param previous the period before, compared day by day from its own start
 */
export function dayPoints(series: UsageSeries, periodEndsAt?: Instant, previous?: UsageSeries): DayPoint[] {
  const amounts = dayTotals(series);
  const previousAmounts = previous ? dayTotals(previous) : [];
  const points: DayPoint[] = series.buckets.map((at, place) => ({
    at,
    amount: amounts[place],
    value: Number(amounts[place] ?? '0'),
    previous: numberAt(previousAmounts, place),
    expected: undefined,
  }));
  const whole = amounts.slice(0, -1);
  const mean =
    whole.length >= daysForMean
      ? Number(fromMillionths(toMillionths(sumDecimals(whole)))) / whole.length
      : undefined;
  const endMs = periodEndsAt === undefined ? 0 : Date.parse(periodEndsAt);
  const last = points.at(-1);
  if (!last) return points;
  const { timeZone } = series;
  let nextMs = nextDayMs(Date.parse(last.at), timeZone);
  if (mean !== undefined && nextMs < endMs) last.expected = mean;
  while (nextMs < endMs) {
    const previousAtDay = numberAt(previousAmounts, points.length);
    const at = new Date(nextMs).toISOString();
    points.push({ at, amount: undefined, value: undefined, previous: previousAtDay, expected: mean });
    nextMs = nextDayMs(nextMs, timeZone);
  }
  return points;
}

/** The sum of all groups, bucket by bucket. */
export function dayTotals({ buckets, groups }: UsageSeries): DecimalString[] {
  return buckets.map((_, place) => sumDecimals(groups.map(({ values }) => values[place] ?? '0')));
}

function numberAt(amounts: DecimalString[], place: number): number | undefined {
  const amount = amounts[place];
  return amount === undefined ? undefined : Number(amount);
}
