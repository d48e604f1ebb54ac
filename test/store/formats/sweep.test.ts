import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { createApp } from '@usagekit/server/app';
import { paths } from '@usagekit/server/contract';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sharedFormats } from '../../../server/src/store/codec/formats.ts';
import {
  accountNouns,
  accountParts,
  newestParts,
  type SweptTable,
  sweptTables,
} from '../../../server/src/store/codec/swept-tables.ts';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { PostgresSweep } from '../../../server/src/store/postgres/upkeep/postgres-sweep.ts';
import type { Journal } from '../../../server/src/store/sqlite/journal/journal.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { SqliteSweep } from '../../../server/src/store/sqlite/upkeep/sqlite-sweep.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { assertDayParts } from '../../support/assert-day-parts.ts';
import { assertReconciled } from '../../support/assert-reconciled.ts';
import { patience } from '../../support/patience.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import figures from './figures.json' with { type: 'json' };
import { fixtureKey, readFigures } from './fixture-history.ts';

const files = new URL('files/', import.meta.url);
/** Of the first format with versions, and of one in between. */
const fixtures = ['13-8c04d5d', '16-takes-back'];

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-sweep-'));
  server = await startPostgres();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

interface Opened {
  readonly store: Store;
  /** Another process on it; the same one where there is only one. */
  readonly other: Store;
  /** Bodies of old versions before the sweep. */
  readonly oldBefore: number;
  /** Counts rows that a statement finds; the stores may be closed by it. */
  count(sql: string): Promise<number>;
  /** Of PostgreSQL. */
  readonly url?: string;
}

const dialects: Record<string, (fixture: string) => Promise<Opened>> = {
  async SQLite(fixture) {
    const file = join(folder, `${fixture}-${crypto.randomUUID()}.db`);
    writeFileSync(file, gunzipSync(readFileSync(new URL(`${fixture}.sqlite.gz`, files))));
    // What a journal holds is folded here, since the test looks into the tables.
    await createSqliteStore({ file }).close();
    const database = new DatabaseSync(file);
    database.exec(breaking);
    const oldBefore = oldRows.reduce(
      (sum, rows) => sum + Number(database.prepare(`SELECT count(*) AS count FROM ${rows}`).get()?.count),
      0,
    );
    database.close();
    const store = createSqliteStore({ file });
    onTestFinished(() => store.close());
    return {
      store,
      other: store,
      oldBefore,
      async count(sql) {
        await store.close();
        const database = new DatabaseSync(file);
        const row = database.prepare(`SELECT count(*) AS count FROM ${sql}`).get();
        database.close();
        return Number(row?.count);
      },
    };
  },
  async PostgreSQL(fixture) {
    const url = await server.freshUrl();
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query(gunzipSync(readFileSync(new URL(`${fixture}.sql.gz`, files))).toString());
    const count = async (sql: string) => {
      const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${sql} AS found`);
      return Number(rows[0]?.count);
    };
    const open = async () => {
      const store = await createPostgresStore({ url, connectionsMax: 3 });
      onTestFinished(() => store.close());
      return store;
    };
    const [store, other] = [await open(), await open()];
    await client.query(breaking);
    let oldBefore = 0;
    for (const rows of oldRows) oldBefore += await count(rows);
    return { store, other, oldBefore, count, url };
  },
};

/** One row that no version can read, in a table that the figures do not need. */
const breaking = "UPDATE keys SET body = '[1,broken' WHERE id = (SELECT min(id) FROM keys)";

async function sweepAll(store: Store): Promise<number> {
  let slices = 0;
  while (await store.sweepStored()) slices += 1;
  return slices;
}

/** Conditions for bodies that are not of the newest version, by table. */
const oldRows: readonly string[] = [
  ...sweptTables.map(
    ({ name, column, newest }) =>
      `(SELECT 1 FROM ${name} WHERE substr(${column}, 1, ${newest.length}) <> '${newest}' AND ${column} <> '[1,broken')`,
  ),
  ...accountParts.map(
    (part, index) =>
      `(SELECT 1 FROM accounts WHERE substr(${part}, 1, ${newestParts[index]?.length}) <> '${newestParts[index]}')`,
  ),
];

function readWith(store: Store) {
  const app = createApp({
    store,
    clock: { nowMs: () => Date.now() },
    newId: () => crypto.randomUUID(),
    secretKeys: [fixtureKey],
  });
  return readFigures(async (method, path) => {
    const headers = { authorization: `Bearer ${fixtureKey}` };
    const response = await app.fetch(new Request(`http://server${path}`, { method, headers }));
    return (await response.json()) as Record<string, unknown>;
  });
}

