import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { leaseNames } from '../../../server/src/store/lease-names.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { createTestServer, startMs } from '../support/test-server.ts';

/** A store whose leases are held as on a database of several processes, while time stands. */
function storeOfSeveral() {
  const held = new Map<string, { readonly holder: string; readonly untilMs: number }>();
  const takeLease: Store['takeLease'] = async (name, holder, forMs) => {
    const present = held.get(name);
    if (present !== undefined && present.holder !== holder && present.untilMs > startMs) return false;
    held.set(name, { holder, untilMs: startMs + forMs });
    return true;
  };
  return { store: Object.assign(createMemoryStore(), { takeLease }), held };
}

it('F22: a process that stops gives up what it did for all, so that another one goes on at once', async () => {
  const { store, held } = storeOfSeveral();
  const { app } = createTestServer({ store });
  await app.tick();
  await app.commitDue();
  await app.deliver();
  expect([...held.values()].filter(({ untilMs }) => untilMs > startMs).length).toBeGreaterThan(2);
  const holders = new Set([...held.values()].map(({ holder }) => holder));
  await app.close();
  for (const name of leaseNames) expect(await store.takeLease(name, 'another', 1_000)).toBe(true);
  expect(holders).not.toContain('another');
});

it('F22: a process stops as well where the database cannot be reached any more', async () => {
  const { store } = storeOfSeveral();
  const { app } = createTestServer({ store });
  await app.ready();
  store.takeLease = () => Promise.reject(new Error('The database is gone.'));
  await expect(app.close()).resolves.toBeUndefined();
});
