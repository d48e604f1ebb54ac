import type { Credits, Cycle, SeriesGroup, UsageSeries } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { emptyUsage, usage, windowedUsage } from '../../../sdk/gallery/fixtures/usage.ts';
import { barGeometry } from '../../../sdk/src/derive/bar-geometry.ts';
import { creditStanding, daysLeft } from '../../../sdk/src/derive/credits/credit-standing.ts';
import { fromMillionths, sumDecimals, toMillionths } from '../../../sdk/src/derive/decimal.ts';
import { rowWindow } from '../../../sdk/src/derive/tasks/row-window.ts';
import { settleRows } from '../../../sdk/src/derive/tasks/settle-rows.ts';
import { cyclePace } from '../../../sdk/src/derive/usage/cycle-pace.ts';
import { dayPoints } from '../../../sdk/src/derive/usage/day-points.ts';
import { isUsageEmpty } from '../../../sdk/src/derive/usage/is-usage-empty.ts';
import { meterLevel } from '../../../sdk/src/derive/usage/meter-level.ts';
import { runningPoints } from '../../../sdk/src/derive/usage/running-points.ts';
import { topShares } from '../../../sdk/src/derive/usage/top-shares.ts';
import { usageTrend } from '../../../sdk/src/derive/usage/usage-trend.ts';
import fc from '../../support/fast-check.ts';

describe('decimals', () => {
  it('go to millionths and back unchanged', () => {
    fc.assert(
      fc.property(fc.bigInt(), (millionths) => toMillionths(fromMillionths(millionths)) === millionths),
    );
  });

  it('sum exactly where binary fractions would not', () => {
    expect(sumDecimals(['0.1', '0.2', '0.000001', '-0.3'])).toBe('0.000001');
  });

  it.each([
    ['1e3', 1_000_000_000n],
    ['+1', 1_000_000n],
    ['0.30000000000000004', 300_000n],
    ['.5', 500_000n],
    ['', 0n],
    ['1,000', 0n],
    ['1e999', 0n],
  ])('read %j, which a host wrote otherwise, as %d millionths', (text, millionths) => {
    expect(toMillionths(text)).toBe(millionths);
  });
});

describe('meterLevel', () => {
  it.each([
    [0, 'ok'],
    [79.9, 'ok'],
    [80, 'warning'],
    [89.9, 'warning'],
    [90, 'high'],
    [99.9, 'high'],
    [100, 'over'],
    [132, 'over'],
    [null, 'unlimited'],
  ] as const)('E10: stands at %s as %s', (percent, level) => {
    expect(meterLevel(percent)).toBe(level);
  });
});

