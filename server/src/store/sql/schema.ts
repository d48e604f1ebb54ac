import {
  accountTable,
  activityTable,
  answerTable,
  entryTable,
  eventIdTable,
  usageTable,
} from './fact-tables.ts';
import { recordTables } from './record-tables.ts';
import type { ColumnType, Table } from './table.ts';

/** The columns of a table, by name. */
export type Columns = Readonly<Record<string, ColumnType>>;

function columnsOf({ columns }: Table<never>): Columns {
  return Object.fromEntries(columns.map(([name, type]) => [name, type]));
}

/** A table of one body a row, by an id. */
const byId: Columns = { id: 'text', body: 'text' };

/**
 * The tables that both dialects have, with the columns that both have of them: what every migration leads to. The steps themselves stay as
 * they ran. What a dialect has in addition stands next to its `Dialect`.
 */
export const schema: Readonly<Record<string, Columns>> = {
  ...Object.fromEntries(
    [
      accountTable,
      entryTable,
      usageTable,
      activityTable,
      eventIdTable,
      answerTable,
      ...Object.values(recordTables),
    ].map((table: Table<never>) => [table.table, columnsOf(table)]),
  ),
  cells: {
    account_id: 'text',
    metric: 'text',
    dimension: 'text',
    day: 'integer',
    value: 'text',
    quantity: 'bigint',
  },
  day_parts: { account_id: 'text', part: 'text', day: 'integer', body: 'text' },
  keys: {
    ...byId,
    secret_hash: 'text',
    account_id: 'text',
    member_id: 'text',
    expires_at_ms: 'bigint',
  },
  pairings: {
    ...byId,
    device_code_hash: 'text',
    user_code: 'text',
    expires_at_ms: 'bigint',
    revision: 'integer',
  },
  webhook_endpoints: byId,
  audit: byId,
  erasures: { ...byId, request_hash: 'text', is_done: 'integer' },
  catalogs: { version: 'integer', config: 'text', created_at_ms: 'bigint' },
  clocks: { id: 'text', now_ms: 'bigint' },
  secrets: { name: 'text', value: 'text' },
  moves: { id: 'integer', body: 'text' },
  sweeps: { name: 'text', formats: 'text', after: 'text' },
  stored_formats: { noun: 'text', version: 'integer' },
  set_aside: { id: 'bigint', account_id: 'text', noun: 'text', reason: 'text', body: 'text' },
};

/** @throws Error for a column that both dialects do not have. */
export function columnTypeOf(table: string, column: string): ColumnType {
  const type = schema[table]?.[column];
  if (type === undefined) throw new Error(`There is no column ${column} in ${table}.`);
  return type;
}
