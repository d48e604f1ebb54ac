import { describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from './support/test-server.ts';

async function serverWithMember(): Promise<TestServer> {
  const server = createTestServer();
  await server.account('acme', { startedAt: '2026-05-25T09:30:00.000Z' });
  await server.member('acme', 'ada');
  return server;
}

const use = async (server: TestServer, quantity: string, memberId = 'ada') => {
  const items = [{ metric: 'exports', quantity }];
  const answered = await server.post<{ code?: string }>('/v1/consume', {
    accountId: 'acme',
    memberId,
    items,
  });
  return answered.body.code ?? 'consumed';
};

const allocate = (server: TestServer, exports: string) =>
  server.put('/v1/accounts/acme/members/ada', { allocations: { exports } });

describe('an allocation that is set within a cycle', () => {
  it('E12, L37: counts what the member has used since the cycle began, and nothing of an earlier one or of others', async () => {
    const server = await serverWithMember();
    const event = (id: string, at: string, memberId: string, quantity: string) => ({
      id,
      accountId: 'acme',
      at,
      memberId,
      items: [{ metric: 'exports', quantity }],
    });
    await server.post('/v1/events', {
      events: [
        event('before', '2026-05-25T09:29:59.999Z', 'ada', '100'),
        event('first', '2026-05-25T09:30:00.000Z', 'ada', '3'),
        event('other', '2026-06-01T00:00:00.000Z', 'bob', '50'),
      ],
    });
    expect(await use(server, '2')).toBe('consumed');
    expect((await allocate(server, '9')).status).toBe(200);
    expect(await use(server, '5')).toBe('allocation_exhausted');
    expect(await use(server, '4')).toBe('consumed');
    expect(await use(server, '0.000001')).toBe('allocation_exhausted');
  });

  it('E12, F1: misses no use that goes on while it is set', async () => {
    const server = await serverWithMember();
    const uses: Promise<string>[] = [];
    for (let index = 0; index < 20; index++) uses.push(use(server, '1'));
    const [set] = await Promise.all([allocate(server, '30'), ...uses]);
    expect(set.status).toBe(200);
    const later: string[] = [];
    for (let index = 0; index < 12; index++) later.push(await use(server, '1'));
    expect(later.filter((outcome) => outcome === 'consumed')).toHaveLength(10);
  });

  it('E12: names a metric that the catalog does not have, and refuses a gauge', async () => {
    const server = await serverWithMember();
    const put = async (metric: string) => {
      const { status, body } = await server.put<{ code: string }>('/v1/accounts/acme/members/ada', {
        allocations: { [metric]: '1' },
      });
      return [status, body.code];
    };
    expect(await put('unheard-of')).toEqual([422, 'unknown_metric']);
    expect(await put('storage')).toEqual([400, 'invalid_request']);
  });
});
