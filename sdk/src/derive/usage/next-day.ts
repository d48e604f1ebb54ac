import { msPerDay } from '@usagekit/server/contract';
import { instantOf } from '../../format/intl-formats.ts';
import { daysBetween } from '../days-between.ts';

const msPerQuarterHour = 15 * 60_000;

/**
 * The first instant of the day after the one that begins at `dayStartMs` in a time zone. A day has 23 to 25 hours, and where
 * the clocks are put forward at midnight it begins at one; zones change by quarters of an hour at the least.
 */
export function nextDayMs(dayStartMs: number, timeZone: string): number {
  return dayStartNear(dayStartMs + msPerDay, dayStartMs, 1, timeZone);
}

/** The first instant of the day that is so many days after the one of an instant, or before it. */
export function startOfDayMs(atMs: number, days: number, timeZone: string): number {
  const near = atMs + days * msPerDay;
  return dayStartNear(near - (near % msPerQuarterHour), atMs, days, timeZone);
}

/** Looks by quarters of an hour, from an instant near it, for where the day begins that is so many days after another's. */
function dayStartNear(nearMs: number, fromMs: number, days: number, timeZone: string): number {
  const from = instantOf(fromMs);
  const dayOf = (ms: number) => daysBetween(from, instantOf(ms), timeZone);
  let ms = nearMs;
  while (dayOf(ms) < days) ms += msPerQuarterHour;
  while (dayOf(ms - msPerQuarterHour) >= days) ms -= msPerQuarterHour;
  return ms;
}
