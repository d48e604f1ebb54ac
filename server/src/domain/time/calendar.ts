import { Temporal } from 'temporal-polyfill';
import { apiBounds } from '../../contract/api-bounds.ts';
import type { SeriesInterval } from '../../contract/usage/usage.ts';
import { msPerDay, msPerHour } from '../../contract/values/durations.ts';

/** One allowance cycle, half-open: `startsAtMs` is its first instant, `endsAtMs` the next one's. */
export interface CycleSpan {
  /** How many cycles lie before it, from the anchor; negative before the anchor. */
  readonly index: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

/** A local day, half-open. Empty where the zone left it out. */
interface DaySpan {
  readonly day: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

interface ZoneCache {
  lastDay: DaySpan | undefined;
  /** The first instant of a day, by its number: what the clocks' library is asked for once. */
  readonly dayStarts: Map<number, number>;
  readonly cycles: Map<number, CycleSpan>;
}

const stepMs = { minute: 60_000, hour: msPerHour } as const;

// Days and cycles are asked for many thousand times a second and change once a day or a month, so the latest are kept.
// A full cache is dropped whole: it refills in microseconds, and no caller can make it grow.
const zonesKeptMax = 1_000;
const spansKeptMax = 5_000;
const zones = new Map<string, ZoneCache>();

const firstDate = Temporal.PlainDate.from('1970-01-01');

/** The cycle that holds `atMs`: a month from the anchor in the zone's wall time, a 31st on a short month's last day. */
export function cycleAt(anchorAtMs: number, timeZone: string, atMs: number): CycleSpan {
  const cache = cacheOf(timeZone);
  const kept = cache.cycles.get(anchorAtMs);
  if (kept !== undefined && atMs >= kept.startsAtMs && atMs < kept.endsAtMs) return kept;
  const anchor = zonedAt(anchorAtMs, timeZone);
  const at = zonedAt(atMs, timeZone);
  // The months between the two dates, one too many while the day of the month has not been reached.
  let index = (at.year - anchor.year) * 12 + at.month - anchor.month;
  let cycle = cycleFrom(anchor, index);
  while (atMs < cycle.startsAtMs) cycle = cycleFrom(anchor, --index);
  while (atMs >= cycle.endsAtMs) cycle = cycleFrom(anchor, ++index);
  if (cache.cycles.size >= spansKeptMax) cache.cycles.clear();
  cache.cycles.set(anchorAtMs, cycle);
  return cycle;
}

/** The cycle that so many lie before, from the anchor; 0 is the one that begins at the anchor. */
export function cycleByIndex(anchorAtMs: number, timeZone: string, index: number): CycleSpan {
  return cycleFrom(zonedAt(anchorAtMs, timeZone), index);
}

/** The first instant of the local month that holds `atMs`. */
export function startOfMonthMs(atMs: number, timeZone: string): number {
  return monthStart(zonedAt(atMs, timeZone).toPlainDate().with({ day: 1 }), timeZone);
}

/**
 * The latest local midnight at or before `atMs` that begins a month. A zone may skip the midnight of a month's first day,
 * and cycles that were counted from its 01:00 would begin at 01:00 ever after.
 */
export function monthMidnightMs(atMs: number, timeZone: string): number {
  let date = zonedAt(atMs, timeZone).toPlainDate().with({ day: 1 });
  while (zonedAt(monthStart(date, timeZone), timeZone).hour !== 0) date = date.subtract({ months: 1 });
  return monthStart(date, timeZone);
}

/** The instant at which another zone's clocks and calendar show what the first zone's show at `atMs`. */
export function sameWallTimeMs(atMs: number, fromZone: string, toZone: string): number {
  return zonedAt(atMs, fromZone).toPlainDateTime().toZonedDateTime(toZone).epochMilliseconds;
}

/** So many days later at the same wall time, however long those days are. */
export function addDaysMs(atMs: number, days: number, timeZone: string): number {
  return zonedAt(atMs, timeZone).add({ days }).epochMilliseconds;
}

/** Whole days from one instant to a later one, by wall time: a day is over at the wall time at which it began. */
export function wholeDaysBetween(fromMs: number, toMs: number, timeZone: string): number {
  return zonedAt(fromMs, timeZone).until(zonedAt(toMs, timeZone), { largestUnit: 'days' }).days;
}

/** The local date as days since 1970-01-01. */
export function dayOf(atMs: number, timeZone: string): number {
  return daySpanAt(atMs, timeZone).day;
}

/** The first instant of a local date, which is not always midnight; where the date was left out, the next one's. */
export function startOfDayMs(day: number, timeZone: string): number {
  return dayStart(cacheOf(timeZone), day, timeZone);
}

/** The Monday of the week that holds a date, both as days since 1970-01-01, which was a Thursday. */
export function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

/**
 * The starts of the buckets that meet `[fromMs, toMs)`, ascending; the first may lie before `fromMs`.
 * Days, weeks (from Monday) and months are the zone's own. Minutes and hours are counted from the local day's start, so that a day of 23 or
 * 25 hours has as many hour buckets, and a day that is not a whole number of hours ends with a shorter one.
 * Stops after `apiBounds.seriesBucketsMax` + 1, by which a caller sees that the span is too long.
 */
export function bucketStarts(
  interval: SeriesInterval,
  fromMs: number,
  toMs: number,
  timeZone: string,
): number[] {
  const starts: number[] = [];
  if (toMs <= fromMs) return starts;
  for (const startMs of startsFrom(interval, fromMs, timeZone)) {
    if (startMs >= toMs || starts.length > apiBounds.seriesBucketsMax) break;
    // A date that the zone left out begins with the next one, which has the bucket.
    if (startMs !== starts.at(-1)) starts.push(startMs);
  }
  return starts;
}

/** The starts of buckets without an end, from the one that holds `fromMs`. Of a day, week or month its first day alone is looked up. */
function* startsFrom(interval: SeriesInterval, fromMs: number, timeZone: string): Generator<number> {
  if (interval === 'minute' || interval === 'hour') {
    const lengthMs = stepMs[interval];
    let { endsAtMs, startsAtMs } = daySpanAt(fromMs, timeZone);
    let startMs = fromMs - ((fromMs - startsAtMs) % lengthMs);
    for (;;) {
      yield startMs;
      startMs = Math.min(startMs + lengthMs, endsAtMs);
      if (startMs === endsAtMs) ({ startsAtMs, endsAtMs } = daySpanAt(startMs, timeZone));
    }
  }
  if (interval === 'month') {
    const { year, month } = zonedAt(fromMs, timeZone);
    for (let index = month - 1; ; index += 1) yield startOfDayMs(firstDayOfMonth(year, index), timeZone);
  }
  const day = dayOf(fromMs, timeZone);
  const [first, days] = interval === 'week' ? [mondayOf(day), 7] : [day, 1];
  for (let next = first; ; next += days) yield startOfDayMs(next, timeZone);
}

/** Days since 1970-01-01; months are counted from 0 and may pass the year's end. */
function firstDayOfMonth(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1) / msPerDay;
}

/** Whether the name is an IANA time zone's; offsets such as `+02:00` are none, since they know no daylight saving. */
export function isTimeZone(name: string): boolean {
  return zones.has(name) || timeZoneNamed(name) !== null;
}

/** The zone of that name as IANA writes it, `Europe/Berlin` for `europe/berlin`; null where `isTimeZone` says that it is none. */
export function timeZoneNamed(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{2,63}$/.test(name)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}

function zonedAt(atMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
}

/** Counts every start from the anchor itself, never from the cycle before, so that a 31st comes back after February. */
function cycleFrom(anchor: Temporal.ZonedDateTime, index: number): CycleSpan {
  return {
    index,
    startsAtMs: anchor.add({ months: index }).epochMilliseconds,
    endsAtMs: anchor.add({ months: index + 1 }).epochMilliseconds,
  };
}

function cacheOf(timeZone: string): ZoneCache {
  let cache = zones.get(timeZone);
  if (cache === undefined) {
    // Throws for a name that is no zone, before it is kept.
    zonedAt(0, timeZone);
    if (zones.size >= zonesKeptMax) zones.clear();
    cache = { lastDay: undefined, dayStarts: new Map(), cycles: new Map() };
    zones.set(timeZone, cache);
  }
  return cache;
}

function daySpanAt(atMs: number, timeZone: string): DaySpan {
  const cache = cacheOf(timeZone);
  const last = cache.lastDay;
  if (last !== undefined && atMs >= last.startsAtMs && atMs < last.endsAtMs) return last;
  // The UTC date is at most a day away from the local one.
  let day = Math.floor(atMs / msPerDay);
  let span = daySpan(cache, day, timeZone);
  while (atMs < span.startsAtMs) span = daySpan(cache, --day, timeZone);
  while (atMs >= span.endsAtMs) span = daySpan(cache, ++day, timeZone);
  cache.lastDay = span;
  return span;
}

function daySpan(cache: ZoneCache, day: number, timeZone: string): DaySpan {
  return {
    day,
    startsAtMs: dayStart(cache, day, timeZone),
    endsAtMs: dayStart(cache, day + 1, timeZone),
  };
}

function dayStart(cache: ZoneCache, day: number, timeZone: string): number {
  let startMs = cache.dayStarts.get(day);
  if (startMs === undefined) {
    startMs = firstDate.add({ days: day }).toZonedDateTime(timeZone).epochMilliseconds;
    if (cache.dayStarts.size >= spansKeptMax) cache.dayStarts.clear();
    cache.dayStarts.set(day, startMs);
  }
  return startMs;
}

function monthStart(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}
