import type { UsageSeries } from '@usagekit/server/contract';
import { dayTotals } from './day-points.ts';
import { sumDecimals, toMillionths } from './decimal.ts';

/** How a period compares with the one before, as far as it has come. */
export interface UsageTrend {
  /** Change against the same days of the previous period, in percent; negative for less use. One decimal, cut. */
  percent: number;
  /** Whole days that are compared, 3 or more. */
  days: number;
}

const daysMin = 3;

/**
 * The whole days of a period that has not ended against as many of the one before, from each one's own start. The present
 * day, which is not over, does not count. Null until there are three, and where those before had nothing to compare with.
 */
export function usageTrend(series: UsageSeries, previous: UsageSeries): UsageTrend | null {
  const whole = dayTotals(series).slice(0, -1);
  const before = dayTotals(previous).slice(0, whole.length);
  const days = Math.min(whole.length, before.length);
  const usedBefore = toMillionths(sumDecimals(before));
  if (days < daysMin || usedBefore <= 0n) return null;
  const used = toMillionths(sumDecimals(whole.slice(0, days)));
  return { percent: Number(((used - usedBefore) * 1_000n) / usedBefore) / 10, days };
}
