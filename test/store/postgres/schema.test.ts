import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { startSharingPooler } from '../../support/sharing-pooler.ts';
import { creditsOf, putAccount, sampleAccount } from '../account-samples.ts';

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

async function open(url: string, schema?: string): Promise<Store> {
  const store = await createPostgresStore({
    url,
    connectionsMax: 2,
    ...(schema === undefined ? {} : { schema }),
  });
  onTestFinished(() => store.close());
  return store;
}

async function tablesIn(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'S') ORDER BY 1",
    [schema],
  );
  return rows.map(({ name }) => name);
}

it("F22: keeps its tables in a schema of their own, next to a host's tables of the same names", async () => {
  const url = await postgres.freshDatabaseUrl();
  const client = await connect(url);
  await client.query('CREATE TABLE accounts (id integer); INSERT INTO accounts VALUES (7)');
  const store = await open(url);
  await putAccount(store, sampleAccount('acme', 5_000_000n));
  expect(creditsOf(await store.readAccount('acme'))).toBe(5_000_000n);
  expect(await tablesIn(client, 'public')).toEqual(['accounts']);
  expect((await client.query('SELECT id FROM accounts')).rows).toEqual([{ id: 7 }]);
  expect(await tablesIn(client, 'usagekit')).toEqual(
    expect.arrayContaining(['accounts', 'entries', 'writers']),
  );
});

it('F22: takes the name of the schema, and keeps two installations in one database apart', async () => {
  const url = await postgres.freshDatabaseUrl();
  const [one, two] = [await open(url, 'one'), await open(url, 'two')];
  await putAccount(one, sampleAccount('acme', 5_000_000n));
  expect(await two.readAccount('acme')).toBeUndefined();
  await expect(createPostgresStore({ url, schema: 'a"; DROP' })).rejects.toMatchObject({
    code: 'cannot_open',
  });
});

it('F20, I37: moves the tables of an earlier version out of public, and leaves those of a host there', async () => {
  const files = new URL('../formats/files/', import.meta.url);
  const oldest =
    readdirSync(files)
      .filter((file) => file.endsWith('.sql.gz'))
      .sort()[0] ?? '';
  const url = await postgres.freshDatabaseUrl();
  const client = await connect(url);
  await client.query(gunzipSync(readFileSync(new URL(oldest, files))).toString());
  // A later step makes a table of this name; this one is the host's.
  await client.query("CREATE TABLE invoices (id text); INSERT INTO invoices VALUES ('theirs')");
  // Two processes that start at once move it once.
  const [store] = await Promise.all([open(url), open(url)]);
  expect((await store.listAccountIds({ limit: 10 })).items).toEqual(['acme', 'beta', 'gamma']);
  expect(await tablesIn(client, 'public')).toEqual(['invoices']);
  expect((await client.query('SELECT id FROM invoices')).rows).toEqual([{ id: 'theirs' }]);
});

it("F22: leaves the counting table of a start that failed in a host's database, and starts next to it", async () => {
  const url = await postgres.freshDatabaseUrl();
  const client = await connect(url);
  await client.query(
    'CREATE TABLE usagekit_schema (version integer NOT NULL); CREATE TABLE accounts (id integer)',
  );
  await open(url);
  expect(await tablesIn(client, 'public')).toEqual(['accounts', 'usagekit_schema']);
});

it('F22: makes its tables in a schema that was made for it, where it may make none', async () => {
  const url = await postgres.freshDatabaseUrl();
  const client = await connect(url);
  await client.query('CREATE ROLE metering LOGIN; CREATE SCHEMA usagekit AUTHORIZATION metering');
  onTestFinished(async () => {
    await client.query('DROP OWNED BY metering CASCADE; DROP ROLE metering');
  });
  const own = new URL(url);
  own.username = 'metering';
  const store = await open(own.href);
  expect((await store.listAccountIds({ limit: 10 })).items).toEqual([]);
});

it('F22, I38: refuses the address of a pooler that shares sessions between transactions, in a sentence that says what to do', async () => {
  const pooler = await startSharingPooler(await postgres.freshDatabaseUrl());
  onTestFinished(() => pooler.close());
  await expect(createPostgresStore({ url: pooler.url })).rejects.toMatchObject({
    code: 'cannot_open',
    message: expect.stringMatching(/shares sessions between transactions.*pool_mode=session/),
  });
});
