import type { QueryConfig } from 'pg';
import type { OfAccount } from '../../sql/fact-tables.ts';
import { type RecordTable, replacingSql } from '../../sql/record-tables.ts';
import { type ColumnType, type ColumnValue, columnTypes, namesSql, type Table } from '../../sql/table.ts';

/**
 * Stands between the values of a list that is sent as one text: quicker to write and to read than an array or JSON,
 * which would have every quote of a body escaped. It occurs in no value: ids and keys are visible characters, and
 * JSON escapes it. No text is empty.
 */
const separator = '\u001e';

/** Null where no row has a value, as most parts of an account do not change. */
export function joinList(values: readonly ColumnValue[]): string | null {
  return values.some((value) => value !== undefined && value !== null) ? values.join(separator) : null;
}

/**
 * SQL for the items of the list in the parameter, one a row; empty items become null, and so do those of a list that is null. It stands among
 * what is selected, where PostgreSQL hands on an item of each list at a time: in FROM it would keep each list in a table of its own first.
 */
export function itemsSql(parameter: number, type: ColumnType = 'text'): string {
  const items = `unnest(string_to_array($${parameter}::text, E'\\x1e', ''))`;
  return type === 'text' ? items : `${items}::${columnTypes.postgres[type]}`;
}

/** SQL that inserts what the parameters from the given one on hold; it fails where a row is there already. */
export function insertSql({ table, columns }: Table<never>, firstParameter = 1): string {
  const items = columns.map(([, type], index) => itemsSql(firstParameter + index, type)).join(', ');
  return `INSERT INTO ${table} (${namesSql({ columns })}) SELECT ${items}`;
}

export function listsOf<Row>({ columns }: Table<Row>, rows: readonly OfAccount<Row>[]): (string | null)[] {
  return columns.map(([, , value]) => joinList(rows.map((row) => value(row, row.accountId))));
}

/** Makes the statement that inserts rows. */
export function inserter<Row>(target: Table<Row>): (rows: readonly OfAccount<Row>[]) => QueryConfig {
  const name = `add_${target.table}`;
  const text = insertSql(target);
  return (rows) => ({ name, text, values: listsOf(target, rows) });
}

/** Makes the statement that puts rows with the key `(account_id, id)` and replaces existing ones. */
export function putter<Row>(target: RecordTable<Row>): (rows: readonly OfAccount<Row>[]) => QueryConfig {
  const name = `put_${target.table}`;
  const text = `${insertSql(target)} ${replacingSql(target)}`;
  return (rows) => ({ name, text, values: listsOf(target, rows) });
}
