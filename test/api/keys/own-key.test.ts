import type { CreatedKey, Items, Key } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

it('F17: lets an extension revoke the key that it calls with, and no other', async () => {
  const server = createTestServer();
  await server.account('acme', { planId: 'pro' });
  await server.member('acme', 'ada', { role: 'viewer' });
  const create = async () =>
    (await server.post<CreatedKey>('/v1/keys', { kind: 'extension', accountId: 'acme', memberId: 'ada' }))
      .body;
  const [own, other] = [await create(), await create()];
  const revoke = async (name: string) =>
    (await server.send('DELETE', `/v1/keys/${name}`, undefined, { token: own.secret })).status;
  expect(await revoke(other.id)).toBe(403);
  expect(await revoke('own')).toBe(204);
  expect((await server.get('/v1/whoami', own.secret)).status).toBe(401);
  expect((await server.get('/v1/whoami', other.secret)).status).toBe(200);
  const { body } = await server.get<Items<Key>>('/v1/keys');
  expect(body.items.map(({ id }) => id)).toEqual([other.id]);
});
