import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { createApp } from '@usagekit/server/app';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { movedTableNames, ownColumns, ownTables } from '../../server/src/store/move/moved-tables.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { CommandLine, usagekit as runUsagekit } from '../api/support/command-line.ts';
import { assertDayParts } from '../support/assert-day-parts.ts';
import { assertReconciled } from '../support/assert-reconciled.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import {
  fixtureCatalog,
  fixtureKey,
  readFigures,
  type Send,
  writeHistory,
  writeLast,
} from './formats/fixture-history.ts';

let folder: string;
let server: PostgresServer;
const commands = new CommandLine(() => folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-move-'));
  server = await startPostgres();
});
afterEach(() => commands.killAll());
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const usagekit = (...line: string[]) => runUsagekit(line);

function senderTo(store: Store): Send {
  const app = createApp({
    store,
    clock: { nowMs: () => Date.now() },
    newId: () => crypto.randomUUID(),
    secretKeys: [fixtureKey],
    catalog: fixtureCatalog,
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

async function writeAll(store: Store): Promise<unknown> {
  const send = senderTo(store);
  await writeHistory(send);
  await writeLast(send);
  return readFigures(send);
}

/** What a store says, when it is opened, of every account; and that every balance is the sum of its entries. */
async function figuresOf(store: Store): Promise<unknown> {
  try {
    await assertReconciled(store);
    return await readFigures(senderTo(store));
  } finally {
    await store.close();
  }
}

async function filledFile(name: string): Promise<{ file: string; figures: unknown }> {
  const file = join(folder, name);
  const store = createSqliteStore({ file });
  const figures = await writeAll(store);
  await store.close();
  return { file, figures };
}

it('F20, I41: everything moves from SQLite to PostgreSQL and back, and all figures stay', async () => {
  const { file, figures } = await filledFile('there.sqlite');
  const url = await server.freshUrl();
  const there = await usagekit('move', '--database', file, '--to', url);
  expect([there.code, there.out]).toEqual([0, expect.stringMatching(/^3 accounts moved/)]);
  const moved = await createPostgresStore({ url, connectionsMax: 3 });
  expect(await readFigures(senderTo(moved))).toEqual(figures);
  // What is written in PostgreSQL stands in other places there than what came with the move.
  const send = senderTo(moved);
  for (let use = 0; use < 3; use++)
    await send('POST', '/v1/consume', { accountId: 'gamma', memberId: 'ada', items: [{ model: 'swift-1' }] });
  const later = await figuresOf(moved);
  expect(later).not.toEqual(figures);
  const back = join(folder, 'back.sqlite');
  expect(await usagekit('move', '--database-url', url, '--to', back, '--json')).toMatchObject({
    code: 0,
    out: '{"accounts":3}\n',
  });
  expect(await figuresOf(createSqliteStore({ file: back }))).toEqual(later);
});

it('F20, I18: uses that an earlier version stored are brought into the parts of their days after a move', async () => {
  const file = join(folder, 'earlier.sqlite');
  const earlier = new URL('formats/files/37-parts-of-task-uses.sqlite.gz', import.meta.url);
  writeFileSync(file, gunzipSync(readFileSync(earlier)));
  const url = await server.freshUrl();
  expect((await usagekit('move', '--database', file, '--to', url)).code).toBe(0);
  const back = join(folder, 'earlier-back.sqlite');
  expect((await usagekit('move', '--database-url', url, '--to', back)).code).toBe(0);
  for (const store of [
    await createPostgresStore({ url, connectionsMax: 3 }),
    createSqliteStore({ file: back }),
  ]) {
    while (await store.sweepStored());
    for (const accountId of ['acme', 'beta', 'gamma'])
      expect(await assertDayParts(store, accountId)).toBeGreaterThan(0);
    await store.close();
  }
});

it('F20: an answer that was kept is given again after a move', async () => {
  const file = join(folder, 'kept.sqlite');
  const before = createSqliteStore({ file });
  await writeAll(before);
  const consume = (store: Store) => {
    const app = createApp({
      store,
      clock: { nowMs: () => Date.now() },
      newId: () => crypto.randomUUID(),
      secretKeys: [fixtureKey],
    });
    return app.fetch(
      new Request('http://server/v1/consume', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${fixtureKey}`,
          'content-type': 'application/json',
          'idempotency-key': 'the-same',
        },
        body: JSON.stringify({ accountId: 'gamma', items: [{ model: 'swift-1' }] }),
      }),
    );
  };
  const first = await (await consume(before)).text();
  await before.close();
  const url = await server.freshUrl();
  expect((await usagekit('move', '--database', file, '--to', url)).code).toBe(0);
  const after = await createPostgresStore({ url, connectionsMax: 3 });
  const again = await consume(after);
  expect([again.headers.get('idempotent-replayed'), await again.text()]).toEqual(['true', first]);
  await after.close();
});

it('F20: nothing is moved over what is there, nor from where nothing is', async () => {
  const { file } = await filledFile('over.sqlite');
  const other = await filledFile('other.sqlite');
  const over = await usagekit('move', '--database', file, '--to', other.file);
  expect([over.code, over.err]).toEqual([1, expect.stringContaining('is not empty')]);
  expect(await figuresOf(createSqliteStore({ file: other.file }))).toEqual(other.figures);
  const none = await usagekit('move', '--database', join(folder, 'nope.sqlite'), '--to', other.file);
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('nope.sqlite is not there')]);
});

it('F20, I40: a move that was killed goes on where it was, and what it has begun to fill serves nobody', {
  timeout: 90_000,
}, async () => {
  const { file } = await filledFile('killed.sqlite');
  const many = new DatabaseSync(file);
  many.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
    INSERT INTO event_ids (account_id, id, content_hash) SELECT 'acme', 'many-' || i, hex(i) FROM n`);
  many.close();
  const figures = await figuresOf(createSqliteStore({ file }));
  const url = await server.freshUrl();
  const first = commands.run(['move', '--database', file, '--to', url]);
  await first.told(/event_ids: 3000 rows/);
  first.child.kill('SIGKILL');
  await first.ended;
  await expect(createPostgresStore({ url })).rejects.toThrow(/run the same usagekit move again/);
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string }>('SELECT count(*) AS count FROM event_ids');
  await client.end();
  expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(3000);
  expect(Number(rows[0]?.count)).toBeLessThan(40_000);
  const second = await usagekit('move', '--database', file, '--to', url);
  expect([second.code, second.err]).toEqual([0, expect.not.stringContaining('accounts: ')]);
  expect(await figuresOf(await createPostgresStore({ url, connectionsMax: 3 }))).toEqual(figures);
});

it('F20: a backup of PostgreSQL is one moment of it, whoever writes meanwhile, and moves back', async () => {
  const url = await server.freshUrl();
  const store = await createPostgresStore({ url, connectionsMax: 3 });
  await writeAll(store);
  const send = senderTo(store);
  let isOver = false;
  const load = (async () => {
    while (!isOver)
      await send('POST', '/v1/events', {
        events: [
          {
            id: crypto.randomUUID(),
            accountId: 'acme',
            at: '2026-11-06T08:00:00.000Z',
            items: [{ tool: 'search', calls: 1 }],
          },
        ],
      });
  })();
  const file = join(folder, 'postgres.sqlite');
  const backup = await usagekit('backup', file, '--database-url', url);
  isOver = true;
  await load;
  await store.close();
  expect([backup.code, backup.out]).toEqual([0, expect.stringContaining('3 accounts')]);
  const again = await server.freshUrl();
  expect((await usagekit('move', '--database', file, '--to', again)).code).toBe(0);
});

it('every table of both dialects is moved, or is of its own working; their columns are the same except those', async () => {
  const file = join(folder, 'columns.sqlite');
  await createSqliteStore({ file }).close();
  const url = await server.freshUrl();
  await (await createPostgresStore({ url })).close();
  const sqlite = new DatabaseSync(file);
  const names = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const columns = (table: string) =>
    sqlite
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map(({ name }) => String(name));
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ table_name: string; column_name: string }>(
    'SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()',
  );
  await client.end();
  const isOther = (table: string) => !ownTables.has(table);
  const tables = [...new Set(rows.map((row) => row.table_name))];
  expect(
    names
      .map(({ name }) => String(name))
      .filter(isOther)
      .sort(),
  ).toEqual([...movedTableNames].sort());
  expect(tables.filter(isOther).sort()).toEqual([...movedTableNames].sort());
  for (const table of movedTableNames) {
    const isMoved = (column: string) => ownColumns[table]?.has(column) !== true;
    const inPostgres = rows.filter((row) => row.table_name === table).map((row) => row.column_name);
    expect([table, ...columns(table).filter(isMoved).sort()]).toEqual([
      table,
      ...inPostgres.filter(isMoved).sort(),
    ]);
  }
  sqlite.close();
});