describe.each(Object.keys(dialects))('%s', (dialect) => {
  it.each(fixtures)(
    'F20, I16: brings what %s stored to the newest format, once, and changes no figure',
    async (fixture) => {
      const opened = await dialects[dialect]?.(fixture);
      if (opened === undefined) throw new Error('No such dialect.');
      const { store, other, oldBefore, count } = opened;
      expect(oldBefore).toBeGreaterThan(5);
      const members = { accountId: 'acme', metric: 'credits', dimension: 'tool', fromDay: 0, toDay: 1 };
      expect(await store.readDayParts({ ...members, by: 'hour' })).toBe(null);
      expect(await sweepAll(store)).toBeGreaterThanOrEqual(
        sweptTables.filter(({ hasEarlier }) => hasEarlier).length,
      );
      // Where another process comes after it, it finds that all is done.
      expect(await sweepAll(other)).toBe(0);
      expect(await readWith(store)).toEqual(figures);
      await assertReconciled(store);
      // Uses that were stored before there were parts of days are in them now, each once.
      for (const accountId of ['acme', 'beta', 'gamma'])
        expect(await assertDayParts(store, accountId)).toBeGreaterThan(0);
      for (const rows of oldRows) expect(await count(rows), rows).toBe(0);
      expect(await count("(SELECT 1 FROM keys WHERE body = '[1,broken')")).toBeLessThanOrEqual(1);
    },
  );
});

it.each(Object.keys(dialects))(
  'F24, I18: brings uses of an erased member into the parts of their days once, before the sweep on %s and after it',
  async (dialect) => {
    const opened = await dialects[dialect]?.('16-takes-back');
    if (opened === undefined) throw new Error('No such dialect.');
    const { store } = opened;
    const app = createApp({
      store,
      clock: { nowMs: () => Date.now() },
      newId: () => crypto.randomUUID(),
      secretKeys: [fixtureKey],
    });
    const answer = await app.fetch(
      new Request(`http://server${paths.eraseMember('acme', 'ada')}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${fixtureKey}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: '{}',
      }),
    );
    expect(await answer.json()).toMatchObject({ status: 'done' });
    await sweepAll(store);
    for (const accountId of ['acme', 'beta', 'gamma'])
      expect(await assertDayParts(store, accountId)).toBeGreaterThan(0);
    await app.close();
  },
);

it('I16: a slice on PostgreSQL waits for who holds its rows, and is done in one go', async () => {
  const opened = await dialects.PostgreSQL?.('16-takes-back');
  if (opened === undefined) throw new Error('No such dialect.');
  const { store, url = '' } = opened;
  const holder = new Client({ connectionString: url });
  const watch = new Client({ connectionString: url });
  for (const client of [holder, watch]) {
    await client.connect();
    onTestFinished(() => client.end());
  }
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM usage FOR UPDATE');
  let isOver = false;
  const slice = store.sweepStored().finally(() => {
    isOver = true;
  });
  const waits = new Set<string>();
  // Until what waits has given up once, as it does after a while.
  await expect
    .poll(async () => {
      const { rows } = await watch.query<{ since: string }>(
        `SELECT query_start::text AS since FROM pg_stat_activity
         WHERE wait_event_type = 'Lock' AND application_name = current_setting('application_name')`,
      );
      for (const { since } of rows) waits.add(since);
      return waits.size > 1 || isOver;
    }, patience)
    .toBe(true);
  await holder.query('ROLLBACK');
  expect(await slice).toBe(true);
});

/** The entries in rows of uses as they will be swept once they have a second version. */
const sweptEntries: SweptTable = {
  ...sweptTables.find(({ sweep }) => sweep === 'usage_entries'),
  newest: '[2,',
  upgrade: (body: string) => `[2,${body.slice('[1,'.length)}`,
} as SweptTable;

const versionsOf = (rows: readonly { readonly entry?: unknown }[]) =>
  rows.map(({ entry }) => (typeof entry === 'string' ? entry.slice(0, 3) : entry)).sort();

/** A use with an entry in its row, one without, and one whose entry has the newest version. */
const threeUses = `INSERT INTO usage (account_id, at_ms, id, body, entry_seq, entry) VALUES
  ('acme', 1, 'a', '[1]', 1, '[1,"x"]'), ('acme', 2, 'b', '[1]', NULL, NULL), ('acme', 3, 'c', '[1]', 2, '[2,"y"]')`;

it('F20: sweeps entries that stand in rows of uses, on SQLite', async () => {
  const file = join(folder, 'entries.db');
  await createSqliteStore({ file }).close();
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  database.exec(threeUses);
  const sweep = new SqliteSweep(database, { transact: (write: () => unknown) => write() } as Journal, {
    settled: async () => {},
    foldAll: async () => {},
  });
  expect(await sweep.sweepRows(sweptEntries, null)).toBe(null);
  const rows = database.prepare('SELECT entry FROM usage').all();
  expect(versionsOf(rows)).toEqual(['[2,', '[2,', null]);
});

it('F20: sweeps entries that stand in rows of uses, on PostgreSQL', async () => {
  const url = await server.freshUrl();
  const store = await createPostgresStore({ url });
  const pool = new Pool({ connectionString: url });
  onTestFinished(async () => {
    await pool.end();
    await store.close();
  });
  await pool.query(threeUses);
  expect(await new PostgresSweep(pool).sweepRows(sweptEntries, null)).toBe(null);
  const { rows } = await pool.query('SELECT entry FROM usage');
  expect(versionsOf(rows)).toEqual(['[2,', '[2,', null]);
});

it('F20: has a sweep for the bodies of every format', () => {
  const swept = [...sweptTables.map(({ noun }) => noun), ...accountNouns];
  expect([...sharedFormats.map(({ noun }) => noun)].sort()).toEqual([...swept].sort());
});
