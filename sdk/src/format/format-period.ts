import type { Instant } from '@usagekit/server/contract';
import { type DateSettings, writeDate } from './intl-formats.ts';

/**
 * `1 Nov – 30 Nov 2026`, or `1 Nov 2026` for one day; `endsAt` is exclusive, so the day before it is shown.
 *
 * @param format gives the locale and the zone
 */
export function formatPeriod(startsAt: Instant, endsAt: Instant, format: DateSettings): string {
  // Put together here: versions of the language data differ in the dashes and spaces of a range.
  const lastDay = Date.parse(endsAt) - 1;
  const dayAndMonth: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const withYear: Intl.DateTimeFormatOptions = { ...dayAndMonth, year: 'numeric' };
  const last = writeDate(lastDay, format, withYear);
  const first = writeDate(startsAt, format, withYear);
  if (first === last) return last;
  const yearOf = (at: Instant | number) => writeDate(at, format, { year: 'numeric' });
  const year = yearOf(lastDay);
  if (yearOf(startsAt) !== year) return `${first} – ${last}`;
  // The year is said once, where the language has it: before the first day or after the last.
  return last.startsWith(year)
    ? `${first} – ${writeDate(lastDay, format, dayAndMonth)}`
    : `${writeDate(startsAt, format, dayAndMonth)} – ${last}`;
}
