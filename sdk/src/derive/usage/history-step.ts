import { msPerDay, msPerHour, type UsageSeries } from '@usagekit/server/contract';
import { instantOf } from '../../format/intl-formats.ts';
import { dayNumber } from '../days-between.ts';
import { nextDayMs, startOfDayMs } from './next-day.ts';

/** The steps of use over time, each a bar of the chart. */
export const historySteps = ['hour', 'day', 'week', 'month'] as const;
export type HistoryStep = (typeof historySteps)[number];

/** Spans in days for which each step can be chosen. */
const daysOf: Record<HistoryStep, { from: number; to: number }> = {
  hour: { from: 1, to: 7 },
  day: { from: 1, to: 366 },
  week: { from: 14, to: 366 },
  month: { from: 60, to: 366 },
};

/** The steps that a span of so many days can have. */
export function stepsOf(days: number): HistoryStep[] {
  return historySteps.filter((step) => days >= daysOf[step].from && days <= daysOf[step].to);
}

/** The chosen step if the span can have it, otherwise by the span: hours up to two days, days up to a hundred, then weeks. */
export function stepOf(chosen: HistoryStep | undefined, days: number): HistoryStep {
  if (chosen !== undefined && stepsOf(days).includes(chosen)) return chosen;
  if (days <= 2) return 'hour';
  return days <= 100 ? 'day' : 'week';
}

/** Bars are hours at the finest. */
export function stepOfSeries({ interval }: Pick<UsageSeries, 'interval'>): HistoryStep {
  return interval === 'minute' ? 'hour' : interval;
}

/**
 * The end of the bucket that begins at an instant, which is the start of the next one, by the calendar of the zone. Weeks begin on
 * Monday; hours are counted from the start of the day, whose last one may be shorter.
 */
export function bucketEndMs(startMs: number, step: HistoryStep, timeZone: string): number {
  if (step === 'hour') return Math.min(startMs + msPerHour, startOfDayMs(startMs, 1, timeZone));
  if (step === 'day') return nextDayMs(startMs, timeZone);
  const day = dayNumber(instantOf(startMs), timeZone);
  return startOfDayMs(startMs, (step === 'week' ? nextMonday(day) : nextFirst(day)) - day, timeZone);
}

/** Days since 1970-01-01, which was a Thursday. */
function nextMonday(day: number): number {
  return day + 7 - ((((day + 3) % 7) + 7) % 7);
}

function nextFirst(day: number): number {
  const date = new Date(day * msPerDay);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / msPerDay;
}
