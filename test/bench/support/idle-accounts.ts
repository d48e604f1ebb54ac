import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { putAccount, sampleAccount } from '../../store/account-samples.ts';

/** Makes a database file with so many accounts that nobody asks about: rows made by SQL out of one, which takes seconds. */
export async function makeIdleAccounts(file: string, count: number): Promise<void> {
  const first = createSqliteStore({ file });
  await putAccount(first, sampleAccount('template'));
  await first.listAccountIds({ limit: 1 });
  await first.close();
  const database = new DatabaseSync(file);
  database.exec(`
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
    INSERT INTO accounts (account_id, version, profile, wallet, usage, holds, rest, clock_id, due_at_ms)
      SELECT printf('idle-%07d', n), version, replace(profile, '"id":"template"', printf('"id":"idle-%07d"', n)),
        wallet, usage, holds, rest, clock_id, 9000000000000
      FROM numbers, accounts WHERE account_id = 'template';
  `);
  database.close();
}

/** The same in a database of PostgreSQL, in the schema that the address sets. */
export async function makeIdleAccountsOnPostgres(url: string, count: number): Promise<void> {
  const first = await createPostgresStore({ url });
  await putAccount(first, sampleAccount('template'));
  await first.close();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    INSERT INTO accounts (account_id, stamp, version, profile, wallet, usage, holds, rest, pending_cells, clock_id, due_at_ms)
      SELECT id, stamp, version, replace(profile, '"id":"template"', '"id":"' || id || '"'),
        wallet, usage, holds, rest, pending_cells, clock_id, 9000000000000
      FROM accounts, (SELECT 'idle-' || lpad(n::text, 7, '0') AS id FROM generate_series(1, ${count}) AS numbers (n)) AS named
      WHERE account_id = 'template'`);
  await client.end();
}
