import { type DecimalString, type Instant, msPerDay, type UsageSeries } from '@usagekit/server/contract';
import { instantOf } from '../../format/intl-formats.ts';
import { dayNumber } from '../days-between.ts';
import { sumDecimals } from '../decimal.ts';
import { bucketEndMs, stepOfSeries } from './history-step.ts';

/** One bar of a chart: a day, or an hour, a week or a month. */
export interface DayPoint {
  /** Its start. */
  at: Instant;
  /** Exact; undefined for one that has not come. */
  amount: DecimalString | undefined;
  /** For drawing only. */
  value: number | undefined;
  /** The figure of as many days of the previous period. */
  previous: number | undefined;
  /** The expected figure, of what remains of the period. */
  expected: number | undefined;
}

/** The period that a series is of; a bucket may begin before it or end after it. */
export interface ShownPeriod {
  startsAt?: Instant | undefined;
  /** Exclusive; the end of the last bucket where it is left out. */
  endsAt?: Instant | undefined;
}

const daysForMean = 3;

/**
 * The buckets of a series, filled up to the end of its period. What is to come has the mean so far, once three days have passed:
 * what was used by the time that has passed, today included, as the panel's sentence has it (`cyclePace`).
 *
 * @param previous the period before, by day where the series is by weeks or months; compared day by day from its own start
 */
export function dayPoints(series: UsageSeries, period: ShownPeriod = {}, previous?: UsageSeries): DayPoint[] {
  const amounts = dayTotals(series);
  const step = stepOfSeries(series);
  const { timeZone, asOf } = series;
  const before = previous ? previousOf(series, period, previous) : () => undefined;
  const points: DayPoint[] = series.buckets.map((at, place) => ({
    at,
    amount: amounts[place],
    value: Number(amounts[place] ?? '0'),
    previous: before(at, place),
    expected: undefined,
  }));
  const last = points.at(-1);
  if (!last || step === 'hour') return points;
  const daysPassed = (Date.parse(asOf) - Date.parse(period.startsAt ?? points[0]?.at ?? asOf)) / msPerDay;
  const mean = daysPassed >= daysForMean ? Number(sumDecimals(amounts)) / daysPassed : undefined;
  const expectedAt = (at: Instant) => mean && mean * daysOfBucket(at, series, period);
  const endMs = period.endsAt === undefined ? 0 : Date.parse(period.endsAt);
  let nextMs = bucketEndMs(Date.parse(last.at), step, timeZone);
  if (mean !== undefined && nextMs < endMs) last.expected = expectedAt(last.at);
  while (nextMs < endMs) {
    const at = instantOf(nextMs);
    points.push({
      at,
      amount: undefined,
      value: undefined,
      previous: before(at, points.length),
      expected: mean === undefined ? undefined : expectedAt(at),
    });
    nextMs = bucketEndMs(nextMs, step, timeZone);
  }
  return points;
}

/** The sum of all groups, bucket by bucket. */
export function dayTotals({ buckets, groups }: UsageSeries): DecimalString[] {
  return buckets.map((_, place) => sumDecimals(groups.map(({ values }) => values[place] ?? '0')));
}

/** How many days of the period each bucket has; an hour has none. */
export function daysOfBuckets(series: UsageSeries, period: ShownPeriod): number[] {
  return series.buckets.map((at) => daysOfBucket(at, series, period));
}

function daysOfBucket(at: Instant, series: UsageSeries, { startsAt, endsAt }: ShownPeriod): number {
  const { timeZone } = series;
  const step = stepOfSeries(series);
  if (step === 'hour') return 0;
  if (step === 'day') return 1;
  const day = (instant: Instant) => dayNumber(instant, timeZone);
  const next = instantOf(bucketEndMs(Date.parse(at), step, timeZone));
  const first = startsAt !== undefined && startsAt > at ? startsAt : at;
  // The last day of a period may end before midnight, and is one of its days all the same.
  const end = endsAt !== undefined && endsAt < next ? day(lastMoment(endsAt)) + 1 : day(next);
  return end - day(first);
}

const lastMoment = (end: Instant): Instant => instantOf(Date.parse(end) - 1);

/** The figure of the previous period for a bucket: of the days in the same places, from each period's own start. */
function previousOf(
  series: UsageSeries,
  period: ShownPeriod,
  previous: UsageSeries,
): (at: Instant, place: number) => number | undefined {
  const amounts = dayTotals(previous);
  if (stepOfSeries(previous) === stepOfSeries(series)) return (_, place) => numberAt(amounts, place);
  const { startsAt = series.buckets[0] ?? series.asOf } = period;
  const firstDay = dayNumber(startsAt, series.timeZone);
  return (at) => {
    const from = Math.max(0, dayNumber(at, series.timeZone) - firstDay);
    const days = amounts.slice(from, from + daysOfBucket(at, series, period));
    return days.length === 0 ? undefined : Number(sumDecimals(days));
  };
}

function numberAt(amounts: DecimalString[], place: number): number | undefined {
  const amount = amounts[place];
  return amount === undefined ? undefined : Number(amount);
}
