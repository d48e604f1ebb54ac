import type { QueryConfig } from 'pg';
import { type ColumnValue, type RecordTable, replacingSql } from '../../sql/record-tables.ts';

/** A value of a column; undefined and null are the same. No text is empty or holds the separator. */
export type Cell = ColumnValue;

type ColumnType = 'text' | 'bigint' | 'integer' | 'boolean';

export type Column<Row> = readonly [name: string, type: ColumnType, value: (row: Row) => Cell];

/**
 * Stands between the values of a list that is sent as one text: quicker to write and to read than an array or JSON,
 * which would have every quote of a body escaped. It occurs in no value: ids and keys are visible characters, and
 * JSON escapes it.
 */
const separator = '\u001e';

/** Null where no row has a value, as most parts of an account do not change. */
export function joinList(values: readonly Cell[]): string | null {
  return values.some((value) => value !== undefined && value !== null) ? values.join(separator) : null;
}

/**
 * SQL for the items of the list in the parameter, one a row; empty items become null, and so do those of a list that is null. It stands among
 * what is selected, where PostgreSQL hands on an item of each list at a time: in FROM it would keep each list in a table of its own first.
 */
export function itemsSql(parameter: number, type: ColumnType = 'text'): string {
  const items = `unnest(string_to_array($${parameter}::text, E'\\x1e', ''))`;
  return type === 'text' ? items : `${items}::${type}`;
}

/** Rows of a table, as so many lists. */
export interface TableColumns<Row> {
  readonly table: string;
  readonly columns: readonly Column<Row>[];
}

/** SQL that inserts what the parameters from the given one on hold; it fails where a row is there already. */
export function insertSql<Row>({ table, columns }: TableColumns<Row>, firstParameter = 1): string {
  const names = columns.map(([column]) => column).join(', ');
  const items = columns.map(([, type], index) => itemsSql(firstParameter + index, type)).join(', ');
  return `INSERT INTO ${table} (${names}) SELECT ${items}`;
}

export function listsOf<Row>({ columns }: TableColumns<Row>, rows: readonly Row[]): (string | null)[] {
  return columns.map(([, , value]) => joinList(rows.map(value)));
}

/** Makes the statement that inserts rows. */
export function inserter<Row>(target: TableColumns<Row>): (rows: readonly Row[]) => QueryConfig {
  const name = `add_${target.table}`;
  const text = insertSql(target);
  return (rows) => ({ name, text, values: listsOf(target, rows) });
}

/** Makes the statement that puts rows with the key `(account_id, id)` and replaces existing ones. */
export function putter<Row>(target: RecordTable<Row>): (rows: readonly Row[]) => QueryConfig {
  const name = `put_${target.table}`;
  const text = `${insertSql(target)} ${replacingSql(target)}`;
  return (rows) => ({ name, text, values: listsOf(target, rows) });
}
