import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { MovableDatabase, MovedBatch, MoveKey, MoveProgress } from '../../move/movable-database.ts';
import { movedEntryOf } from '../../move/moved-entry.ts';
import { type MovedRow, type MovedTable, movedTables, ownColumns } from '../../move/moved-tables.ts';
import { forgetDayPartSweepSql } from '../../parts/day-part-sweep.ts';
import { numberColumn, textColumn } from '../../sql/columns.ts';
import { apartEntriesSql, embeddedEntriesSql } from '../../sql/lists.ts';
import { openDatabase } from '../open/open-database.ts';
import { Statements } from '../rows/statements.ts';
import { createSqliteStore } from '../sqlite-store.ts';

/** Rows that are read and written at a time. */
const batchRows = 1_000;

/** The order in which a table is read, if that is not the key of its rows: its own order on the disk. */
const orders: Readonly<Partial<Record<MovedTable, readonly string[]>>> = {
  cells: ['day', 'account_id', 'metric', 'dimension', 'value'],
  day_parts: ['day', 'account_id', 'part'],
  // As they were kept, which is the order in which they are forgotten.
  answers: ['id'],
};

/** Columns that are not moved and yet read. */
const alsoMoved: Readonly<Partial<Record<MovedTable, string>>> = { set_aside: 'set_aside_at_ms' };

/**
 * Opens a file as the source or target of a move; nobody else may have it open. Its journal is folded first.
 * @throws StoreOpenError
 */
export async function openSqliteRows(file: string): Promise<MovableDatabase> {
  const database = openDatabase(file, { isMidMoveAllowed: true });
  const isMidMove = database.prepare('SELECT 1 FROM moves').get() !== undefined;
  database.close();
  if (!isMidMove) await createSqliteStore({ file }).close();
  return new SqliteRows(file, openDatabase(file, { isMidMoveAllowed: true }));
}

class SqliteRows implements MovableDatabase {
  readonly label: string;
  readonly #database: DatabaseSync;
  readonly #sql: Statements;

  constructor(file: string, database: DatabaseSync) {
    this.label = file;
    this.#database = database;
    this.#sql = new Statements(database);
  }

  read(table: MovedTable, after: MoveKey | null): AsyncIterable<MovedBatch> {
    return table === 'entries' ? this.#readEntries(after) : this.#readTable(table, after);
  }

  /** Entries that stand in the row of their use get rows of their own. */
  async *#readEntries(after: MoveKey | null): AsyncGenerator<MovedBatch> {
    const part = (sql: string, seq: string) => `
      SELECT * FROM (${sql} AND (account_id, ${seq}) > (?, ?) ORDER BY account_id, ${seq} LIMIT ${batchRows})`;
    const statement = this.#sql.prepare(`
      ${part(`${apartEntriesSql} WHERE true`, 'seq')}
      UNION ALL
      ${part(`${embeddedEntriesSql} WHERE entry_seq IS NOT NULL`, 'entry_seq')}
      ORDER BY account_id, seq LIMIT ${batchRows}`);
    for (let key = after ?? ['', 0]; ; ) {
      const found = statement.all(...key, ...key);
      const last = found.at(-1);
      if (last === undefined) return;
      key = [textColumn(last, 'account_id'), numberColumn(last, 'seq')];
      yield { rows: found.map(movedEntryOf), key };
    }
  }

  async *#readTable(table: MovedTable, after: MoveKey | null): AsyncGenerator<MovedBatch> {
    const columns = this.#columns(table);
    const order = orders[table] ?? movedTables[table];
    const chosen = [...new Set([...columns, ...order])].join(', ');
    const marks = order.map(() => '?').join(', ');
    const from = (key: MoveKey | null) =>
      `SELECT ${chosen} FROM ${table} ${key === null ? '' : `WHERE (${order.join(', ')}) > (${marks})`}
       ORDER BY ${order.join(', ')} LIMIT ${batchRows}`;
    for (let key = after; ; ) {
      const statement = this.#sql.prepare(from(key));
      statement.setReadBigInts(true);
      const found = statement.all(...(key ?? []));
      const last = found.at(-1);
      if (last === undefined) return;
      key = order.map((column) => keyPart(last[column]));
      const rows = found.map(
        (row): MovedRow =>
          Object.fromEntries(columns.map((column) => [column, row[column] as MovedRow[string]])),
      );
      yield { rows, key };
    }
  }

  async write(table: MovedTable, rows: readonly MovedRow[], progress: MoveProgress): Promise<void> {
    const columns = this.#columns(table);
    const put = `REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      // The uses of the other database may be outside of the parts of their days.
      if (table === 'usage') this.#sql.run(forgetDayPartSweepSql);
      for (const row of rows)
        this.#sql.run(put, ...columns.map((column): SQLInputValue => row[column] ?? null));
      this.#sql.run('REPLACE INTO moves (id, body) VALUES (1, ?)', JSON.stringify(progress));
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  async readProgress(): Promise<MoveProgress | null> {
    const row = this.#sql.get('SELECT body FROM moves');
    return row === undefined ? null : (JSON.parse(textColumn(row, 'body')) as MoveProgress);
  }

  async forgetProgress(): Promise<void> {
    this.#sql.run('DELETE FROM moves');
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #columns(table: MovedTable): string[] {
    const own = ownColumns[table];
    return this.#sql
      .all('SELECT name FROM pragma_table_info(?)', table)
      .map((row) => textColumn(row, 'name'))
      .filter((column) => own?.has(column) !== true || column === alsoMoved[table]);
  }
}

/** Keys hold text, instants and counts, which all fit a JavaScript number. */
function keyPart(value: unknown): string | number {
  return typeof value === 'bigint' ? Number(value) : String(value);
}
