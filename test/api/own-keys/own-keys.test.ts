import type { Credits } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../support/test-server.ts';

async function serverWithOwner() {
  const server = createTestServer();
  await server.account();
  return { server, owner: await server.member('acme', 'ada', { role: 'owner' }) };
}

const creditsOf = async (server: TestServer) =>
  (await server.get<Credits>('/v1/accounts/acme/credits')).body.available;

describe('own keys', () => {
  it('D4: costs no credits while its own key is in use, counts all the same, and falls back when it is removed', async () => {
    const { server, owner } = await serverWithOwner();
    const path = '/v1/accounts/acme/own-keys/acme';
    const run = () =>
      server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1', inputTokens: 10 }] });
    const { body } = await server.put(path, { label: 'Team key', lastFour: 'a1b2' }, { token: owner });
    expect(body).toEqual({ items: [{ provider: 'acme', label: 'Team key', lastFour: 'a1b2' }] });
    await run();
    expect(await creditsOf(server)).toBe('100');
    expect((await server.send('DELETE', path, undefined, { token: owner })).status).toBe(204);
    await run();
    expect(await creditsOf(server)).toBe('99');
  });

  it('never takes the key itself', async () => {
    const { server, owner } = await serverWithOwner();
    const { status } = await server.put(
      '/v1/accounts/acme/own-keys/acme',
      { label: 'x', lastFour: 'a1b2', key: 'sk-real' },
      { token: owner },
    );
    expect(status).toBe(400);
  });
});
