import { decideOwnKey, formatAmount } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { AccountFixture } from '../account-fixture.ts';

it('D4: falls back to the platform when the account’s own key is removed', () => {
  const account = new AccountFixture({ planId: 'pro' });
  const key = { label: 'Team', lastFour: '1234' };
  const cost = () => formatAmount(account.use([{ model: 'deep-1' }]).priced.charge);
  account.decide((context) => decideOwnKey(context, 'acme', key, null));
  const withKey = cost();
  account.decide((context) => decideOwnKey(context, 'acme', null, null));
  expect([withKey, cost()]).toEqual(['0', '110']);
});
