import { apiBounds } from '../../contract/api-bounds.ts';
import { otherValue } from '../../contract/usage/other-value.ts';
import type {
  SeriesDimension,
  SeriesGroup,
  SeriesInterval,
  UsageSeries,
} from '../../contract/usage/usage.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import { formatAmount, type Micros, sumOf } from '../../domain/amounts/amounts.ts';
import type { Catalog } from '../../domain/catalog/catalog-types.ts';
import { bucketStarts } from '../../domain/time/calendar.ts';
import { creditsMetric } from '../../domain/usage/cells.ts';
import { balanceUnit } from '../access/amounts-in-view.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import { formatInstant } from '../http/instants.ts';
import { invalidParameter } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';
import type { UsagePart } from './usage-parts.ts';
import { readDailyParts, readHourlyParts, readRawParts } from './usage-reader.ts';

export interface SeriesRequest {
  readonly metric: string;
  readonly groupBy: SeriesDimension | null;
  readonly interval: SeriesInterval;
  readonly fromMs: number;
  readonly toMs: number;
  /** The member whose use is read; null for everybody's. */
  readonly memberId: string | null;
}

/** Spans of fine steps are so long at most; days, weeks and months are read from rollups over any. */
const fineDaysMax: Readonly<Partial<Record<SeriesInterval, number>>> = { minute: 2, hour: 31 };

/**
 * One metric over time, by one dimension or in total. The groups sum to the total, and each group's values to the group's sum:
 * use without a value is a group of its own, and values beyond the largest groups share another.
 */
export async function readUsageSeries(
  services: Services,
  { state, catalog, nowMs }: AccountReading,
  request: SeriesRequest,
): Promise<UsageSeries> {
  const { id: accountId, timeZone } = state.profile;
  const { metric, groupBy, interval, fromMs, toMs, memberId } = request;
  const starts = bucketsOf(request, timeZone);
  const span = { accountId, metric, memberId, fromMs, toMs, timeZone, nowMs };
  const limit = { usesMax: apiBounds.seriesRawUsesMax };
  assertShort(request);
  const read = readerOf(interval);
  // Uses that are read one by one for the groups tell the total too.
  const grouped = groupBy === null ? [] : await read(services, { ...span, dimension: groupBy }, limit);
  const totals = await read(services, { ...span, dimension: '' }, limit);
  const all = bucketed(totals, starts);
  const label =
    metric === creditsMetric ? catalog.creditLabel.other : (catalog.metrics.get(metric)?.label ?? metric);
  const unit = metric === creditsMetric ? balanceUnit(catalog) : catalog.metrics.get(metric)?.unit;
  const groups =
    groupBy === null
      ? [groupOf(null, label, all)]
      : await labelled(services, { accountId, catalog, groupBy }, groupsOf(grouped, all, starts));
  return {
    metric,
    label,
    unit: unit ?? { one: metric, other: metric },
    interval,
    groupBy,
    timeZone,
    buckets: starts.map(formatInstant),
    groups,
    total: formatAmount(sumOf(all)),
    asOf: formatInstant(nowMs),
  };
}

function bucketsOf({ interval, fromMs, toMs }: SeriesRequest, timeZone: string): number[] {
  const starts = bucketStarts(interval, fromMs, toMs, timeZone);
  if (starts.length > apiBounds.seriesBucketsMax)
    throw invalidParameter(
      '?interval',
      `The span has more than ${apiBounds.seriesBucketsMax} ${interval}s`,
      'a shorter span or a longer interval',
    );
  return starts;
}

function assertShort({ interval, fromMs, toMs }: SeriesRequest): void {
  const days = fineDaysMax[interval];
  if (days !== undefined && toMs - fromMs > days * msPerDay)
    throw invalidParameter('?from', 'The span is too long for these steps', `at most ${days} days`);
}

/** Minutes are read record by record. */
function readerOf(interval: SeriesInterval): typeof readHourlyParts {
  if (interval === 'minute') return readRawParts;
  return interval === 'hour' ? readHourlyParts : readDailyParts;
}

/** Sums by bucket. Parts lie within the buckets' span, the first bucket's start apart. */
function bucketed(parts: readonly UsagePart[], starts: readonly number[]): Micros[] {
  const sums = starts.map(() => 0n);
  for (const { atMs, quantity } of parts) {
    const index = bucketIndex(starts, atMs);
    sums[index] = (sums[index] ?? 0n) + quantity;
  }
  return sums;
}

/** The last bucket that starts at or before the instant, by halving. */
function bucketIndex(starts: readonly number[], atMs: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface RawGroup {
  /** Null for what had no value, `otherValue` for the smallest groups together. */
  readonly value: string | null;
  readonly values: readonly Micros[];
  readonly total: Micros;
}

function groupsOf(
  parts: readonly UsagePart[],
  all: readonly Micros[],
  starts: readonly number[],
): RawGroup[] {
  const byValue = Map.groupBy(parts, ({ value }) => value);
  const groups: RawGroup[] = [...byValue].map(([value, own]) => rawGroup(value, bucketed(own, starts)));
  groups.sort((a, b) => (a.total === b.total ? compareText(a.value, b.value) : a.total > b.total ? -1 : 1));
  const large = groups.filter(({ value }) => value !== otherValue).slice(0, apiBounds.seriesValuesMax);
  const small = groups.filter((group) => !large.includes(group));
  if (small.length > 0) large.push(rawGroup(otherValue, addUp(small, starts.length)));
  const named = addUp(large, starts.length);
  const without = all.map((sum, index) => sum - (named[index] ?? 0n));
  if (without.some((sum) => sum !== 0n)) large.push(rawGroup(null, without));
  return large;
}

function rawGroup(value: string | null, values: readonly Micros[]): RawGroup {
  return { value, values, total: sumOf(values) };
}

function addUp(groups: readonly RawGroup[], length: number): Micros[] {
  const sums = Array.from({ length }, () => 0n);
  for (const { values } of groups)
    for (const [index, quantity] of values.entries()) sums[index] = (sums[index] ?? 0n) + quantity;
  return sums;
}

function compareText(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

function groupOf(value: string | null, label: string | null, values: readonly Micros[]): SeriesGroup {
  return { value, label, total: formatAmount(sumOf(values)), values: values.map(formatAmount) };
}

async function labelled(
  services: Services,
  { accountId, catalog, groupBy }: { accountId: string; catalog: Catalog; groupBy: SeriesDimension },
  groups: readonly RawGroup[],
): Promise<SeriesGroup[]> {
  return Promise.all(
    groups.map(async ({ value, values }) => {
      if (value === null || value === otherValue) return groupOf(value, null, values);
      const member = groupBy === 'member' ? await services.store.readMember(accountId, value) : undefined;
      return groupOf(value, member?.name ?? labelOf(catalog, groupBy, value), values);
    }),
  );
}

/** The name of a value; null where the value is a kind, which its reader words. */
function labelOf(catalog: Catalog, groupBy: SeriesDimension, value: string): string | null {
  switch (groupBy) {
    case 'category':
      return catalog.categories.get(value)?.label ?? value;
    case 'tool':
      return catalog.tools.get(value)?.label ?? value;
    case 'model':
      return catalog.models.get(value)?.label ?? value;
    case 'tier':
      return catalog.modelTiers.get(value)?.label ?? value;
    case 'lineItem':
      return null;
    case 'agent':
    case 'project':
    case 'member':
    case 'apiKey':
      return value;
  }
}