describe('barGeometry', () => {
  it('draws used and held one after the other, as long together as what counts', () => {
    expect(barGeometry({ percent: 62, heldPercent: 4 })).toMatchObject({
      used: { start: 0, length: 58 },
      held: { start: 58, length: 4 },
      over: { length: 0 },
      includedMark: null,
    });
  });

  it('draws another scale beyond 100%, with a mark where what is included ends', () => {
    expect(barGeometry({ percent: 125 })).toMatchObject({
      scaleMaxPercent: 125,
      used: { start: 0, length: 80 },
      over: { start: 80, length: 20 },
      includedMark: 80,
    });
  });

  it('marks the cap once use has gone beyond it', () => {
    expect(barGeometry({ percent: 113, capPercent: 110 }).capMark).toBeCloseTo(97.35);
    expect(barGeometry({ percent: 105, capPercent: 110 })).toMatchObject({
      scaleMaxPercent: 110,
      capMark: null,
    });
    expect(barGeometry({ percent: 50, capPercent: 110 })).toMatchObject({
      scaleMaxPercent: 100,
      capMark: null,
    });
  });

  it('never draws beyond the bar, nor loses any of what was used', () => {
    const share = fc.float({ min: 0, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(share, share, share, (percent, heldPercent, capPercent) => {
        const { used, held, over, scaleMaxPercent } = barGeometry({ percent, heldPercent, capPercent });
        const drawn = used.length + held.length + over.length;
        return (
          drawn <= 100.02 &&
          Math.abs((drawn * scaleMaxPercent) / 100 - percent) <= 0.01 + scaleMaxPercent / 2_000
        );
      }),
    );
  });
});

describe('cyclePace', () => {
  const cycle: Cycle = {
    startsAt: '2026-11-01T00:00:00.000Z',
    endsAt: '2026-12-01T00:00:00.000Z',
    timeZone: 'UTC',
  };

  it('F6: carries the mean so far on to the end of the cycle', () => {
    const pace = cyclePace(62, 0, cycle, '2026-11-22T13:05:00.000Z');
    expect(pace?.percentAtEnd).toBeCloseTo(86.3, 0);
    expect(pace?.runsOutAt).toBeNull();
  });

  it('F6: names the instant at which it runs out within the cycle', () => {
    expect(cyclePace(75, 0, cycle, '2026-11-16T00:00:00.000Z')?.runsOutAt).toBe('2026-11-21T00:00:00.000Z');
  });

  it('F6: counts what is held where the allowance stands, and not as use of the days so far', () => {
    const half = '2026-11-16T00:00:00.000Z';
    expect(cyclePace(60, 20, cycle, half)).toEqual({ percentAtEnd: 100, runsOutAt: null });
    expect(cyclePace(80, 20, cycle, half)?.runsOutAt).toBe('2026-11-21T00:00:00.000Z');
    expect(cyclePace(20, 20, cycle, half)).toBeNull();
  });

  it('F6, L135: takes the rate since the figures count, where an upgrade began the cycle and kept them', () => {
    const longer = { ...cycle, countedFrom: '2026-10-02T00:00:00.000Z' };
    expect(cyclePace(50, 0, longer, '2026-11-01T00:00:00.000Z')?.percentAtEnd).toBe(100);
  });

  it('F6: says nothing until there is enough to go by', () => {
    expect(cyclePace(10, 0, cycle, '2026-11-03T23:59:59.000Z')).toBeNull();
    expect(cyclePace(0, 0, cycle, '2026-11-22T00:00:00.000Z')).toBeNull();
  });
});

describe('creditStanding', () => {
  const asOf = '2026-11-22T13:05:00.000Z';
  const credits = (fields: Partial<Credits>): Credits => ({
    unit: 'credits',
    creditLabel: { one: 'credit', other: 'credits' },
    timeZone: 'UTC',
    available: '100',
    held: '0',
    debt: '0',
    grants: [],
    nextToExpire: null,
    nextReset: null,
    pace: null,
    spentThisCycle: '0',
    recent: [],
    canPurchase: true,
    asOf,
    ...fields,
  });
  const pace = (runsOutAt: string | null): Partial<Credits> => ({
    pace: { perDay: '10', runsOutAt, method: 'mean_of_last_14_days' },
  });

  it('is low within a week of the end, unless new credits come first', () => {
    const soon = pace('2026-11-27T00:00:00.000Z');
    expect(creditStanding(credits(soon))).toBe('low');
    const nextReset = { amount: '100', at: '2026-11-25T00:00:00.000Z' };
    expect(creditStanding(credits({ ...soon, nextReset }))).toBe('ok');
    expect(creditStanding(credits(pace('2026-12-27T00:00:00.000Z')))).toBe('ok');
  });

  it('is out at zero, and in debt once something is owed', () => {
    expect(creditStanding(credits({ available: '0', held: '5' }))).toBe('out');
    expect(creditStanding(credits({ available: '0', debt: '0.000001' }))).toBe('debt');
    expect(creditStanding(credits({ available: '0' }))).toBe('empty');
  });

  it('rounds the days that are left down', () => {
    expect(daysLeft(credits(pace('2026-11-24T13:04:59.000Z')))).toBe(1);
  });
});

describe('topShares', () => {
  const group = (value: string | null, total: string): SeriesGroup => ({
    value,
    label: value ?? '',
    total,
    values: [total],
  });

  it('shows the six largest and one line for the rest, and the lines sum to the headline', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 40 }), (amounts) => {
        const groups = amounts.map((amount, place) =>
          group(place === 3 ? '~other' : `agent-${place}`, fromMillionths(amount)),
        );
        const shares = topShares(groups, (count) => `${count} others`);
        const sum = sumDecimals(shares.map(({ total }) => total));
        return shares.length <= 7 && sum === sumDecimals(groups.map(({ total }) => total));
      }),
    );
  });

  it('keeps what was folded on the server in the rest, however large it is', () => {
    const shares = topShares([group('~other', '900'), group('a', '1')], () => 'Others');
    expect(shares.map(({ label }) => label)).toEqual(['a', 'Others']);
  });

  it('does not hide one name behind a rest of one', () => {
    const groups = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, place) => group(name, String(10 - place)));
    expect(topShares(groups, () => 'Others').map(({ label }) => label)).not.toContain('Others');
  });
});

