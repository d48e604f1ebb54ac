import type { QueryConfig } from 'pg';

/** A value of a column; undefined is null. No text is empty or holds the separator. */
export type Cell = string | number | undefined;

type ColumnType = 'text' | 'bigint' | 'integer';

export type Column<Row> = readonly [name: string, type: ColumnType, value: (row: Row) => Cell];

/**
 * Stands between the values of a list that is sent as one text: quicker to write and to read than an array or JSON,
 * which would have every quote of a body escaped. It occurs in no value: ids and keys are visible characters, and
 * JSON escapes it.
 */
const separator = '\u001e';

export function joinList(values: readonly Cell[]): string {
  return values.join(separator);
}

/** SQL for the list that the parameter holds; what is empty is null. */
export function listSql(parameter: number, type: ColumnType = 'text'): string {
  const list = `string_to_array($${parameter}::text, E'\\x1e', '')`;
  return type === 'text' ? list : `${list}::${type}[]`;
}

/** Makes the statement that inserts rows into the table; it fails where one of them is there already. */
export function inserter<Row>(
  table: string,
  columns: readonly Column<Row>[],
): (rows: readonly Row[]) => QueryConfig {
  const name = `add_${table}`;
  const text = insertSql(table, columns);
  return (rows) => ({ name, text, values: valuesOf(columns, rows) });
}

/** Makes the statement that puts rows with the key `(account_id, id)` into the table, over those that are there. */
export function putter<Row>(
  table: string,
  columns: readonly Column<Row>[],
): (rows: readonly Row[]) => QueryConfig {
  const replaced = columns
    .filter(([column]) => column !== 'account_id' && column !== 'id')
    .map(([column]) => `${column} = excluded.${column}`);
  const name = `put_${table}`;
  const text = `${insertSql(table, columns)} ON CONFLICT (account_id, id) DO UPDATE SET ${replaced.join(', ')}`;
  return (rows) => ({ name, text, values: valuesOf(columns, rows) });
}

function insertSql<Row>(table: string, columns: readonly Column<Row>[]): string {
  const names = columns.map(([column]) => column).join(', ');
  const lists = columns.map(([, type], index) => listSql(index + 1, type)).join(', ');
  return `INSERT INTO ${table} (${names}) SELECT * FROM unnest(${lists})`;
}

function valuesOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  return columns.map(([, , value]) => joinList(rows.map(value)));
}
