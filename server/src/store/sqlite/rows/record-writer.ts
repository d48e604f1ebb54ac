import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type RecordTable, replacingSql } from '../../sql/record-tables.ts';
import { type Column, type ColumnValue, namesSql, type Table } from '../../sql/table.ts';

/** Writes records of one table, each in the place of the one with its key. */
export class RecordWriter<Value> {
  readonly table: RecordTable<Value>;
  readonly #statement: StatementSync;

  constructor(database: DatabaseSync, table: RecordTable<Value>) {
    this.table = table;
    this.#statement = database.prepare(`INSERT INTO ${intoSql(table)} ${replacingSql(table)}`);
  }

  put(record: Value, accountId: string): void {
    this.#statement.run(...sqlValuesOf(this.table.columns, record, accountId));
  }
}

/** Writes rows of one table that never change. */
export class FactWriter<Row> {
  readonly #columns: Table<Row>['columns'];
  readonly #statement: StatementSync;

  /** @param verb What becomes of a row with the same key: `REPLACE` takes its place, `INSERT OR IGNORE` leaves it. */
  constructor(database: DatabaseSync, table: Table<Row>, verb: 'REPLACE' | 'INSERT OR IGNORE' = 'REPLACE') {
    this.#columns = table.columns;
    this.#statement = database.prepare(`${verb} INTO ${intoSql(table)}`);
  }

  put(row: Row, accountId: string): void {
    this.#statement.run(...sqlValuesOf(this.#columns, row, accountId));
  }
}

/** Table, columns, and a place for the value of each. */
export function intoSql(table: Table<never>): string {
  return `${table.table} (${namesSql(table)}) VALUES (${table.columns.map(() => '?').join(', ')})`;
}

export function sqlValuesOf<Row>(
  columns: readonly Column<Row>[],
  row: Row,
  accountId: string,
): SQLInputValue[] {
  return columns.map(([, , value]) => toSql(value(row, accountId)));
}

function toSql(value: ColumnValue): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : (value ?? null);
}
