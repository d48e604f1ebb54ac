import { type Cycle, type Instant, msPerDay } from '@usagekit/server/contract';
import { instantOf } from '../../format/intl-formats.ts';
import { dayNumber } from '../days-between.ts';
import { startOfDayMs } from './next-day.ts';

/** Spans that end now, in days; the present day is one of them. */
export const rangeDays = { days7: 7, days30: 30, days90: 90 } as const;

/** The shown span of time. Dates follow the account's time zone, as `2026-11-22`; the span includes both. */
export type HistoryRange =
  | { kind: 'cycle' | 'previousCycle' | keyof typeof rangeDays }
  | { kind: 'custom'; from: string; to: string };

/** Days of the longest custom range: what the server tells day by day at once. */
export const customDaysMax = 366;

export interface RangeSpan {
  from: Instant;
  /** Exclusive; undefined where it ends now. */
  to: Instant | undefined;
  /** As far as a chart is drawn; exclusive. */
  endsAt: Instant | undefined;
  /** How many days of the calendar it has, to the end of a cycle that is under way. */
  days: number;
  /** As many whole days before it, or the cycle before; exclusive of `from`. */
  before: { from: Instant; to: Instant };
}

/**
 * The instants of a range, by the calendar of the cycle's zone: a day begins at its own midnight, whatever clocks do.
 *
 * @param asOf the server's present, which days are counted back from
 */
export function spanOfRange(range: HistoryRange, cycle: Cycle, asOf: Instant): RangeSpan {
  const { startsAt, endsAt, timeZone } = cycle;
  const dayAt = (days: number) => startOfDay(asOf, days, timeZone);
  switch (range.kind) {
    case 'cycle': {
      // The history is what the figures say.
      const from = cycle.countedFrom ?? startsAt;
      return {
        from,
        to: undefined,
        endsAt,
        days: dayNumber(endsAt, timeZone) - dayNumber(from, timeZone),
        before: { from: monthBefore(from, timeZone), to: from },
      };
    }
    case 'previousCycle': {
      const from = monthBefore(startsAt, timeZone);
      return {
        from,
        to: startsAt,
        endsAt: startsAt,
        days: dayNumber(startsAt, timeZone) - dayNumber(from, timeZone),
        before: { from: monthBefore(from, timeZone), to: from },
      };
    }
    case 'custom': {
      const today = dayNumber(asOf, timeZone);
      const first = Date.parse(range.from) / msPerDay - today;
      const last = Date.parse(range.to) / msPerDay - today;
      const from = dayAt(first);
      const end = dayAt(last + 1);
      return {
        from,
        to: last < 0 ? end : undefined,
        endsAt: last < 0 ? end : undefined,
        days: last - first + 1,
        before: { from: dayAt(first - (last - first + 1)), to: from },
      };
    }
    default: {
      const days = rangeDays[range.kind];
      const from = dayAt(1 - days);
      const before = { from: dayAt(1 - 2 * days), to: from };
      return { from, to: undefined, endsAt: undefined, days, before };
    }
  }
}

/** The date of an instant in a zone, as `2026-11-22`. */
export function dateIn(instant: Instant, timeZone: string): string {
  return instantOf(dayNumber(instant, timeZone) * msPerDay).slice(0, 10);
}

/** The first instant of the day that is so many days after the one of an instant, or before it. */
export function startOfDay(instant: Instant, days: number, timeZone: string): Instant {
  return instantOf(startOfDayMs(Date.parse(instant), days, timeZone));
}

/** A month earlier at the same wall time; a day that the month before does not have becomes its last. */
function monthBefore(instant: Instant, timeZone: string): Instant {
  const sinceMidnight = Date.parse(instant) - Date.parse(startOfDay(instant, 0, timeZone));
  const date = new Date(`${dateIn(instant, timeZone)}T00:00:00Z`);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() - 1);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  const days = date.getTime() / msPerDay - dayNumber(instant, timeZone);
  return instantOf(Date.parse(startOfDay(instant, days, timeZone)) + sinceMidnight);
}
