import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** The statement that the guide gives for Citus, with the call in it left out: it lists the tables that it would distribute. */
function statement(): string {
  const guide = readFileSync(new URL('../../../server/operations/scaling-out.md', import.meta.url), 'utf8');
  const [, sql = ''] = /```sql\n([\s\S]*?)```/.exec(guide) ?? [];
  return sql.replace(/create_distributed_table\((.*?), 'account_id'\)/, '$1 AS name');
}

it('the tables that grow with accounts can be distributed by the account, and those that cannot are named', async () => {
  const url = await server.freshDatabaseUrl();
  const store = await createPostgresStore({ url });
  onTestFinished(() => store.close());
  const client = new Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  const names = async (sql: string) =>
    (await client.query(sql)).rows.map(({ name }) => String(name).replace('usagekit.', '')).sort();
  const distributed = await names(statement());
  const withAccount = await names(
    "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'usagekit' AND column_name = 'account_id'",
  );
  expect(distributed).toEqual(
    expect.arrayContaining(['accounts', 'answers', 'cells', 'entries', 'event_ids', 'usage']),
  );
  // Keys are looked for without an account, and what is set aside is rare.
  expect(withAccount.filter((name) => !distributed.includes(name))).toEqual(['keys', 'set_aside']);
});
