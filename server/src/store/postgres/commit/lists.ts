import type { QueryConfig } from 'pg';

/** A value of a column; undefined is null. No text is empty or holds the separator. */
export type Cell = string | number | undefined;

type ColumnType = 'text' | 'bigint' | 'integer' | 'boolean';

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

/** SQL for the list in the parameter; empty items become null. */
export function listSql(parameter: number, type: ColumnType = 'text'): string {
  const list = `string_to_array($${parameter}::text, E'\\x1e', '')`;
  return type === 'text' ? list : `${list}::${type}[]`;
}

/** Rows of a table, as so many lists. */
export interface TableColumns<Row> {
  readonly table: string;
  readonly columns: readonly Column<Row>[];
}

/** SQL that inserts what the parameters from the given one on hold; it fails where a row is there already. */
export function insertSql<Row>({ table, columns }: TableColumns<Row>, firstParameter = 1): string {
  const names = columns.map(([column]) => column).join(', ');
  const lists = columns.map(([, type], index) => listSql(firstParameter + index, type)).join(', ');
  return `INSERT INTO ${table} (${names}) SELECT * FROM unnest(${lists})`;
}

export function listsOf<Row>({ columns }: TableColumns<Row>, rows: readonly Row[]): string[] {
  return columns.map(([, , value]) => joinList(rows.map(value)));
}

/** Makes the statement that inserts rows. */
export function inserter<Row>(target: TableColumns<Row>): (rows: readonly Row[]) => QueryConfig {
  const name = `add_${target.table}`;
  const text = insertSql(target);
  return (rows) => ({ name, text, values: listsOf(target, rows) });
}

/** Makes the statement that puts rows with the key `(account_id, id)` and replaces existing ones. */
export function putter<Row>(target: TableColumns<Row>): (rows: readonly Row[]) => QueryConfig {
  const replaced = target.columns
    .filter(([column]) => column !== 'account_id' && column !== 'id')
    .map(([column]) => `${column} = excluded.${column}`);
  const name = `put_${target.table}`;
  const text = `${insertSql(target)} ON CONFLICT (account_id, id) DO UPDATE SET ${replaced.join(', ')}`;
  return (rows) => ({ name, text, values: listsOf(target, rows) });
}
