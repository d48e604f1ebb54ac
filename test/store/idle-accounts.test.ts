import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@usagekit/server/app';
import { createMemoryStore } from '@usagekit/server/memory';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { patience } from '../support/patience.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { nowMs, sampleAccount } from './account-samples.ts';

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-idle-'));
  server = await startPostgres();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const stores: Record<string, () => Store | Promise<Store>> = {
  memory: () => createMemoryStore(),
  SQLite: () => createSqliteStore({ file: join(folder, `${crypto.randomUUID()}.db`) }),
  PostgreSQL: async () => createPostgresStore({ url: await server.freshUrl(), connectionsMax: 3 }),
};

/** Of a month that has just begun, so that nothing falls due for weeks. */
function idleAccount(index: number) {
  const account = sampleAccount(`idle-${index}`, 5_000_000n);
  return {
    ...account,
    billing: { ...account.billing, unpaid: [] },
    usage: { ...account.usage, startsAtMs: nowMs, endsAtMs: nowMs + 30 * 86_400_000 },
  };
}

/** How often each method of a store was called, and how many rows it gave. */
function counted(store: Store) {
  const work: Record<string, { calls: number; rows: number }> = {};
  const proxy = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return (...args: unknown[]) => {
        const answer: unknown = value.apply(target, args);
        const counts = work[name] ?? { calls: 0, rows: 0 };
        work[name] = counts;
        counts.calls += 1;
        if (answer instanceof Promise)
          void answer.then((given: { items?: unknown[] } | undefined) => {
            counts.rows += Array.isArray(given?.items) ? given.items.length : 0;
          });
        return answer;
      };
    },
  });
  return { store: proxy, work };
}

/** What a turn of the scheduler asks of a store with so many accounts in which nothing is due. */
async function workOfATurn(open: () => Store | Promise<Store>, accounts: number) {
  const store = await open();
  onTestFinished(() => store.close());
  for (let from = 0; from < accounts; from += 100) {
    const some = Array.from({ length: Math.min(100, accounts - from) }, (_, index) =>
      idleAccount(from + index),
    );
    await store.write({ accountIds: some.map(({ profile }) => profile.id) }, () => ({
      writes: { accounts: some },
      result: undefined,
    }));
  }
  // After an update what is stored is read once, in slices.
  while (await store.sweepStored());
  const { store: watched, work } = counted(store);
  const app = createApp({
    store: watched,
    clock: { nowMs: () => nowMs + 60_000 },
    newId: () => crypto.randomUUID(),
    catalog: smallCatalogConfig,
    mode: 'test',
  });
  onTestFinished(() => app.close());
  await app.ready();
  for (const name of Object.keys(work)) delete work[name];
  await app.commitDue();
  await app.deliver();
  await app.tick();
  // Which a tick does not wait for.
  await expect.poll(() => work.sweepStored?.calls, patience).toBe(1);
  return work;
}

describe.each(Object.keys(stores))('%s', (name) => {
  it('F21, O1: a turn of the scheduler asks as much with a thousand idle accounts as with ten', async () => {
    const open = stores[name];
    if (open === undefined) throw new Error('No such store.');
    const [few, many] = [await workOfATurn(open, 10), await workOfATurn(open, 1_000)];
    expect(many).toEqual(few);
    expect(many.listDue?.rows).toBe(0);
    // None of them is opened.
    for (const method of ['readAccount', 'write', 'listAccountIds', 'listAccounts'])
      expect(many[method]?.calls ?? 0).toBe(0);
  });
});
