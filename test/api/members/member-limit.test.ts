import { apiBounds, type Problem } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

it('L78: a member beyond the limit of an account is refused with an error that names the limit', async () => {
  const store = createMemoryStore();
  const server = createTestServer({ store });
  await server.account();
  await server.member('acme', 'ada');
  const account = await store.readAccount('acme');
  if (account === undefined) throw new Error('no account');
  expect(account.memberCount).toBe(1);
  const full = { ...account, memberCount: apiBounds.membersPerAccountMax };
  await store.write({ accountIds: ['acme'] }, () => ({ writes: { accounts: [full] }, result: null }));

  const refused = await server.put<Problem>('/v1/accounts/acme/members/bob', {});
  expect([refused.status, refused.body.code]).toEqual([409, 'count_limit_reached']);
  expect(refused.body.detail).toContain(String(apiBounds.membersPerAccountMax));
  expect((await server.get('/v1/accounts/acme/members/bob')).status).toBe(404);
  expect((await server.put('/v1/accounts/acme/members/ada', { role: 'admin' })).status).toBe(200);
});
