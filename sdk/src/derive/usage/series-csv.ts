import { csvLine, type DecimalString, type UsageSeries } from '@usagekit/server/contract';
import { sumDecimals } from '../decimal.ts';
import { dayTotals } from './day-points.ts';
import type { Share } from './top-shares.ts';

/** One row of figures: by bucket, and by value where the series is broken down. */
export interface SeriesRow {
  /** The bucket's start. */
  at: string;
  metric: string;
  unit: string;
  dimension: string;
  /** The id of the dimension's value; empty for use without one, and for the row of all others. */
  value: string;
  label: string;
  amount: DecimalString;
}

const columns = ['start', 'metric', 'unit', 'dimension', 'value', 'label', 'amount'];

/** The rows of a series as it is drawn: its totals, or the shown shares, the rest included. Exact amounts. */
export function seriesRows(series: UsageSeries, shares: readonly Share[]): SeriesRow[] {
  const { buckets, metric, unit, groupBy, groups, label } = series;
  const head = { metric, unit: unit.other, dimension: groupBy ?? '' };
  if (groupBy === null) {
    const totals = dayTotals(series);
    return buckets.map((at, place) => ({ at, ...head, value: '', label, amount: totals[place] ?? '0' }));
  }
  return buckets.flatMap((at, place) =>
    shares.map((share) => ({
      at,
      ...head,
      value: share.restCount ? '' : (share.value ?? ''),
      label: share.label,
      amount: share.restCount
        ? sumDecimals(restOf(groups, shares).map(({ values }) => values[place] ?? '0'))
        : (groups.find(({ value }) => value === share.value)?.values[place] ?? '0'),
    })),
  );
}

/** The groups that have no line of their own. */
function restOf(groups: UsageSeries['groups'], shares: readonly Share[]): UsageSeries['groups'] {
  const own = new Set(shares.filter(({ restCount }) => !restCount).map(({ value }) => value));
  return groups.filter(({ value }) => !own.has(value));
}

/** Rows as CSV (RFC 4180, lines end in CRLF). What a spreadsheet would run as a formula is disarmed. */
export function rowsCsv(rows: Iterable<SeriesRow>): string {
  let text = csvLine(columns);
  for (const { at, metric, unit, dimension, value, label, amount } of rows)
    text += csvLine([at, metric, unit, dimension, value, label, amount]);
  return text;
}
