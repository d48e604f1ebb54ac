import type { Cycle } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { dateIn, spanOfRange } from '../../../sdk/src/derive/usage/history-range.ts';

const cycle = (startsAt: string, endsAt: string, timeZone: string): Cycle => ({ startsAt, endsAt, timeZone });
const november = cycle('2026-11-07T08:00:00.000Z', '2026-12-07T08:00:00.000Z', 'Europe/Berlin');
const asOf = '2026-11-22T22:30:00.000Z';

describe('the span of a range', () => {
  it('A9: counts back whole days of the account’s zone, the present one among them', () => {
    expect(spanOfRange({ kind: 'days7' }, november, asOf)).toEqual({
      from: '2026-11-15T23:00:00.000Z',
      to: undefined,
      endsAt: undefined,
      days: 7,
      before: { from: '2026-11-08T23:00:00.000Z', to: '2026-11-15T23:00:00.000Z' },
    });
    // Half past eleven at night there is the next morning further east.
    const tokyo = { ...november, timeZone: 'Asia/Tokyo' };
    expect(spanOfRange({ kind: 'days7' }, tokyo, asOf).from).toBe('2026-11-16T15:00:00.000Z');
  });

  it('A9: has days of 23 and 25 hours where clocks are changed', () => {
    const span = spanOfRange({ kind: 'days30' }, november, asOf);
    // Berlin left summer time on 25 October.
    expect(span.from).toBe('2026-10-23T22:00:00.000Z');
    expect(span.before.from).toBe('2026-09-23T22:00:00.000Z');
    const spring = spanOfRange({ kind: 'days7' }, november, '2026-04-01T10:00:00.000Z');
    expect(spring.from).toBe('2026-03-25T23:00:00.000Z');
    expect(spring.before.from).toBe('2026-03-18T23:00:00.000Z');
  });

  it('A9: goes to the cycle before at the same wall time, over the change of clocks', () => {
    expect(spanOfRange({ kind: 'previousCycle' }, november, asOf)).toEqual({
      from: '2026-10-07T07:00:00.000Z',
      to: '2026-11-07T08:00:00.000Z',
      endsAt: '2026-11-07T08:00:00.000Z',
      days: 31,
      before: { from: '2026-09-07T07:00:00.000Z', to: '2026-10-07T07:00:00.000Z' },
    });
    const march = cycle('2026-03-31T00:00:00.000Z', '2026-04-30T00:00:00.000Z', 'UTC');
    expect(spanOfRange({ kind: 'previousCycle' }, march, asOf).from).toBe('2026-02-28T00:00:00.000Z');
  });

  it('A9: takes both dates of a span of one’s own, and compares with as many days before it', () => {
    expect(spanOfRange({ kind: 'custom', from: '2026-11-02', to: '2026-11-04' }, november, asOf)).toEqual({
      from: '2026-11-01T23:00:00.000Z',
      to: '2026-11-04T23:00:00.000Z',
      endsAt: '2026-11-04T23:00:00.000Z',
      days: 3,
      before: { from: '2026-10-29T23:00:00.000Z', to: '2026-11-01T23:00:00.000Z' },
    });
    expect(
      spanOfRange({ kind: 'custom', from: '2026-11-20', to: '2026-11-22' }, november, asOf).to,
    ).toBeUndefined();
  });

  it('L135: begins a cycle where its figures begin to count, which an upgrade within it need not be', () => {
    const countedFrom = '2026-10-26T00:00:00.000Z';
    expect(spanOfRange({ kind: 'cycle' }, { ...november, countedFrom }, asOf)).toMatchObject({
      from: countedFrom,
      endsAt: november.endsAt,
      days: 42,
      before: { to: countedFrom },
    });
    expect(spanOfRange({ kind: 'previousCycle' }, { ...november, countedFrom }, asOf).to).toBe(
      november.startsAt,
    );
  });

  it('names the date of an instant in a zone', () => {
    expect(dateIn(asOf, 'Europe/Berlin')).toBe('2026-11-22');
    expect(dateIn(asOf, 'Asia/Tokyo')).toBe('2026-11-23');
  });
});