/** Credits of so many days, from the first of November on. */
const seriesByDay = (...values: string[]): UsageSeries => ({
  metric: 'credits',
  label: 'Credits',
  unit: { one: 'credit', other: 'credits' },
  interval: 'day',
  groupBy: null,
  timeZone: 'UTC',
  buckets: values.map((_, day) => new Date(Date.UTC(2026, 10, 1 + day)).toISOString()),
  groups: [{ value: null, label: '', total: sumDecimals(values), values }],
  total: sumDecimals(values),
  asOf: '2026-11-05T00:00:00.000Z',
});

describe('usageTrend', () => {
  it('A9: compares the whole days so far with as many of the period before, and not the present day', () => {
    const now = seriesByDay('10', '12', '14', '500');
    expect(usageTrend(now, seriesByDay('10', '10', '10', '10', '900'))).toEqual({ percent: 20, days: 3 });
    expect(usageTrend(seriesByDay('5', '5', '5', '0'), seriesByDay('10', '10', '10'))).toEqual({
      percent: -50,
      days: 3,
    });
    expect(usageTrend(seriesByDay('1', '2', '3', '9'), seriesByDay('2', '2', '2'))).toEqual({
      percent: 0,
      days: 3,
    });
  });

  it('A9: compares every day of a period that is over', () => {
    const over = { startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-11-05T00:00:00Z' };
    expect(usageTrend(seriesByDay('5', '5', '5', '45'), seriesByDay('10', '10', '10', '10'), over)).toEqual({
      percent: 50,
      days: 4,
    });
    // Its last day is not whole where it ends in the middle of one.
    const cut = { startsAt: '2026-11-01T12:00:00Z', endsAt: '2026-11-04T12:00:00Z' };
    expect(usageTrend(seriesByDay('5', '5', '5', '45'), seriesByDay('10', '10', '10', '10'), cut)).toEqual({
      percent: -50,
      days: 3,
    });
  });

  it('A9: compares no whole day with the last of a period before that was cut at this one’s start', () => {
    const period = { startsAt: '2026-11-01T12:00:00Z', endsAt: '2026-12-01T12:00:00Z' };
    const before = seriesByDay('10', '10', '10', '1');
    expect(usageTrend(seriesByDay('10', '10', '10', '10', '0'), before, period)).toEqual({
      percent: 0,
      days: 3,
    });
  });

  it('A9: cuts the percentage and never rounds it up', () => {
    expect(usageTrend(seriesByDay('1', '1', '0.999999', '0'), seriesByDay('1', '0.5', '0'))?.percent).toBe(
      99.9,
    );
  });

  it('A9: says nothing before three whole days, nor against days without use', () => {
    expect(usageTrend(seriesByDay('1', '1', '1'), seriesByDay('1', '1', '1', '1'))).toBeNull();
    expect(usageTrend(seriesByDay('1', '1', '1', '1'), seriesByDay('1', '1'))).toBeNull();
    expect(usageTrend(seriesByDay('1', '1', '1', '1'), seriesByDay('0', '0', '0'))).toBeNull();
  });
});

describe('dayPoints', () => {
  const series = (values: string[]) => seriesByDay(...values);

  it('F6: expects the mean so far, today included, and nothing before three days have passed', () => {
    const asOf = '2026-11-04T12:00:00.000Z';
    const endsAt = '2026-11-08T00:00:00.000Z';
    const points = dayPoints({ ...series(['2', '4', '6', '2']), asOf }, { endsAt });
    expect(points.map(({ value }) => value)).toEqual([2, 4, 6, 2, undefined, undefined, undefined]);
    expect(points.map(({ expected }) => expected)).toEqual([undefined, undefined, undefined, 4, 4, 4, 4]);
    const early = { ...series(['2', '4', '1']), asOf: '2026-11-03T23:59:59.000Z' };
    expect(dayPoints(early, { endsAt }).at(-1)?.expected).toBeUndefined();
  });

  it('F6: leads to the same end as the panel’s sentence where nothing is held', () => {
    const cycle = {
      startsAt: '2026-11-01T00:00:00.000Z',
      endsAt: '2026-11-08T00:00:00.000Z',
      timeZone: 'UTC',
    };
    const asOf = '2026-11-04T09:30:00.000Z';
    const points = runningPoints({ ...series(['12', '4', '6', '9']), asOf }, cycle);
    expect(points.at(-1)?.expected).toBeCloseTo(cyclePace(31, 0, cycle, asOf)?.percentAtEnd ?? 0, 6);
  });

  it.each([
    ['Europe/Berlin', '2026-10-19T22:00:00.000Z', '2026-10-31T23:00:00.000Z', 12, '10/31'],
    ['Europe/Berlin', '2026-03-26T23:00:00.000Z', '2026-03-31T22:00:00.000Z', 5, '3/31'],
    // The clocks go forward at midnight, so that day begins at one.
    ['Africa/Cairo', '2026-04-21T22:00:00.000Z', '2026-04-25T21:00:00.000Z', 4, '4/25'],
    ['Australia/Lord_Howe', '2026-10-01T13:30:00.000Z', '2026-10-06T13:00:00.000Z', 5, '10/6'],
  ])(
    'has every date of %s once, also where a day is longer or shorter',
    (timeZone, start, end, days, last) => {
      const points = dayPoints({ ...series(['1']), timeZone, buckets: [start] }, { endsAt: end });
      const dates = points.map(({ at }) =>
        new Intl.DateTimeFormat('en', { timeZone, month: 'numeric', day: 'numeric' }).format(new Date(at)),
      );
      expect(new Set(dates).size).toBe(dates.length);
      expect([dates.length, dates.at(-1)]).toEqual([days, last]);
    },
  );

  it('puts the period before next to it, day by day', () => {
    const points = dayPoints(
      series(['2', '4']),
      { endsAt: '2026-11-05T00:00:00.000Z' },
      series(['1', '3', '5']),
    );
    expect(points.map(({ previous }) => previous)).toEqual([1, 3, 5, undefined]);
  });
});

describe('settleRows', () => {
  const rows = (...ids: string[]) => ids.map((id) => ({ id }));
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);

  it('holds new rows back, lets older pages join below, and keeps what the answer does not have', () => {
    const { rows: shown, fresh } = settleRows(rows('c', 'b', 'a'), rows('e', 'd', 'c', 'a', 'z', 'y'));
    expect(ids(shown)).toEqual(['c', 'b', 'a', 'z', 'y']);
    expect(ids(fresh)).toEqual(['e', 'd']);
  });

  it('keeps all that is read where more rows came than a page has', () => {
    const { rows: shown, fresh } = settleRows(rows('c', 'b', 'a'), rows('h', 'g', 'f'));
    expect(ids(shown)).toEqual(['c', 'b', 'a']);
    expect(ids(fresh)).toEqual(['h', 'g', 'f']);
  });

  it('shows everything where nothing was shown', () => {
    expect(ids(settleRows([], rows('b', 'a')).rows)).toEqual(['b', 'a']);
  });
});

