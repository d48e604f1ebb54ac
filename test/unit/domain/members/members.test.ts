import { apiBounds } from '@usagekit/server/contract';
import { decidePutMember, decideRemoveMember } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { AccountFixture } from '../account-fixture.ts';

const put = (account: AccountFixture, id: string, input = {}) =>
  account.decide((context) =>
    decidePutMember(context, { present: account.member, id, input, usedThisCycle: {} }),
  );

it('L78: an account takes as many members as the limit says, and changes those it has beyond', () => {
  const account = new AccountFixture();
  account.state = { ...account.state, memberCount: apiBounds.membersPerAccountMax - 1 };
  const { member } = put(account, 'last');
  const { state } = account;
  expect(state.memberCount).toBe(apiBounds.membersPerAccountMax);
  expect(() => put(account, 'one-more')).toThrow(
    expect.objectContaining({
      code: 'count_limit_reached',
      message: `The account has ${apiBounds.membersPerAccountMax} members, which is the maximum`,
    }),
  );
  expect(account.state).toBe(state);
  account.member = member;
  expect(put(account, 'last', { role: 'admin' })).toMatchObject({ isNew: false, member: { role: 'admin' } });
  expect(account.state.memberCount).toBe(apiBounds.membersPerAccountMax);
});

it('keeps what is not given as it was, and makes the id the name of a new member', () => {
  const account = new AccountFixture();
  const made = put(account, 'ada', { role: 'manager', permissions: ['billing:read', 'billing:read'] });
  expect(made).toMatchObject({ isNew: true, member: { name: 'ada', permissions: ['billing:read'] } });
  account.member = made.member;
  account.nowMs += 1_000;
  expect(put(account, 'ada', { name: 'Ada' }).member).toEqual({ ...made.member, name: 'Ada' });
});

it('F24, L358: a member who is removed makes room, and its share is counted no longer', () => {
  const account = new AccountFixture();
  const put = (input: object) =>
    account.decide((context) =>
      decidePutMember(context, {
        present: undefined,
        id: 'ada',
        input: { allocations: { emails: '5' }, ...input },
        usedThisCycle: { emails: 2_000_000n },
      }),
    );
  const { member } = put({ name: 'Ada' });
  expect([account.state.memberCount, account.state.usage.byMember.emails?.ada]).toEqual([1, 2_000_000n]);
  const removed = account.decide((context) => decideRemoveMember(context, member, 'Former member 1'));
  expect(removed).toMatchObject({ name: 'Former member 1', permissions: [], allocations: {} });
  expect([account.state.memberCount, account.state.usage.byMember.emails, account.state.allocations]).toEqual(
    [0, {}, {}],
  );
  const { isNew, member: back } = account.decide((context) =>
    decidePutMember(context, { present: removed, id: 'ada', input: {}, usedThisCycle: {} }),
  );
  expect([isNew, back.name, back.role, account.state.memberCount]).toEqual([true, 'ada', 'member', 1]);
});
