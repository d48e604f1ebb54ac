import { msPerDay } from '../../../contract/values/durations.ts';

const form = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?$/;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Milliseconds of a local date and time such as `2026-03-29 18:17:03.97`, or null where it is none. A time that daylight
 * saving leaves out is taken an hour later, one that comes twice is the first.
 */
export function parseWallTime(text: string, timeZone: string): number | null {
  const match = form.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = match;
  const wallMs = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  // Date.UTC turns a 30th of February into a day in March, so the result must equal the input.
  const isThere = new Date(wallMs)
    .toISOString()
    .startsWith(`${year}-${month}-${day}T${hour.padStart(2, '0')}`);
  if (!isThere) return null;
  const before = wallMs - offsetMs(wallMs - msPerDay, timeZone);
  const after = wallMs - offsetMs(wallMs + msPerDay, timeZone);
  const candidates = [Math.min(before, after), Math.max(before, after)];
  return candidates.find((atMs) => atMs + offsetMs(atMs, timeZone) === wallMs) ?? before;
}

/** How far the zone's wall clock is ahead of UTC. */
function offsetMs(atMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1_000) * 1_000;
}
