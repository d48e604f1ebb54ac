import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@usagekit/server/app';
import type {
  CatalogConfig,
  Credits,
  EventsAnswer,
  LedgerEntry,
  Page,
  Usage,
} from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { assertReconciled } from '../support/assert-reconciled.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-late-prices-'));
let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const startMs = Date.parse('2026-06-10T12:00:00.000Z');
const secretKey = 'sk_test_late-prices';
const withPrice: CatalogConfig = {
  ...smallCatalogConfig,
  models: [
    ...(smallCatalogConfig.models ?? []),
    {
      id: 'new-1',
      label: 'New 1',
      provider: 'acme',
      tier: 'light',
      aliases: ['new-1-*'],
      prices: [{ input: { amount: '0.001' } }],
    },
  ],
};

let apps = 0;

/** A server of its own on a store, as another process would be. */
function serverOn(store: Store) {
  const own = ++apps;
  let ids = 0;
  const app = createApp({
    store,
    clock: { nowMs: () => startMs },
    newId: () => `app-${own}-${(ids++).toString().padStart(6, '0')}`,
    secretKeys: [secretKey],
    tokenSecret: 'a secret for these tests only',
  });
  return {
    app,
    async send<Body>(method: string, path: string, body?: unknown, key?: string): Promise<Body> {
      const response = await app.fetch(
        new Request(`http://usage.test${path}`, {
          method,
          headers: {
            authorization: `Bearer ${secretKey}`,
            'content-type': 'application/json',
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
      expect([response.status, path]).toEqual([expect.toSatisfy((status: number) => status < 300), path]);
      return (await response.json()) as Body;
    },
  };
}

/** Each place with as many servers as may share it. */
const places: readonly { name: string; open(): Promise<Store[]> }[] = [
  { name: 'memory', open: async () => [createMemoryStore()] },
  { name: 'SQLite', open: async () => [createSqliteStore({ file: join(folder, 'late.sqlite') })] },
  {
    name: 'PostgreSQL with two servers',
    async open() {
      const url = await postgres.freshUrl();
      return [
        await createPostgresStore({ url, connectionsMax: 4 }),
        await createPostgresStore({ url, connectionsMax: 4 }),
      ];
    },
  },
];

describe.each(places)('late prices on $name', ({ open }) => {
  it('F25, L316: 60 unpriced events are priced once each, whoever looks at the account at the same time', async () => {
    const stores = await open();
    const servers = stores.map(serverOn);
    const [first] = servers;
    if (first === undefined) throw new Error('No server');
    const anyOf = (index: number) => servers[index % servers.length] ?? first;
    await first.send('PUT', '/v1/catalog', smallCatalogConfig);
    await first.send('PUT', '/v1/accounts/acme', {});
    const events = Array.from({ length: 60 }, (_, index) => ({
      id: `e-${index}`,
      accountId: 'acme',
      at: new Date(startMs - index * 60_000).toISOString(),
      items: [{ model: `new-1-${index % 3}`, inputTokens: 1_000 }],
    }));
    const reported = await Promise.all(
      [0, 1, 2].map((part) =>
        anyOf(part).send<EventsAnswer>('POST', '/v1/events', {
          events: events.slice(part * 20, part * 20 + 20),
        }),
      ),
    );
    expect(reported.map(({ accepted, unpriced = [] }) => [accepted, unpriced.length])).toEqual([
      [20, 20],
      [20, 20],
      [20, 20],
    ]);
    const credits = async (index = 0) =>
      (await anyOf(index).send<Credits>('GET', '/v1/accounts/acme/credits')).available;
    expect(await credits()).toBe('100');

    await first.send('PUT', '/v1/catalog', withPrice);
    for (const { app } of servers) await app.tick();
    const use = { accountId: 'acme', items: [{ model: 'new-1', inputTokens: 1_000 }] };
    const events2 = { events: events.slice(0, 30) };
    await Promise.all([
      ...Array.from({ length: 12 }, (_, index) => credits(index)),
      ...Array.from({ length: 10 }, (_, index) =>
        anyOf(index).send('POST', '/v1/consume', use, `use-${index % 5}`),
      ),
      ...servers.map(({ send }) => send('POST', '/v1/events', events2)),
      ...servers.map(({ app }) => app.commitDue()),
    ]);
    // 60 events of 1 credit, and 5 uses of 1 credit that were sent twice.
    expect(await credits()).toBe('35');
    const ledger = await first.send<Page<LedgerEntry>>('GET', '/v1/accounts/acme/ledger?limit=500');
    expect(ledger.items.filter(({ kind }) => kind === 'debit')).toHaveLength(65);
    const usage = await first.send<Usage>('GET', '/v1/accounts/acme/usage');
    const meter = usage.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === 'tokens');
    expect(meter?.used).toBe('65000');
    for (const store of stores) {
      expect((await store.readAccount('acme'))?.unpriced).toBeNull();
      await assertReconciled(store);
    }
    for (const { app } of servers) await app.close();
    for (const store of stores) await store.close();
  });
});
