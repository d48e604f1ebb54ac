import {
  bucketStarts,
  cycleAt,
  cycleByIndex,
  dayOf,
  isTimeZone,
  startOfDayMs,
  startOfMonthMs,
} from '@usagekit/server/domain';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import fc from '../../../support/fast-check.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (atMs: number) => new Date(atMs).toISOString();
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
];
const zone = fc.constantFrom(...zones);
const instant = fc.integer({ min: at('2005-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });

/** The wall clock of an instant by the platform's own calendar, which the calendar under test does not use. */
function wallClock(atMs: number, timeZone: string): { date: string; time: string } {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(atMs);
  const [date = '', time = ''] = text.split(' ');
  return { date, time };
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

describe('cycles', () => {
  it('F13, E15, L7: a 31st falls on the last day of a short month and comes back to the 31st', () => {
    const starts = Array.from({ length: 7 }, (_, index) =>
      iso(cycleByIndex(at('2027-12-31T09:00:00Z'), 'UTC', index).startsAtMs),
    );
    expect(starts.map((start) => start.slice(0, 10))).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
      '2028-05-31',
      '2028-06-30',
    ]);
  });

  it('F13, L6: the end of a cycle belongs to the next one', () => {
    const anchor = at('2026-01-31T10:00:00Z');
    const end = at('2026-02-28T10:00:00Z');
    expect(cycleAt(anchor, 'UTC', end - 1)).toMatchObject({ index: 0, endsAtMs: end });
    expect(cycleAt(anchor, 'UTC', end)).toMatchObject({ index: 1, startsAtMs: end });
  });

  it('F13, L7: keeps the wall time of the anchor over a daylight-saving change', () => {
    const { startsAtMs, endsAtMs } = cycleAt(
      at('2026-03-15T08:00:00Z'),
      'Europe/Berlin',
      at('2026-04-01T00:00:00Z'),
    );
    expect([iso(startsAtMs), iso(endsAtMs)]).toEqual([
      '2026-03-15T08:00:00.000Z',
      '2026-04-15T07:00:00.000Z',
    ]);
  });

  it('F13, L9: a start that the zone skips comes as much later as was skipped', () => {
    // 02:30 on 29 March 2026 does not exist in Berlin.
    const cycle = cycleByIndex(at('2026-01-29T01:30:00Z'), 'Europe/Berlin', 2);
    expect(wallClock(cycle.startsAtMs, 'Europe/Berlin')).toEqual({ date: '2026-03-29', time: '03:30:00' });
  });

  it('F13, L9: a start that comes twice is the first of the two', () => {
    // 02:30 on 25 October 2026 comes twice in Berlin.
    const cycle = cycleByIndex(at('2026-09-25T00:30:00Z'), 'Europe/Berlin', 1);
    expect(iso(cycle.startsAtMs)).toBe('2026-10-25T00:30:00.000Z');
  });

  it('F13, L8: an anchor at the second of two equal wall times is kept to the millisecond', () => {
    const anchor = at('2026-10-25T01:30:00Z');
    expect(cycleByIndex(anchor, 'Europe/Berlin', 0).startsAtMs).toBe(anchor);
    expect(cycleAt(anchor, 'Europe/Berlin', anchor - 1).index).toBe(-1);
  });

  it('F13: a month of Samoa that has no 30th begins its cycle a day later', () => {
    const cycle = cycleByIndex(at('2011-11-30T20:00:00Z'), 'Pacific/Apia', 1);
    expect(wallClock(cycle.startsAtMs, 'Pacific/Apia').date).toBe('2011-12-31');
  });

  it('F13, E15, L8: cycles follow each other without gap or overlap, and hold what they are asked for', () => {
    fc.assert(
      fc.property(instant, zone, instant, (anchorAtMs, timeZone, atMs) => {
        const cycle = cycleAt(anchorAtMs, timeZone, atMs);
        expect(cycle).toEqual(cycleByIndex(anchorAtMs, timeZone, cycle.index));
        expect(cycle.startsAtMs <= atMs && atMs < cycle.endsAtMs).toBe(true);
        expect(cycleAt(anchorAtMs, timeZone, cycle.endsAtMs)).toMatchObject({
          index: cycle.index + 1,
          startsAtMs: cycle.endsAtMs,
        });
        expect(cycleAt(anchorAtMs, timeZone, cycle.startsAtMs - 1)).toMatchObject({
          index: cycle.index - 1,
          endsAtMs: cycle.startsAtMs,
        });
      }),
    );
  });

  it('F13, E15, L7: each cycle begins on the day of the anchor or the last of a shorter month, at its wall time', () => {
    fc.assert(
      fc.property(instant, zone, fc.integer({ min: 0, max: 60 }), (anchorAtMs, timeZone, index) => {
        const anchor = wallClock(anchorAtMs, timeZone);
        const start = wallClock(cycleByIndex(anchorAtMs, timeZone, index).startsAtMs, timeZone);
        const [year = 0, month = 0, day = 0] = anchor.date.split('-').map(Number);
        const months = year * 12 + month - 1 + index;
        const [dueYear, dueMonth] = [Math.floor(months / 12), (months % 12) + 1];
        const dueDay = Math.min(day, daysInMonth(dueYear, dueMonth));
        const due = [dueYear, String(dueMonth).padStart(2, '0'), String(dueDay).padStart(2, '0')].join('-');
        // Where the wall time is skipped the start is later, by an hour at most, and in Samoa once by a day.
        if (start.time !== anchor.time || start.date !== due) {
          const lateMs = at(`${start.date}T${start.time}Z`) - at(`${due}T${anchor.time}Z`);
          expect([hourMs / 2, hourMs, dayMs]).toContain(lateMs);
        } else expect(start.date).toBe(due);
      }),
      { numRuns: 300 },
    );
  });
});

describe('days', () => {
  it('F13, L10: a date is the one that the platform shows in the zone', () => {
    fc.assert(
      fc.property(instant, zone, (atMs, timeZone) => {
        expect(iso(dayOf(atMs, timeZone) * dayMs).slice(0, 10)).toBe(wallClock(atMs, timeZone).date);
      }),
      { numRuns: 300 },
    );
  });

  it('F13, L6: a day holds its first instant and not the instant before', () => {
    fc.assert(
      fc.property(instant, zone, (atMs, timeZone) => {
        const day = dayOf(atMs, timeZone);
        const startsAtMs = startOfDayMs(day, timeZone);
        expect(startsAtMs <= atMs).toBe(true);
        expect(dayOf(startsAtMs, timeZone)).toBe(day);
        expect(dayOf(startsAtMs - 1, timeZone)).toBeLessThan(day);
        expect(startOfDayMs(day + 1, timeZone)).toBeGreaterThan(atMs);
      }),
    );
  });

  it('F13, L10: a day that begins at one in the morning begins there', () => {
    const day = dayOf(at('2018-11-04T12:00:00Z'), 'America/Sao_Paulo');
    expect(iso(startOfDayMs(day, 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
  });

  it('F13, L10: a date that Samoa left out has no instant', () => {
    const after = dayOf(at('2011-12-30T10:00:00Z'), 'Pacific/Apia');
    expect(iso(after * dayMs).slice(0, 10)).toBe('2011-12-31');
    expect(dayOf(at('2011-12-30T10:00:00Z') - 1, 'Pacific/Apia')).toBe(after - 2);
    expect(startOfDayMs(after - 1, 'Pacific/Apia')).toBe(startOfDayMs(after, 'Pacific/Apia'));
  });

  it('F13: a month begins with its first day in the zone', () => {
    expect(iso(startOfMonthMs(at('2026-03-31T23:30:00Z'), 'Europe/Berlin'))).toBe('2026-03-31T22:00:00.000Z');
    expect(iso(startOfMonthMs(at('2026-03-31T23:30:00Z'), 'UTC'))).toBe('2026-03-01T00:00:00.000Z');
  });
});

describe('buckets', () => {
  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-06-01', 24],
  ])('F13: %s has %d hours in Berlin', (date, hours) => {
    const day = dayOf(at(`${date}T12:00:00Z`), 'Europe/Berlin');
    const [from, to] = [startOfDayMs(day, 'Europe/Berlin'), startOfDayMs(day + 1, 'Europe/Berlin')];
    expect(bucketStarts('hour', from, to, 'Europe/Berlin')).toHaveLength(hours);
  });

  it('F13: a day of Lord Howe that is half an hour short ends with a bucket of half an hour', () => {
    const day = dayOf(at('2026-10-04T05:00:00Z'), 'Australia/Lord_Howe');
    const [from, to] = [
      startOfDayMs(day, 'Australia/Lord_Howe'),
      startOfDayMs(day + 1, 'Australia/Lord_Howe'),
    ];
    const starts = bucketStarts('hour', from, to, 'Australia/Lord_Howe');
    expect(to - from).toBe(23.5 * hourMs);
    expect(to - (starts.at(-1) ?? 0)).toBe(hourMs / 2);
  });

  it('F13: weeks begin on Monday, have seven days over every change of clocks, and one day less where the zone left a date out', () => {
    const berlin = bucketStarts(
      'week',
      at('2026-03-24T12:00:00Z'),
      at('2026-04-01T12:00:00Z'),
      'Europe/Berlin',
    );
    expect(berlin).toEqual([at('2026-03-22T23:00:00Z'), at('2026-03-29T22:00:00Z')]);
    // Samoa had no 30 December 2011, a Friday.
    const apia = bucketStarts('week', at('2011-12-26T12:00:00Z'), at('2012-01-03T12:00:00Z'), 'Pacific/Apia');
    expect(apia.map((start) => new Date(start).toISOString())).toEqual([
      '2011-12-26T10:00:00.000Z',
      '2012-01-01T10:00:00.000Z',
    ]);
  });

  it('F13: buckets meet the span, ascend, and hold each of its instants once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('minute', 'hour', 'day', 'week', 'month'),
        instant,
        fc.integer({ min: 1, max: 40 }),
        zone,
        (interval, fromMs, steps, timeZone) => {
          const stepMs = { minute: 60_000, hour: hourMs, day: dayMs, week: 7 * dayMs, month: 30 * dayMs }[
            interval
          ];
          const toMs = fromMs + steps * stepMs;
          const starts = bucketStarts(interval, fromMs, toMs, timeZone);
          expect(starts[0]).toBeLessThanOrEqual(fromMs);
          expect(starts.at(-1)).toBeLessThan(toMs);
          for (const [index, start] of starts.entries())
            expect(bucketStarts(interval, start, start + 1, timeZone)).toEqual([starts[index]]);
          for (const [index, start] of starts.slice(1).entries())
            expect(bucketStarts(interval, start - 1, start, timeZone)).toEqual([starts[index]]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['day', 'week', 'month'] as const)(
    'looks up one day for each %s, however long the series is',
    (interval) => {
      // A zone of this test alone: what is kept of others' days would be no look-up.
      const lookUp = vi.spyOn(Temporal.PlainDate.prototype, 'toZonedDateTime');
      onTestFinished(() => lookUp.mockRestore());
      const zoneOf = { day: 'Asia/Colombo', week: 'Asia/Dhaka', month: 'Asia/Yangon' }[interval];
      const starts = bucketStarts(interval, at('1990-01-01T12:00:00Z'), at('1998-01-01T12:00:00Z'), zoneOf);
      expect(lookUp.mock.calls.length).toBeGreaterThan(starts.length / 2);
      expect(lookUp.mock.calls.length).toBeLessThanOrEqual(starts.length + 5);
    },
  );

  it('stops one bucket beyond the most that a series may have', () => {
    expect(bucketStarts('minute', 0, at('2026-01-01T00:00:00Z'), 'UTC')).toHaveLength(3_001);
    expect(bucketStarts('day', 5, 5, 'UTC')).toEqual([]);
  });
});

it('L12: a time zone is an IANA name', () => {
  const names = [
    'Europe/Berlin',
    'UTC',
    'Etc/GMT+5',
    '+02:00',
    'Z',
    '',
    'Mars/Base',
    '2026-01-01T00:00[UTC]',
  ];
  expect(names.filter((name) => isTimeZone(name))).toEqual(['Europe/Berlin', 'UTC', 'Etc/GMT+5']);
});
