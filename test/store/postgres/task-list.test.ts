import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../../server/src/store/parts/cursor.ts';
import { placeOf, prepareConnection } from '../../../server/src/store/postgres/open/connection.ts';
import { openPool } from '../../../server/src/store/postgres/open/open-pool.ts';
import { numbered, postgresDialect } from '../../../server/src/store/postgres/postgres-dialect.ts';
import { taskList } from '../../../server/src/store/sql/task-list.ts';
import type { TaskFilter } from '../../../server/src/store/store.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

let server: PostgresServer;
let client: Client;

/** Enough tasks that a plan which sorts them would be the cheaper one, and no statistics about them. */
beforeAll(async () => {
  server = await startPostgres();
  const url = await server.freshUrl();
  const place = placeOf(url, undefined);
  await (await openPool(place, 1)).end();
  client = new Client({ connectionString: url });
  await client.connect();
  await prepareConnection(client, place);
  await client.query(`
    ALTER TABLE tasks SET (autovacuum_enabled = off);
    INSERT INTO tasks (account_id, id, created_at_ms, status, agent_id, member_id, body)
    SELECT 'account-' || n % 3, 't-' || lpad(n::text, 8, '0'), n, CASE WHEN n % 3 = 0 THEN 'failed' ELSE 'pending' END,
      'agent-' || n % 5, 'member-' || n % 7, '{}'
    FROM generate_series(1, 3000) AS n`);
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

const parts: TaskFilter[] = [
  { accountId: 'account-1' },
  { status: 'failed' },
  { agentId: 'agent-2' },
  { memberId: 'member-3' },
  { fromMs: 10, toMs: 2_000 },
];
const filters = parts.reduce<TaskFilter[]>(
  (all, part) => all.concat(all.map((filter) => ({ ...filter, ...part }))),
  [{}],
);
const cursor = encodeCursor('tasks', [1_500, 't-00001500', 'account-1']);

describe('the list of tasks in PostgreSQL', () => {
  it.each(filters)(
    'B13: reads a page from one index in its order, without sorting, for %o',
    async (filter) => {
      for (const from of [undefined, cursor]) {
        const page = { limit: 50, ...(from === undefined ? {} : { cursor: from }) };
        const { sql, values } = taskList(postgresDialect, filter, page);
        const { rows } = await client.query<Record<'QUERY PLAN', string>>(`EXPLAIN ${numbered(sql)}`, [
          ...values,
        ]);
        const nodes = rows
          .map((row) => row['QUERY PLAN'])
          .filter((line) => /^\S|->/.test(line))
          .map((line) => line.replace(/^\s*(->\s*)?/, '').replace(/\s*\(cost.*/, ''));
        expect(nodes).toEqual(['Limit', expect.stringMatching(/^Index Scan Backward using \w+ on tasks$/)]);
      }
    },
  );
});
