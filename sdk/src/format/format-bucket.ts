import type { Instant, UsageSeries } from '@usagekit/server/contract';
import { dayNumber } from '../derive/days-between.ts';
import { bucketEndMs, stepOfSeries } from '../derive/usage/history-step.ts';
import type { Format } from './create-format.ts';
import { formatPeriod } from './format-period.ts';
import { instantOf } from './intl-formats.ts';

/** What names the buckets of a series. */
export type BucketsOf = Pick<UsageSeries, 'interval' | 'timeZone'>;

/** A bucket in words: `30 Jun, 14:00`, `30 June`, `22 Jun – 28 Jun`. */
export function formatBucket(at: Instant, series: BucketsOf, format: Format): string {
  const step = stepOfSeries(series);
  if (step === 'hour') return format.dateTime(at);
  if (step === 'day') return format.date(at);
  return formatPeriod(at, instantOf(bucketEndMs(Date.parse(at), step, series.timeZone)), format);
}

/** A bucket on an axis: `14:00`, and the date at the start of a day; `30 Jun`; `Jun`. */
export function formatTick(at: Instant, { interval, timeZone }: BucketsOf, format: Format): string {
  if (interval === 'month') return format.month(at);
  if (interval === 'day' || interval === 'week') return format.day(at);
  const justBefore = instantOf(Date.parse(at) - 1);
  return dayNumber(justBefore, timeZone) < dayNumber(at, timeZone) ? format.day(at) : format.time(at);
}
