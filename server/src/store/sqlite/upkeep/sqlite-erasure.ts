import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Eraser } from '../../../domain/erasures/eraser.ts';
import type { AccountState } from '../../../domain/state.ts';
import { encodeAccount } from '../../codec/account-codec.ts';
import { type ErasedCounts, erasedRowsMax, scannedKeysMax, stepAt } from '../../erasures/erase-steps.ts';
import type { ErasedTable } from '../../erasures/erased-tables.ts';
import { ownStopwatch, SliceSize, type Stopwatch } from '../../parts/slice-budget.ts';
import type { SweptKey } from '../../parts/sweep.ts';
import { bigintColumn, type Row, textColumn } from '../../sql/columns.ts';
import { type ErasedSlice, systemClockId } from '../../store.ts';
import type { Journal } from '../journal/journal.ts';
import { DayPartTable } from '../rows/day-part-table.ts';
import { Statements } from '../rows/statements.ts';
import { type OverwrittenSlice, type OverwrittenTo, overwriteUnused } from './overwrite-unused.ts';

const cellsOfDaySql = 'SELECT metric, dimension, value, quantity FROM cells WHERE day = ? AND account_id = ?';
const cellSql =
  'SELECT quantity FROM cells WHERE day = ? AND account_id = ? AND metric = ? AND dimension = ? AND value = ?';

/** The erasure in a file: a slice is read and written in one turn, so nobody changes a row in between. */
export class SqliteErasure {
  readonly #database: DatabaseSync;
  readonly #journal: Journal;
  readonly #sql: Statements;
  readonly #dayParts: DayPartTable;
  /** Rows of one account that are replaced together. */
  readonly #size: SliceSize;

  /** @param stopwatchMs Makes slices smaller that take long; for tests of such. */
  constructor(database: DatabaseSync, journal: Journal, stopwatchMs: Stopwatch = ownStopwatch) {
    this.#database = database;
    this.#size = new SliceSize({ rowsMax: erasedRowsMax, stopwatchMs });
    this.#journal = journal;
    this.#sql = new Statements(database);
    this.#dayParts = new DayPartTable(database);
    this.#sql.prepare(cellsOfDaySql).setReadBigInts(true);
    this.#sql.prepare(cellSql).setReadBigInts(true);
  }

