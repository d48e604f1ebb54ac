import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it, vi } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

const accounts = 40;
const monthMs = 40 * 86_400_000;

/** How many accounts each look at the index asked for, while the cycles of all accounts end. @param msPerLook Between two looks at the watch. */
async function commitAll(msPerLook: number) {
  const store = createMemoryStore();
  const limits: number[] = [];
  const listDue = store.listDue.bind(store);
  vi.spyOn(store, 'listDue').mockImplementation((query, page) => {
    limits.push(page.limit);
    return listDue(query, page);
  });
  let nowMs = 0;
  const server = createTestServer({
    store,
    stopwatchMs: () => {
      nowMs += msPerLook;
      return nowMs;
    },
  });
  for (let index = 0; index < accounts; index++) await server.account(`a-${index}`);
  server.clock.advance(monthMs);
  await server.app.commitDue();
  const left = await listDue({ clockId: null, nowMs: server.clock.nowMs() }, { limit: 500 });
  const versions = await Promise.all(
    Array.from({ length: accounts }, async (_, index) => (await store.readAccount(`a-${index}`))?.version),
  );
  return { limits, left: left.items, versions };
}

it('F21, O1: commits what falls due in slices as large as there is time for, each account once', async () => {
  const [quick, slow] = [await commitAll(0), await commitAll(10)];
  expect(quick.limits).toEqual([16, 16, 16]);
  expect(slow.limits[0]).toBe(16);
  expect(slow.limits.slice(1).every((limit) => limit < 16)).toBe(true);
  expect(slow.limits.length).toBeGreaterThan(quick.limits.length);
  for (const { left, versions } of [quick, slow]) {
    expect(left).toEqual([]);
    expect(versions).toEqual(Array.from({ length: accounts }, () => 2));
  }
});

it('F21: decides as many accounts in one turn as there is time for, each once, however heavy those of one look are', async () => {
  const store = createMemoryStore();
  let nowMs = 0;
  const server = createTestServer({ store, stopwatchMs: () => nowMs });
  const ids = Array.from({ length: 16 }, (_, index) => `a-${index}`);
  for (const id of ids) await server.account(id);
  server.clock.advance(monthMs);
  const written: number[] = [];
  const write = store.write.bind(store);
  vi.spyOn(store, 'write').mockImplementation((needs, decide) =>
    write(needs, (loaded) => {
      const decided = decide({
        ...loaded,
        // Each account takes longer than a turn may.
        account(id) {
          nowMs += 10;
          return loaded.account(id);
        },
      });
      written.push(decided.writes.accounts?.length ?? 0);
      return decided;
    }),
  );
  await server.app.commitDue();
  expect(written.filter((accounts) => accounts > 0)).toEqual(ids.map(() => 1));
  expect(await store.listDue({ clockId: null, nowMs: server.clock.nowMs() }, { limit: 100 })).toMatchObject({
    items: [],
  });
});
