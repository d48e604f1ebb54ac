import type { Instant, UsageSeries } from '@usagekit/server/contract';
import { sumDecimals, toMillionths } from '../decimal.ts';
import { daysOfBuckets, dayTotals, type ShownPeriod } from './day-points.ts';
import { stepOfSeries } from './history-step.ts';
import { startOfDayMs } from './next-day.ts';

/** How a period compares with the one before, as far as it has come. */
export interface UsageTrend {
  /** Change against the same days of the previous period, in percent; negative for less use. One decimal, cut. */
  percent: number;
  /** Whole days that are compared, 3 or more. */
  days: number;
}

const daysMin = 3;

/**
 * The whole days of a period against as many of the one before, from each one's own start. The present bucket, which is not over,
 * does not count, nor does a last day that the period's end cuts. Null until there are three days, and where those before had nothing to compare with.
 *
 * @param previous by day
 */
export function usageTrend(
  series: UsageSeries,
  previous: UsageSeries,
  period: ShownPeriod = {},
): UsageTrend | null {
  if (stepOfSeries(previous) !== 'day') return null;
  const { timeZone, asOf } = series;
  const { startsAt, endsAt } = period;
  const isWhole =
    endsAt !== undefined && Date.parse(endsAt) <= Date.parse(asOf) && isStartOfDay(endsAt, timeZone);
  const whole = dayTotals(series).slice(0, isWhole ? undefined : -1);
  const wholeDays = daysOfBuckets(series, period);
  // The period before ends where this one starts.
  const isCut = startsAt !== undefined && !isStartOfDay(startsAt, timeZone);
  const before = dayTotals(previous).slice(0, isCut ? -1 : undefined);
  let used: string[] = [];
  let days = 0;
  // A bucket is compared only if the period before has every day of it.
  for (const [place, amount] of whole.entries()) {
    const next = days + (wholeDays[place] ?? 0);
    if (next > before.length) break;
    used = [...used, amount];
    days = next;
  }
  const usedBefore = toMillionths(sumDecimals(before.slice(0, days)));
  if (days < daysMin || usedBefore <= 0n) return null;
  const change = toMillionths(sumDecimals(used)) - usedBefore;
  return { percent: Number((change * 1_000n) / usedBefore) / 10, days };
}

function isStartOfDay(instant: Instant, timeZone: string): boolean {
  const atMs = Date.parse(instant);
  return startOfDayMs(atMs, 0, timeZone) === atMs;
}