describe('rowWindow', () => {
  it('always covers what is in sight, and stands for every other row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 201, max: 200_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, where) => {
          const rowPx = 52;
          const viewportPx = 560;
          const scrollTop = where * (count * rowPx - viewportPx);
          const { start, end, beforePx, afterPx } = rowWindow(count, scrollTop, viewportPx, rowPx);
          return (
            start * rowPx <= scrollTop &&
            end * rowPx >= Math.min(count * rowPx, scrollTop + viewportPx) &&
            beforePx + (end - start) * rowPx + afterPx === count * rowPx &&
            end - start < 60
          );
        },
      ),
    );
  });

  it('draws all of up to 200 rows', () => {
    expect(rowWindow(200, 5_000, 560, 52)).toEqual({ start: 0, end: 200, beforePx: 0, afterPx: 0 });
  });
});

describe('usage', () => {
  it('is empty where nothing of it would be shown, and not where it has windows, categories or own use alone', () => {
    const { windows } = windowedUsage;
    const { categories, groups, myUsage } = usage;
    expect(isUsageEmpty(emptyUsage)).toBe(true);
    for (const part of [{ windows }, { categories }, { groups }, { myUsage }])
      expect([part, isUsageEmpty({ ...emptyUsage, ...part })]).toEqual([part, false]);
  });
});
