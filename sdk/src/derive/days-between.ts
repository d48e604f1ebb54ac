import { type Instant, msPerDay } from '@usagekit/server/contract';
import { writeDate } from '../format/intl-formats.ts';

/** The date of an instant in a time zone, in days since 1970-01-01. */
export function dayNumber(instant: Instant, timeZone: string): number {
  // The Swedish locale writes a date as ISO 8601 does.
  return Date.parse(writeDate(instant, { locale: 'sv-SE', timeZone }, { dateStyle: 'short' })) / msPerDay;
}

/**
 * How many midnights lie between two instants in a time zone: 0 for the same day, 1 for tomorrow, negative for the
 * past. `from` is an answer's `asOf`, never the browser's clock, which may be wrong or on another day.
 */
export function daysBetween(from: Instant, to: Instant, timeZone: string): number {
  return dayNumber(to, timeZone) - dayNumber(from, timeZone);
}
