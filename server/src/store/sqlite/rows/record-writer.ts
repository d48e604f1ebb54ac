import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type ColumnValue, type RecordTable, replacingSql } from '../../sql/record-tables.ts';

/** Writes records of one table, each in the place of the one with its key. */
export class RecordWriter<Value> {
  readonly table: RecordTable<Value>;
  readonly #statement: StatementSync;

  constructor(database: DatabaseSync, table: RecordTable<Value>) {
    this.table = table;
    const names = table.columns.map(([name]) => name);
    this.#statement = database.prepare(
      `INSERT INTO ${table.table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ${replacingSql(table)}`,
    );
  }

  put(record: Value): void {
    this.#statement.run(...this.table.columns.map(([, , value]) => toSql(value(record))));
  }
}

function toSql(value: ColumnValue): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : (value ?? null);
}
