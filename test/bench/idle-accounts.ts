import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import { putAccount, sampleAccount } from '../store/account-samples.ts';

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
