import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { ChangedAccounts } from '../../../server/src/store/store.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

async function other(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

it('F21: hears what processes of its own kind tell, and whatever else is sent on its channel changes nothing', async () => {
  const url = await postgres.freshUrl();
  const store = await createPostgresStore({ url });
  const client = await other(url);
  const heard: ChangedAccounts[] = [];
  const next = Promise.withResolvers<void>();
  store.subscribe((changed) => {
    heard.push(changed);
    next.resolve();
  });
  for (const payload of ['', 'x', '{', '{}', 'null', '7', '[]', '[7]', '["a", 7]', '"a"', '[["a"]]'])
    await client.query("SELECT pg_notify('usagekit_' || current_schema(), $1)", [payload]);
  await client.query("SELECT pg_notify('usagekit_' || current_schema(), $1)", ['["somebody","acme"]']);
  await next.promise;
  expect(heard).toEqual([['acme']]);
  await client.end();
  await store.close();
}, 60_000);

it('F21: a lost channel is opened again without leaving connections behind, and then any account may have changed', async () => {
  const url = await postgres.freshUrl();
  const store = await createPostgresStore({ url });
  const client = await other(url);
  const next = Promise.withResolvers<ChangedAccounts>();
  store.subscribe((changed) => next.resolve(changed));
  const ours = "application_name = current_setting('application_name') AND pid <> pg_backend_pid()";
  const countSql = `SELECT count(*)::integer AS count FROM pg_stat_activity WHERE ${ours}`;
  const before = (await client.query<{ count: number }>(countSql)).rows[0]?.count;
  const { rows } = await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ours} AND query LIKE '%LISTEN%'`,
  );
  expect(rows).toHaveLength(1);
  expect(await next.promise).toBe('all');
  expect((await client.query<{ count: number }>(countSql)).rows[0]?.count).toBe(before);
  await client.end();
  await store.close();
}, 60_000);
