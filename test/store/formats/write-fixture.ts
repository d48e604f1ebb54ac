import { deepStrictEqual } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { startPostgres } from '../../support/postgres-server.ts';
import {
  fixtureCatalog,
  fixtureKey,
  readFigures,
  type Send,
  writeHistory,
  writeLast,
} from './fixture-history.ts';
import { writeRequiredFields } from './required-fields.ts';

/*
 * Writes the fixture of the format that a version stores:
 *
 *   npm run fixture -- NAME [FOLDER]
 *
 * as files/NAME.sqlite.gz and files/NAME.sql.gz (PostgreSQL). The name begins with the number that follows the last one.
 * The version is that of this clone, or of the one in FOLDER. Its figures must be those in figures.json.
 * What this clone's types require of a new version goes to required-fields.json.
 */

const clone = fileURLToPath(new URL('../../..', import.meta.url));
const [name, folder = clone] = process.argv.slice(2);
if (name === undefined) throw new Error('npm run fixture -- NAME [FOLDER]');
const root = resolve(folder);
const scratch = mkdtempSync(join(tmpdir(), 'usagekit-fixture-'));
const catalogFile = join(scratch, 'catalog.json');
writeFileSync(catalogFile, JSON.stringify(fixtureCatalog));
const figuresFile = new URL('figures.json', import.meta.url);
const target = (suffix: string) => fileURLToPath(new URL(`files/${name}.${suffix}`, import.meta.url));

try {
  await writeSqlite();
  await writePostgres();
  if (root === resolve(clone)) writeRequiredFields();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function writeSqlite(): Promise<void> {
  const file = join(scratch, 'usage.db');
  await whileServed(['--database', file], 'SIGKILL', async (send) => {
    await writeHistory(send);
    // The journal is folded; what follows stays in it, since its server is killed at once.
    await pause(1_000);
    await writeLast(send);
  });
  const copy = join(scratch, 'copy.db');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const unfolded = database.prepare('SELECT count(*) AS count FROM journal').get()?.count;
  database.close();
  if (Number(unfolded) < 2)
    throw new Error('The journal was folded before the server was killed; run it again.');
  copyFileSync(file, copy);
  await whileServed(['--database', copy], 'SIGTERM', async (send) => {
    deepStrictEqual(await readFigures(send), JSON.parse(readFileSync(figuresFile, 'utf8')));
  });
  writeFileSync(target('sqlite.gz'), gzipSync(readFileSync(file), { level: 9 }));
}

async function writePostgres(): Promise<void> {
  const server = await startPostgres();
  try {
    const url = await server.freshUrl();
    await whileServed(['--database-url', url], 'SIGKILL', async (send) => {
      await writeHistory(send);
      await writeLast(send);
    });
    writeFileSync(target('sql.gz'), gzipSync(await dump(url), { level: 9 }));
  } finally {
    await server.stop();
  }
}

/** The tables as SQL: the version's own statements, then the rows. */
async function dump(url: string): Promise<string> {
  const module = pathToFileURL(join(root, 'server/src/store/postgres/migrations.ts')).href;
  const { migrations } = (await import(module)) as { migrations: readonly string[] };
  const client = new Client({ connectionString: url });
  await client.connect();
  const lines = [
    'CREATE TABLE IF NOT EXISTS usagekit_schema (version integer NOT NULL);',
    ...migrations.map((each) => `${each};`),
  ];
  const { rows: tables } = await client.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1',
  );
  for (const { name: table } of tables) {
    const { rows } = await client.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM ${table} AS t`,
    );
    // A step may have written rows of its own.
    lines.push(`DELETE FROM ${table};`);
    for (const { row } of rows) {
      const text = client.escapeLiteral(row);
      lines.push(
        `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_record(NULL::${table}, ${text});`,
      );
    }
  }
  await client.end();
  return `${lines.join('\n')}\n`;
}

async function whileServed(
  database: readonly string[],
  signal: NodeJS.Signals,
  action: (send: Send) => Promise<void>,
): Promise<void> {
  const bin = join(root, 'server/bin/usagekit.js');
  const line = ['serve', ...database, '--catalog', catalogFile, '--port', '0', '--secret-key', fixtureKey];
  const child = spawn(process.execPath, ['--conditions=source', bin, ...line], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((done) => child.once('exit', done));
  try {
    await action(sender(await listeningUrl(child)));
  } finally {
    child.kill(signal);
    await gone;
  }
}

function sender(url: string): Send {
  return async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${fixtureKey}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const url = /listens on (\S+),/.exec(said)?.[1];
      if (url !== undefined) found(url);
    });
    child.once('exit', (code) => failed(new Error(`The server ended with ${code} before it listened.`)));
  });
}
