import type { EventItem } from '@usagekit/server/contract';
import { decideEvent, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { AccountFixture } from '../account-fixture.ts';

function report(account: AccountFixture, ...items: EventItem[]) {
  return account.decide((context) =>
    decideEvent(context, { atMs: account.nowMs, items, dimensions: {}, backfill: false }),
  );
}

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
});