  slice(accountId: string, eraser: Eraser, after: string | null): ErasedSlice {
    this.#journal.foldAccount(accountId);
    const step = stepAt(after);
    return this.#journal.transact(() => {
      const { table } = step;
      if (table === undefined) {
        const [counts, last] = this.#eraseCells(accountId, eraser, step.after);
        return step.done(counts, last);
      }
      const took = this.#size.begin();
      const { rows, last } =
        table.isFoundByScan === true
          ? this.#scan(table, accountId, step.after)
          : this.#read(table, accountId, step.after);
      // A use gets the newest version here, which says that it is in the parts of its day.
      if (table.name === 'usage') this.#dayParts.bring(rows);
      const counts = this.#eraseRows(table, accountId, eraser, rows);
      // A table without such rows tells nothing of the time that they take.
      if (rows.length > 0) took(rows.length);
      return step.done(counts, last);
    });
  }

  #read(table: ErasedTable, accountId: string, after: SweptKey | null): Found {
    const limit = this.#size.rows;
    const key = table.key.join(', ');
    const from = after === null ? '' : `AND (${key}) > (${table.key.map(() => '?').join(', ')})`;
    const rows = this.#sql.all(
      `SELECT ${columnsOf(table)} FROM ${table.name} WHERE account_id = ? ${from} ORDER BY ${key} LIMIT ?`,
      accountId,
      ...(after ?? []),
      limit,
    );
    const last = rows.at(-1);
    const isEnd = last === undefined || rows.length < limit;
    return { rows, last: isEnd ? null : keyOf(last, table) };
  }

  #scan(table: ErasedTable, accountId: string, after: SweptKey | null): Found {
    const key = [...table.key, 'account_id'];
    const from = after === null ? '' : `WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})`;
    const keys = this.#sql.all(
      `SELECT ${key.join(', ')} FROM ${table.name} ${from} ORDER BY ${key.join(', ')} LIMIT ${scannedKeysMax}`,
      ...(after ?? []),
    );
    const rowSql = `SELECT ${columnsOf(table)} FROM ${table.name} WHERE ${whereKey(table)}`;
    const rows = keys
      .filter((row) => row.account_id === accountId)
      .flatMap((row) => this.#sql.all(rowSql, accountId, ...keyOf(row, table)));
    const last = keys.at(-1);
    if (last === undefined || keys.length < scannedKeysMax) return { rows, last: null };
    return { rows, last: [...keyOf(last, table), textColumn(last, 'account_id')] };
  }

  #eraseRows(table: ErasedTable, accountId: string, eraser: Eraser, rows: readonly Row[]): ErasedCounts {
    const counts = { replaced: 0, removed: 0, kept: 0 };
    for (const row of rows) {
      const erased = table.erase(eraser, row);
      if (erased.outcome === 'same') continue;
      counts[erased.outcome] += 1;
      const key = [accountId, ...keyOf(row, table)];
      if (erased.outcome === 'removed') {
        this.#sql.run(`DELETE FROM ${table.name} WHERE ${whereKey(table)}`, ...key);
        continue;
      }
      const columns = Object.keys(erased.columns);
      if (columns.length === 0) continue;
      const set = columns.map((column) => `${column} = ?`).join(', ');
      this.#sql.run(
        `UPDATE ${table.name} SET ${set} WHERE ${whereKey(table)}`,
        ...columns.map((column): SQLInputValue => erased.columns[column] ?? null),
        ...key,
      );
    }
    return counts;
  }

  /** Rollups are in the order of days, so a slice takes one day. */
  #eraseCells(accountId: string, eraser: Eraser, after: SweptKey | null): [ErasedCounts, SweptKey | null] {
    const counts = { replaced: 0, removed: 0, kept: 0 };
    const from = after === null ? Number.MIN_SAFE_INTEGER : Number(after[0]);
    const day = this.#sql.get('SELECT min(day) AS day FROM cells WHERE day > ?', from)?.day;
    if (day === null || day === undefined) return [counts, null];
    const cells = this.#sql.all(cellsOfDaySql, Number(day), accountId);
    for (const cell of cells) {
      const [metric, dimension, value] = [
        textColumn(cell, 'metric'),
        textColumn(cell, 'dimension'),
        textColumn(cell, 'value'),
      ];
      const name = dimension === 'member' ? eraser.memberId(value) : value;
      if (name === value && eraser.accountId === accountId) continue;
      counts.replaced += 1;
      const key = [Number(day), eraser.accountId, metric, dimension, name];
      const there = this.#sql.get(cellSql, ...key);
      const sum =
        bigintColumn(cell, 'quantity') + (there === undefined ? 0n : bigintColumn(there, 'quantity'));
      this.#sql.run(
        'DELETE FROM cells WHERE day = ? AND account_id = ? AND metric = ? AND dimension = ? AND value = ?',
        Number(day),
        accountId,
        metric,
        dimension,
        value,
      );
      this.#sql.run(
        'REPLACE INTO cells (day, account_id, metric, dimension, value, quantity) VALUES (?, ?, ?, ?, ?, ?)',
        ...key,
        sum,
      );
    }
    counts.replaced += this.#dayParts.erase(Number(day), accountId, eraser);
    return [counts, [Number(day)]];
  }

  /** The journal is folded and starts empty, so no later start finds the account in it. */
  moveAccount(accountId: string, erased: AccountState): void {
    this.#journal.beginAnew(() => {
      const encoded = encodeAccount(erased, undefined);
      this.#sql.run('DELETE FROM accounts WHERE account_id = ?', accountId);
      this.#sql.run('DELETE FROM account_folds WHERE account_id = ?', accountId);
      this.#sql.run(
        `INSERT INTO accounts (account_id, version, profile, wallet, usage, holds, rest, due_at_ms, clock_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        erased.profile.id,
        erased.version,
        encoded.profile ?? '',
        encoded.wallet ?? '',
        encoded.usage ?? '',
        encoded.holds ?? '',
        encoded.rest ?? '',
        encoded.dueAtMs ?? 0,
        encoded.clockId ?? systemClockId,
      );
    });
  }

  /** Deletes the journal's rows, which name people. From here on SQLite overwrites what it deletes. */
  beginOverwriting(): void {
    this.#database.exec('PRAGMA secure_delete = ON');
    this.#journal.replacesWithZeros = true;
    this.#journal.beginAnew(() => undefined);
  }

  /** Overwrites a slice of what the file does not use, where no thread can. */
  overwriteHere(descriptor: number, from: OverwrittenTo): OverwrittenSlice {
    return overwriteUnused(this.#database, descriptor, from);
  }

  endOverwriting(): void {
    this.#database.exec('PRAGMA secure_delete = OFF');
    this.#journal.replacesWithZeros = false;
  }
}

interface Found {
  readonly rows: readonly Row[];
  readonly last: SweptKey | null;
}

function columnsOf(table: ErasedTable): string {
  return [...new Set(['account_id', ...table.key, ...table.columns])].join(', ');
}

function whereKey(table: ErasedTable): string {
  return ['account_id', ...table.key].map((column) => `${column} = ?`).join(' AND ');
}

function keyOf(row: Row, table: ErasedTable): (string | number)[] {
  return table.key.map((column) => {
    const value = row[column];
    return typeof value === 'string' ? value : Number(value);
  });
}
