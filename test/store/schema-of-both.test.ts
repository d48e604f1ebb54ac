import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { postgresOwnColumns } from '../../server/src/store/postgres/postgres-dialect.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { type Columns, schema } from '../../server/src/store/sql/schema.ts';
import { columnTypes } from '../../server/src/store/sql/table.ts';
import { sqliteOwnColumns } from '../../server/src/store/sqlite/sqlite-dialect.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import { startPostgres } from '../support/postgres-server.ts';

/** `table.column type` of each column that is declared for the dialect. */
function declared(dialect: keyof typeof columnTypes, own: Readonly<Record<string, Columns>>): string[] {
  return [schema, own]
    .flatMap((tables) => Object.entries(tables))
    .flatMap(([table, columns]) =>
      Object.entries(columns).map(([name, type]) => `${table}.${name} ${columnTypes[dialect][type]}`),
    )
    .sort();
}

it('has on SQLite, after every migration, exactly the columns and types that the store declares', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-schema-'));
  const file = join(folder, 'usage.sqlite');
  await createSqliteStore({ file }).close();
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database
    .prepare(
      `SELECT t.name AS table_name, c.name, c.type FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
    )
    .all();
  database.close();
  rmSync(folder, { recursive: true });
  expect(rows.map((row) => `${row.table_name}.${row.name} ${row.type}`).sort()).toEqual(
    declared('sqlite', sqliteOwnColumns),
  );
});

it('has on PostgreSQL, after every migration, exactly the columns and types that the store declares', async () => {
  const server = await startPostgres();
  const url = await server.freshUrl();
  await (await createPostgresStore({ url })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    'SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()',
  );
  await client.end();
  await server.stop();
  expect(rows.map((row) => `${row.table_name}.${row.column_name} ${row.data_type}`).sort()).toEqual(
    declared('postgres', postgresOwnColumns),
  );
});
