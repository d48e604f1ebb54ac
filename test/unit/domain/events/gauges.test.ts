import { apiBounds, type EventItem } from '@usagekit/server/contract';
import { decideEvent, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { AccountFixture } from '../account-fixture.ts';

function report(account: AccountFixture, ...items: EventItem[]) {
  return reportAt(account, account.nowMs, ...items).usage;
}

function reportAt(account: AccountFixture, atMs: number, ...items: EventItem[]) {
  return account.decide((context) => decideEvent(context, { atMs, items, dimensions: {}, backfill: false }));
}

const minuteMs = 60_000;

const set = (quantity: string, metric = 'storage'): EventItem => ({ metric, quantity, op: 'set' });
const add = (quantity: string, metric = 'storage'): EventItem => ({ metric, quantity, op: 'add' });
const storage = (account: AccountFixture) => formatAmount(account.state.usage.gauges.storage?.value ?? 0n);

describe('gauges in events', () => {
  it('L60: several changes of one event apply in their order', () => {
    const account = new AccountFixture();
    report(account, add('4'), set('9'), set('3'), add('2'));
    expect(storage(account)).toBe('5');
  });

  it('L60: a setting to the present value changes nothing and stands as the latest', () => {
    const account = new AccountFixture();
    report(account, set('3'));
    const usage = report(account, set('3'));
    expect(usage.counts).toEqual([]);
    expect(storage(account)).toBe('3');
  });

  it.each([
    ['set', set('5', 'emails'), '/items/1/op'],
    ['decreased', add('-1', 'emails'), '/items/1/quantity'],
  ])('L60: a counter cannot be %s', (_, item, pointer) => {
    const account = new AccountFixture();
    expect(() => report(account, add('1'), item)).toThrow(
      expect.objectContaining({ code: 'invalid_request', pointer }),
    );
    expect(storage(account)).toBe('0');
  });

  it('L60: a counter may be added to by name of the operation', () => {
    const account = new AccountFixture();
    report(account, add('2', 'emails'));
    expect(formatAmount(account.state.usage.counters.emails ?? 0n)).toBe('2');
  });

  it('L23: a metric that is not in the catalog is refused with its place, by either operation', () => {
    for (const item of [set('1', 'nope'), add('1', 'nope')])
      expect(() => report(new AccountFixture(), add('1'), item)).toThrow(
        expect.objectContaining({ code: 'unknown_metric', pointer: '/items/1/metric' }),
      );
  });

  it('L31: a decrease passes a limit that is passed already', () => {
    const account = new AccountFixture();
    report(account, set('50'));
    expect(account.use([{ metric: 'storage', quantity: '0' }]).outcome).toBe('allowed');
    expect(account.use([{ metric: 'storage', quantity: '0.000001' }]).outcome).toBe('refused');
    report(account, add('-45.000001'));
    expect(account.use([{ metric: 'storage', quantity: '0.000001' }]).outcome).toBe('allowed');
  });

  it('L352: does not fall below 0, says so, and what is reported later stands on that', () => {
    const account = new AccountFixture();
    const first = reportAt(account, account.nowMs, add('-10'));
    expect(first.usage.counts).toEqual([]);
    expect(first.adjusted).toEqual([{ metric: 'storage', reason: 'below_zero', value: 0n }]);
    expect(account.use([{ metric: 'storage', quantity: '5' }]).outcome).toBe('allowed');
    expect(account.use([{ metric: 'storage', quantity: '0.000001' }]).outcome).toBe('refused');
    const below = reportAt(account, account.nowMs, set('-3'));
    expect(below.adjusted).toEqual([{ metric: 'storage', reason: 'below_zero', value: 0n }]);
    expect(reportAt(account, account.nowMs, add('2')).adjusted).toEqual([]);
    expect(storage(account)).toBe('2');
  });

  it('L60: what was added before a setting is in it, and what was added after it comes on top, in any order', () => {
    const start = new AccountFixture().nowMs;
    const reports: [minute: number, item: EventItem][] = [
      [1, add('7')],
      [2, set('100')],
      [3, add('-40')],
      [4, add('5')],
    ];
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
      [1, 3, 0, 2],
    ]) {
      const account = new AccountFixture().moveTo('2026-06-01T01:00:00.000Z');
      for (const index of order) {
        const [minute, item] = reports[index] ?? [0, add('0')];
        reportAt(account, start + minute * minuteMs, item);
      }
      expect(storage(account)).toBe('65');
    }
  });

  it('L60: tells of an addition and a setting that a later setting holds already', () => {
    const account = new AccountFixture();
    const { nowMs } = account;
    reportAt(account, nowMs, set('3'));
    for (const item of [add('9'), set('9')])
      expect(reportAt(account, nowMs - minuteMs, item).adjusted).toEqual([
        { metric: 'storage', reason: 'in_later_setting', value: 3_000_000n },
      ]);
  });

  it('L60: keeps so many additions apart, and puts older ones into what was set', () => {
    const account = new AccountFixture().moveTo('2026-06-02T00:00:00.000Z');
    const { nowMs } = account;
    for (let count = 0; count < apiBounds.gaugeChangesKept + 3; count += 1)
      reportAt(account, nowMs + count, add('1'));
    expect(account.state.usage.gauges.storage?.changes).toHaveLength(apiBounds.gaugeChangesKept);
    reportAt(account, nowMs - minuteMs, set('10'));
    expect(storage(account)).toBe(String(10 + apiBounds.gaugeChangesKept));
  });
});
