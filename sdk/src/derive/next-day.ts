import { msPerDay } from '@usagekit/server/contract';
import { daysBetween } from './days-between.ts';

const msPerQuarterHour = 15 * 60_000;

/**
 * The first instant of the day after the one that begins at `dayStartMs` in a time zone. A day has 23 to 25 hours, and where
 * the clocks are put forward at midnight it begins at one; zones change by quarters of an hour at the least.
 */
export function nextDayMs(dayStartMs: number, timeZone: string): number {
  const dayOf = (ms: number) =>
    daysBetween(new Date(dayStartMs).toISOString(), new Date(ms).toISOString(), timeZone);
  let ms = dayStartMs + msPerDay;
  while (dayOf(ms) < 1) ms += msPerQuarterHour;
  while (dayOf(ms - msPerQuarterHour) >= 1) ms -= msPerQuarterHour;
  return ms;
}
