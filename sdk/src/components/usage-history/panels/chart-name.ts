import type { UsageSeries } from '@usagekit/server/contract';
import { toMillionths } from '../../../derive/decimal.ts';
import { dayTotals } from '../../../derive/usage/day-points.ts';
import { stepOfSeries } from '../../../derive/usage/history-step.ts';
import type { Format } from '../../../format/create-format.ts';
import { formatBucket } from '../../../format/format-bucket.ts';
import { formatSeriesPeriod } from '../../../format/format-series-period.ts';
import type { Messages } from '../../../messages/messages.ts';

/** A series in one sentence: its sum, its span, and its highest day, hour, week or month. */
export function chartName(series: UsageSeries, format: Format, messages: Messages['chart']): string {
  const unit = series.unit;
  const name = messages.name(
    series.label,
    messages.steps[stepOfSeries(series)].by,
    format.amount(series.total, unit).exact,
    formatSeriesPeriod(series, format),
  );
  const totals = dayTotals(series);
  let highest = 0;
  totals.forEach((total, place) => {
    if (toMillionths(total) > toMillionths(totals[highest] ?? '0')) highest = place;
  });
  const at = series.buckets[highest];
  const amount = totals[highest];
  if (at === undefined || amount === undefined) return name;
  return messages.highest(name, format.amount(amount, unit).text, formatBucket(at, series, format));
}
