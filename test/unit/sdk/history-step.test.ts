import { msPerDay, type UsageSeries } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { dayPoints } from '../../../sdk/src/derive/usage/day-points.ts';
import { bucketEndMs, historySteps, stepOf, stepsOf } from '../../../sdk/src/derive/usage/history-step.ts';
import { usageTrend } from '../../../sdk/src/derive/usage/usage-trend.ts';
import { createFormat } from '../../../sdk/src/format/create-format.ts';
import { formatBucket, formatTick } from '../../../sdk/src/format/format-bucket.ts';
import { bucketStarts } from '../../../server/src/domain/time/calendar.ts';
import fc from '../../support/fast-check.ts';

const at = (iso: string) => Date.parse(iso);
const dayMs = 86_400_000;

const series = (
  interval: UsageSeries['interval'],
  buckets: string[],
  values: string[],
  timeZone = 'UTC',
) => ({
  metric: 'emails',
  label: 'Emails',
  unit: { one: 'email', other: 'emails' },
  interval,
  groupBy: null,
  timeZone,
  buckets,
  groups: [{ value: null, label: 'Emails', total: '0', values }],
  total: '0',
  asOf: '2026-11-25T12:00:00.000Z',
});
const days = (from: string, values: number[]) =>
  series(
    'day',
    values.map((_, day) => new Date(at(from) + day * dayMs).toISOString()),
    values.map(String),
  );

describe('the step of a history', () => {
  it('A9: is hours for two days, days up to a hundred, then weeks, unless another was chosen that fits', () => {
    expect([1, 2, 3, 31, 90, 101, 366].map((span) => stepOf(undefined, span))).toEqual([
      'hour',
      'hour',
      'day',
      'day',
      'day',
      'week',
      'week',
    ]);
    expect(stepsOf(1)).toEqual(['hour', 'day']);
    expect(stepsOf(7)).toEqual(['hour', 'day']);
    expect(stepsOf(8)).toEqual(['day']);
    expect(stepsOf(30)).toEqual(['day', 'week']);
    expect(stepsOf(90)).toEqual(['day', 'week', 'month']);
    expect(stepOf('month', 90)).toBe('month');
    expect(stepOf('month', 7)).toBe('day');
  });

  it('F13: ends where the server begins the next bucket, in every zone and over every change of clocks', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Africa/Cairo',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...historySteps),
        fc.constantFrom(...zones),
        fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        (step, timeZone, fromMs) => {
          const [first = 0, next = 0] = bucketStarts(step, fromMs, fromMs + 40 * dayMs, timeZone);
          expect(bucketEndMs(first, step, timeZone)).toBe(next);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('A9: names an hour, a week and a month on the axis and in words', () => {
    const format = createFormat({ locale: 'en', timeZone: 'Europe/Berlin' });
    const of = (interval: UsageSeries['interval']) => ({ interval, timeZone: 'Europe/Berlin' });
    expect(formatTick('2026-10-24T22:00:00.000Z', of('hour'), format)).toBe('Oct 25');
    expect(formatTick('2026-10-24T23:00:00.000Z', of('hour'), format)).toMatch(/^1:00.AM$/);
    expect(formatTick('2026-09-30T22:00:00.000Z', of('month'), format)).toBe('Oct');
    expect(formatBucket('2026-10-18T22:00:00.000Z', of('week'), format)).toBe('Oct 19 – Oct 25, 2026');
    expect(formatBucket('2026-09-30T22:00:00.000Z', of('month'), format)).toBe('Oct 1 – Oct 31, 2026');
  });
});

describe('weeks of a period', () => {
  // A Thursday to a Monday; the first and the last week are cut.
  const weeks = series(
    'week',
    ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'].map((day) => `${day}T00:00:00.000Z`),
    ['40', '70', '77', '5'],
  );
  const period = { startsAt: '2026-11-05T08:00:00.000Z', endsAt: '2026-12-01T00:00:00.000Z' };

  it('A9: compares each with the days in the same places of the period before, and expects its days at the mean', () => {
    const before = days(
      '2026-10-05T00:00:00Z',
      Array.from({ length: 26 }, (_, day) => day + 1),
    );
    const points = dayPoints(weeks, period, before);
    expect(points.map(({ previous }) => previous)).toEqual([
      1 + 2 + 3 + 4,
      5 + 6 + 7 + 8 + 9 + 10 + 11,
      12 + 13 + 14 + 15 + 16 + 17 + 18,
      19 + 20 + 21 + 22 + 23 + 24 + 25,
      26,
    ]);
    const mean = (40 + 70 + 77 + 5) / ((Date.parse(weeks.asOf) - Date.parse(period.startsAt)) / msPerDay);
    expect(points.map(({ expected }) => expected)).toEqual([
      undefined,
      undefined,
      undefined,
      mean * 7,
      // The one day of that week that the period has.
      mean,
    ]);
  });

  it('A9: states the trend of the whole weeks in days', () => {
    const before = days(
      '2026-10-05T00:00:00Z',
      Array.from({ length: 26 }, () => 10),
    );
    expect(usageTrend(weeks, before, period)).toEqual({ days: 18, percent: 3.8 });
    expect(usageTrend(weeks, { ...before, interval: 'hour' }, period)).toBeNull();
  });
});
