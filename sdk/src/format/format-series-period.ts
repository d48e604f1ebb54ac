import type { UsageSeries } from '@usagekit/server/contract';
import { bucketEndMs, stepOfSeries } from '../derive/usage/history-step.ts';
import type { Format } from './create-format.ts';
import { formatPeriod } from './format-period.ts';
import { instantOf } from './intl-formats.ts';

/** From the first bucket to the end of the last one, or to the answer's present if that is earlier. */
export function formatSeriesPeriod(series: UsageSeries, format: Format): string {
  const { buckets, asOf, timeZone } = series;
  const last = Date.parse(buckets.at(-1) ?? asOf);
  const endMs = Math.min(bucketEndMs(last, stepOfSeries(series), timeZone), Date.parse(asOf));
  return formatPeriod(buckets[0] ?? asOf, instantOf(endMs), format);
}
