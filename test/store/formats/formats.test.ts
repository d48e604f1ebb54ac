import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { createApp } from '@usagekit/server/app';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sharedFormats } from '../../../server/src/store/codec/formats.ts';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { UpgradeListener, UpgradeStep } from '../../../server/src/store/sql/migration-steps.ts';
import { journalFormat } from '../../../server/src/store/sqlite/journal/journal-codec.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { assertReconciled } from '../../support/assert-reconciled.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import figures from './figures.json' with { type: 'json' };
import { fixtureKey, readFigures, type Send } from './fixture-history.ts';

const files = new URL('files/', import.meta.url);
const fixtures = [...new Set(readdirSync(files).map((file) => file.split('.')[0] ?? ''))].sort();

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-formats-'));
  server = await startPostgres();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

function unpacked(file: string): Buffer {
  return gunzipSync(readFileSync(new URL(file, files)));
}

function sqliteFile(fixture: string): string {
  const file = join(folder, `${fixture}-${crypto.randomUUID()}.db`);
  writeFileSync(file, unpacked(`${fixture}.sqlite.gz`));
  return file;
}

type Open = (upgrading?: UpgradeListener) => Promise<Store>;

const stores: Record<string, (fixture: string) => Promise<Open>> = {
  async SQLite(fixture) {
    const file = sqliteFile(fixture);
    return async (upgrading) => createSqliteStore({ file, ...(upgrading && { upgrading }) });
  },
  // Every state so far made its tables in `public`; they are moved to a schema of their own.
  async PostgreSQL(fixture) {
    const url = await server.freshDatabaseUrl();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(unpacked(`${fixture}.sql.gz`).toString());
    await client.end();
    return (upgrading) => createPostgresStore({ url, connectionsMax: 3, ...(upgrading && { upgrading }) });
  },
};

function senderTo(store: Store): Send {
  const app = createApp({
    store,
    clock: { nowMs: () => Date.now() },
    newId: () => crypto.randomUUID(),
    secretKeys: [fixtureKey],
  });
  return async (method, path, body) => {
    const response = await app.fetch(
      new Request(`http://server${path}`, {
        method,
        headers: {
          authorization: `Bearer ${fixtureKey}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const answer = (await response.json()) as Record<string, unknown>;
    expect(response.ok, JSON.stringify(answer)).toBe(true);
    return answer;
  };
}

describe.each(Object.keys(stores))('%s', (dialect) => {
  it('F20: tells of each step that brings its tables up to date, and of none where they are', async () => {
    const open = await stores[dialect]?.(fixtures[0] ?? '');
    if (open === undefined) throw new Error('No such dialect.');
    const steps: UpgradeStep[] = [];
    await (await open((step) => steps.push(step))).close();
    const newest = steps[0]?.newest ?? 0;
    const versions = steps.map(({ version }) => version);
    expect(versions).toEqual(Array.from(versions, (_, index) => newest - versions.length + 1 + index));
    expect(versions.at(0)).toBeGreaterThan(1);
    steps.length = 0;
    await (await open((step) => steps.push(step))).close();
    expect(steps).toEqual([]);
  });

  it.each(fixtures)(
    'F20, O2: opens what %s wrote, with its figures, and goes on with it',
    async (fixture) => {
      const open = await stores[dialect]?.(fixture);
      if (open === undefined) throw new Error('No such dialect.');
      const store = await open();
      const send = senderTo(store);
      expect(await readFigures(send)).toEqual(figures);
      // What is due is found by an index that earlier formats did not have.
      await store.listDue({ clockId: null, nowMs: Date.now() }, { limit: 10 });
      const due = await store.listDue({ clockId: 'clock', nowMs: Date.UTC(2030, 0) }, { limit: 10 });
      expect([...due.items].sort()).toEqual(['acme', 'beta', 'gamma']);
      await assertReconciled(store);
      const counts = await Promise.all(['acme', 'beta', 'gamma'].map((id) => store.readAccount(id)));
      expect(counts.map((state) => state?.memberCount)).toEqual([2, 1, 2]);

      await send('POST', '/v1/consume', { accountId: 'gamma', items: [{ tool: 'search', calls: 1 }] });
      await send('PATCH', '/v1/tasks/task-running', { accountId: 'acme', status: 'failed', error: 'No.' });
      await send('POST', '/v1/holds/hold-last/settle', {
        accountId: 'gamma',
        items: [{ tool: 'search', calls: 2 }],
      });
      // Commands of one turn are one batch: an account of an earlier format fails neither its own command nor the others'.
      await send('GET', '/readyz');
      await send('PUT', '/v1/accounts/young', { name: 'Young', planId: 'free' });
      const accountIds = ['acme', 'beta', 'gamma', 'young'];
      const together = accountIds.flatMap((accountId) => Array.from({ length: 5 }, () => accountId));
      const items = [{ metric: 'emails', quantity: '1' }];
      await Promise.all(together.map((accountId) => send('POST', '/v1/consume', { accountId, items })));
      const sent = await Promise.all(
        accountIds.map(async (id) => (await store.readAccount(id))?.usage.counters),
      );
      expect(sent.map((counters) => counters?.emails)).toEqual([
        9_000_000n,
        5_000_000n,
        5_000_000n,
        5_000_000n,
      ]);
      await store.close();
      const again = await open();
      onTestFinished(() => again.close());
      await assertReconciled(again);
      const { gamma } = (await readFigures(senderTo(again))) as Record<string, Record<string, unknown>>;
      expect(gamma).toMatchObject({ available: '81', held: '0', spent: '19' });
    },
  );
});

it('F20: has a fixture of every format that is stored now', () => {
  const written = new Set<string>();
  for (const fixture of fixtures) {
    const database = new DatabaseSync(sqliteFile(fixture));
    const hasFormats = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'stored_formats'").get();
    const rows = hasFormats ? database.prepare('SELECT noun, version FROM stored_formats').all() : [];
    for (const { noun, version } of rows) written.add(`${noun} ${version}`);
    database.close();
  }
  const missing = [...sharedFormats, journalFormat].filter(
    ({ noun, version }) => !written.has(`${noun} ${version}`),
  );
  expect(missing, 'Write one: npm run fixture -- NAME (server/src/store/README.md)').toEqual([]);
});
