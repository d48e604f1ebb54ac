import type { EventItem } from '@usagekit/server/contract';
import { availableOf, decideEvent, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { AccountFixture, at } from './account-fixture.ts';

function report(
  account: AccountFixture,
  items: EventItem[],
  { when = '2026-06-10T00:00:00.000Z', backfill = false } = {},
) {
  return account.decide((context) =>
    decideEvent(context, { atMs: at(when), items, dimensions: {}, backfill }),
  );
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
