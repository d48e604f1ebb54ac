import { createMemoryStore } from '@usagekit/server/memory';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../server/src/store/store.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

async function serverWithMember(store: Store = createMemoryStore()): Promise<TestServer> {
  const server = createTestServer({ store });
  await server.account('acme', { startedAt: '2026-05-25T09:30:00.000Z' });
  await server.member('acme', 'ada');
  return server;
}

/** A store whose sums are old by the time they are given, since something happens after each reading. */
function afterReading(happen: () => Promise<void>): Store {
  const store = createMemoryStore();
  const readCells = store.readCells.bind(store);
  store.readCells = async (query) => {
    const cells = await readCells(query);
    await happen();
    return cells;
  };
  return store;
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

  it.each([1, 4])('E12, F1: misses no use although %d come while it is being set', async (between) => {
    let left = 0;
    const server = await serverWithMember(
      afterReading(async () => {
        if (left === 0) return;
        left -= 1;
        expect(await use(server, '1')).toBe('consumed');
      }),
    );
    await use(server, '2');
    left = between;
    expect((await allocate(server, '10')).status).toBe(200);
    expect(left).toBe(0);
    expect(await use(server, String(9 - between))).toBe('allocation_exhausted');
    expect(await use(server, String(8 - between))).toBe('consumed');
  });

  it('E12: is set all the same where the member never rests', async () => {
    let isSetting = false;
    const server = await serverWithMember(
      afterReading(async () => {
        if (isSetting) await use(server, '1');
      }),
    );
    isSetting = true;
    expect((await allocate(server, '10')).status).toBe(200);
    isSetting = false;
    expect(await use(server, '10')).toBe('allocation_exhausted');
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
