import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { usagekit } from '../../api/support/command-line.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function tablesAt(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM pg_tables WHERE schemaname = current_schema()',
  );
  await client.end();
  return rows[0]?.count ?? 0;
}

it('F20: no command but serve and move makes tables in PostgreSQL, and a server that is only read makes none', async () => {
  const url = await server.freshUrl();
  for (const line of [
    ['reconcile'],
    ['keys', 'create'],
    ['doctor'],
    ['audit'],
    ['serve', '--read-only', '--port', '0'],
  ]) {
    const { code, err } = await usagekit([...line, '--database-url', url]);
    expect([code, err]).toEqual([1, expect.stringContaining('has no tables of UsageKit')]);
  }
  expect(await tablesAt(url)).toBe(0);
});

it('F20: the doctor tells where PostgreSQL does not keep what it answered, and that changes are heard', async () => {
  const url = await server.freshUrl();
  const store = await createPostgresStore({ url, connectionsMax: 2 });
  const findings = await store.inspect();
  await store.close();
  // The server of the tests runs without fsync.
  expect(findings).toEqual([
    {
      check: 'formats',
      level: 'ok',
      detail: expect.stringMatching(/^The tables have format (\d+) of \1\.$/),
    },
    { check: 'durability', level: 'error', detail: expect.stringContaining('fsync off') },
    { check: 'connections', level: 'ok', detail: expect.anything() },
  ]);
});
