import type { Pool } from 'pg';
import { numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import type { StoreFinding } from '../../store.ts';
import { migrations } from '../migrations.ts';

/** What an operator should know about the PostgreSQL server, as this process sees it. */
export async function inspectServer(pool: Pool, isChannelOpen: boolean): Promise<StoreFinding[]> {
  const { rows } = await pool.query<Row>(`
    SELECT (SELECT max(version) FROM usagekit_schema) AS version, current_setting('fsync') AS fsync,
      current_setting('full_page_writes') AS full_page_writes, current_setting('synchronous_commit') AS synchronous_commit,
      pg_is_in_recovery() AS is_standby`);
  const [row = {}] = rows;
  const version = numberColumn(row, 'version');
  const format = `The tables have format ${version} of ${migrations.length}.`;
  return [
    { check: 'formats', level: version === migrations.length ? 'ok' : 'error', detail: format },
    durabilityOf(row),
    isChannelOpen
      ? {
          check: 'connections',
          level: 'ok',
          detail: row.is_standby === true ? standbyWords : 'What other processes change is heard.',
        }
      : {
          check: 'connections',
          level: 'warning',
          detail: 'The connection that hears of changes is down; other processes are noticed late.',
        },
  ];
}

const standbyWords = 'This is a standby: what its primary changes is noticed a second after it came here.';

function durabilityOf(row: Row): StoreFinding {
  const off = ['fsync', 'full_page_writes', 'synchronous_commit'].filter(
    (name) => textColumn(row, name) === 'off',
  );
  if (off.length > 0)
    return {
      check: 'durability',
      level: 'error',
      detail: `PostgreSQL has ${off.join(' and ')} off: answers may be lost in a crash.`,
    };
  const detail = `Every answer waits for a commit with synchronous_commit ${textColumn(row, 'synchronous_commit')}.`;
  return { check: 'durability', level: 'ok', detail };
}
