import type { EventItem } from '@usagekit/server/contract';
import { availableOf, decideEvent, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { AccountFixture, at } from '../account-fixture.ts';

function report(
  account: AccountFixture,
  items: EventItem[],
  { when = '2026-06-10T00:00:00.000Z', backfill = false } = {},
) {
  return account.decide((context) =>
    decideEvent(context, { atMs: at(when), items, dimensions: {}, backfill }),
  ).usage;
}

const account = () => new AccountFixture().moveTo('2026-06-10T00:00:00.000Z');
const available = (of: AccountFixture) => formatAmount(availableOf(of.state.wallet, 'credits'));
const gauge = (of: AccountFixture) => formatAmount(of.state.usage.gauges.storage?.value ?? 0n);

describe('events', () => {
  it('L57: are facts: they count beyond a hard limit and what credits do not cover is owed', () => {
    const of = account();
    report(of, [
      { metric: 'emails', quantity: '50' },
      { tool: 'search', calls: 60 },
    ]);
    expect(formatAmount(of.state.usage.counters.emails ?? 0n)).toBe('50');
    expect(available(of)).toBe('-20');
  });

  it('E8: count each recipient of an email', () => {
    const of = account();
    report(of, [{ metric: 'emails', quantity: '3' }]);
    expect(formatAmount(of.state.usage.counters.emails ?? 0n)).toBe('3');
  });

  it('L58: of an earlier cycle are history and leave the present counters alone', () => {
    const of = new AccountFixture().moveTo('2026-07-02T00:00:00.000Z');
    const usage = report(of, [{ metric: 'emails', quantity: '5' }], { when: '2026-06-30T00:00:00.000Z' });
    expect(of.state.usage.counters.emails).toBeUndefined();
    expect(usage.atMs).toBe(at('2026-06-30T00:00:00.000Z'));
  });

  it('L33, L58: beyond an allowance are counted by what their own cycle had used', () => {
    const of = new AccountFixture();
    of.use([{ metric: 'calls', quantity: '8' }]);
    of.moveTo('2026-07-02T00:00:00.000Z');
    of.use([{ metric: 'calls', quantity: '10' }]);
    const late = (quantity: string) =>
      formatAmount(report(of, [{ metric: 'calls', quantity }], { when: '2026-06-30T00:00:00.000Z' }).charge);
    expect([late('1'), late('3'), late('1')]).toEqual(['0', '4', '2']);
    expect(formatAmount(of.state.usage.counters.calls ?? 0n)).toBe('10');
  });

  it('L58: of the cycle before the last still find its counters, as far back as events are taken', () => {
    const of = new AccountFixture({}, { now: '2026-01-01T00:00:00.000Z' });
    of.moveTo('2026-01-30T00:00:00.000Z').use([{ metric: 'calls', quantity: '10' }]);
    of.moveTo('2026-03-02T00:00:00.000Z');
    const usage = report(of, [{ metric: 'calls', quantity: '1' }], { when: '2026-01-31T00:00:00.000Z' });
    expect(formatAmount(usage.charge)).toBe('2');
    of.moveTo('2026-06-02T00:00:00.000Z');
    expect(of.state.earlierCycles).toHaveLength(2);
  });

  it('L58: from before the first cycle count in it, so that none finds an allowance of its own', () => {
    const of = new AccountFixture({}, { now: '2026-06-10T00:00:00.000Z' });
    const early = () =>
      formatAmount(
        report(of, [{ metric: 'calls', quantity: '6' }], { when: '2026-06-09T00:00:00.000Z' }).charge,
      );
    expect([early(), early()]).toEqual(['0', '4']);
    expect(formatAmount(of.state.usage.counters.calls ?? 0n)).toBe('12');
  });

  it('L59: as backfill cost nothing and count nothing', () => {
    const of = account();
    const before = of.state;
    const usage = report(of, [{ tool: 'search', calls: 60 }], {
      when: '2023-01-01T00:00:00.000Z',
      backfill: true,
    });
    expect(of.state).toBe(before);
    expect(usage.backfill).toBe(true);
  });

  it.each([
    ['301 s ahead', '2026-06-10T00:05:01.000Z'],
    ['36 days back', '2026-05-05T00:00:00.000Z'],
  ])('L59: are refused %s', (_, when) => {
    expect(() => report(account(), [{ metric: 'emails', quantity: '1' }], { when })).toThrow(
      expect.objectContaining({ pointer: '/at' }),
    );
  });

  it('L60: set a gauge by their own time, whatever order they come in', () => {
    const of = account();
    report(of, [{ metric: 'storage', quantity: '3', op: 'set' }], { when: '2026-06-09T12:00:00.000Z' });
    report(of, [{ metric: 'storage', quantity: '9', op: 'set' }], { when: '2026-06-09T11:00:00.000Z' });
    expect(gauge(of)).toBe('3');
    report(of, [{ metric: 'storage', quantity: '-1', op: 'add' }]);
    expect(gauge(of)).toBe('2');
  });
});
