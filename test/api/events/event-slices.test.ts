import { apiBounds, type Credits, type EventsAnswer } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it, vi } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

const events = Array.from({ length: 300 }, (_, place) => ({
  id: `e-${place}`,
  accountId: 'acme',
  at: '2026-06-10T12:00:00.000Z',
  // Some are of a tool that nobody knows, and some come twice.
  items: place % 50 === 7 ? [{ tool: 'nothing', quantity: '1' }] : [{ model: 'swift-1' }],
}));

/** How many writes it takes to report them, and what is answered. @param msPerLook Between two looks at the watch. */
async function reportAll(msPerLook: number) {
  const store = createMemoryStore();
  let nowMs = 0;
  const server = createTestServer({
    store,
    stopwatchMs: () => {
      nowMs += msPerLook;
      return nowMs;
    },
  });
  await server.account('acme');
  const write = vi.spyOn(store, 'write');
  const { body } = await server.post<EventsAnswer>('/v1/events', {
    events: [...events, ...events.slice(0, 30)],
  });
  const { spentThisCycle } = (await server.get<Credits>('/v1/accounts/acme/credits')).body;
  return { writes: write.mock.calls.length, body, spentThisCycle };
}

it('F21: decides as many events of one account together as there is time for, each once', async () => {
  const [quick, slow] = [await reportAll(0), await reportAll(1)];
  // 330 events, 150 in a command at most.
  expect(quick.writes).toBe(3);
  expect(slow.writes).toBeGreaterThan(8);
  expect(quick.body).toMatchObject({ accepted: 294, duplicates: 29 });
  expect(quick.body.rejected.map(({ index }) => index)).toEqual([7, 57, 107, 157, 207, 257, 307]);
  expect(slow.body).toEqual(quick.body);
  expect([quick.spentThisCycle, slow.spentThisCycle]).toEqual(['294', '294']);
});

it('F21: counts the items of events, so that few events with many take no longer together', async () => {
  const store = createMemoryStore();
  let nowMs = 0;
  const server = createTestServer({ store, stopwatchMs: () => ++nowMs });
  const accountIds = ['acme', ...Array.from({ length: 40 }, (_, place) => `a-${place}`)];
  for (const id of accountIds) await server.account(id);
  const write = vi.spyOn(store, 'write');
  const items = Array.from({ length: apiBounds.itemsPerRequestMax }, () => ({ model: 'swift-1' }));
  const ofOne = Array.from({ length: 10 }, (_, place) => ({ id: `e-${place}`, accountId: 'acme', items }));
  expect((await server.post<EventsAnswer>('/v1/events', { events: ofOne })).body.accepted).toBe(10);
  // Each has as many items as are decided in any case.
  expect(write.mock.calls.length).toBeGreaterThanOrEqual(2);
  write.mockClear();
  const ofMany = accountIds.map((accountId) => ({ id: 'm', accountId, items }));
  expect((await server.post<EventsAnswer>('/v1/events', { events: ofMany })).body.accepted).toBe(41);
  const accountsTogether = write.mock.calls.map(([{ accountIds: ids }]) => ids.length);
  expect(Math.max(...accountsTogether)).toBeLessThanOrEqual(20);
});
