import type { Item } from '@usagekit/server/contract';
import {
  decideHold,
  decidePutMember,
  decideSettle,
  type MemberRecord,
  parseAmount,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { memberRecord } from '../../../support/member-record.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const calls = (quantity: string): Item[] => [{ metric: 'exports', quantity }];

function allocated(metric: string, amount: string): AccountFixture {
  const account = new AccountFixture();
  const member: MemberRecord = memberRecord({
    allocations: { [metric]: parseAmount(amount) },
    createdAtMs: account.nowMs,
  });
  account.member = member;
  return account;
}

const hold = (account: AccountFixture, id: string, quantity: string, memberId = 'ada') =>
  account.decide((context) =>
    decideHold(context, {
      id,
      items: calls(quantity),
      dimensions: { memberId },
      expiresAtMs: at('2026-06-02T00:00:00Z'),
    }),
  ).outcome;

const use = (account: AccountFixture, items: Item[]) => account.use(items, { memberId: 'ada' }).outcome;

it('E12, L37: an allocation admits what ends at exactly the allocation and refuses a millionth more', () => {
  const account = allocated('exports', '10');
  expect(use(account, calls('10'))).toBe('allowed');
  expect(use(account, calls('0.000001'))).toBe('refused');
  expect(use(account, calls('0'))).toBe('allowed');
});

it('E12, L37: what is held for the member counts against the allocation until it is settled', () => {
  const account = allocated('exports', '10');
  expect(hold(account, 'h1', '6')).toBe('held');
  expect(hold(account, 'h2', '5')).toBe('refused');
  expect(use(account, calls('5'))).toBe('refused');
  account.decide((context) => decideSettle(context, { holdId: 'h1', items: calls('2'), final: true }));
  expect(use(account, calls('8'))).toBe('allowed');
  expect(use(account, calls('1'))).toBe('refused');
});

it("E12, L37: another member's hold does not count against it", () => {
  const account = allocated('exports', '10');
  const { member } = account;
  account.member = undefined;
  hold(account, 'h1', '9', 'bob');
  account.member = member;
  expect(use(account, calls('10'))).toBe('allowed');
});

it('L37: an allocation does not apply to a gauge', () => {
  const account = allocated('storage', '1');
  expect(use(account, [{ metric: 'storage', quantity: '3' }])).toBe('allowed');
});

it('E12, L37: a new allocation counts what the member has used this cycle, and a cleared one counts nothing more', () => {
  const account = new AccountFixture();
  const put = (allocations: Record<string, string>, usedThisCycle = {}) => {
    const present = account.member;
    account.member = account.decide((context) =>
      decidePutMember(context, { present, id: 'ada', input: { allocations }, usedThisCycle }),
    ).member;
  };
  put({ exports: '10' }, { exports: parseAmount('7') });
  expect([use(account, calls('4')), use(account, calls('3'))]).toEqual(['refused', 'allowed']);
  put({ exports: '12' });
  expect([use(account, calls('3')), use(account, calls('2'))]).toEqual(['refused', 'allowed']);
  put({});
  expect(use(account, calls('50'))).toBe('allowed');
  expect(account.state.usage.byMember).toEqual({ exports: {} });
  put({ exports: '62' }, { exports: parseAmount('62') });
  expect(use(account, calls('0.000001'))).toBe('refused');
  account.moveTo('2026-07-01T00:00:00Z');
  expect([use(account, calls('62')), use(account, calls('1'))]).toEqual(['allowed', 'refused']);
});
