import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { decodeStored } from '../../codec/stored-format.ts';
import { accountParts, type SweptTable } from '../../codec/swept-tables.ts';
import { isOutsidePartsSql } from '../../parts/day-part-sweep.ts';
import { readable, Unreadable } from '../../parts/loaded-rows.ts';
import { ownStopwatch, SliceBudget, type Stopwatch } from '../../parts/slice-budget.ts';
import {
  afterSql,
  broughtAtOnce,
  oldAccountSql,
  oldBodySql,
  type SweepPort,
  type SweepProgress,
  type SweptKey,
  sweptAccountsMax,
  sweptRowsMax,
} from '../../parts/sweep.ts';
import { upgradedAccountOf } from '../../sql/account-row.ts';
import { type Row, textColumn } from '../../sql/columns.ts';
import type { FoldSchedule } from '../journal/fold-schedule.ts';
import type { Journal } from '../journal/journal.ts';
import { DayPartTable } from '../rows/day-part-table.ts';
import { sqliteMembersSql } from '../rows/folded-reads.ts';

/** The primary keys that have another order than PostgreSQL's. */
const orders: Readonly<Record<string, readonly string[]>> = { day_parts: ['day', 'account_id', 'part'] };

/** What a fold on another thread is asked by the sweep: that it is over, and to fold everything. */
type Folding = Pick<FoldSchedule, 'settled' | 'foldAll'>;

/** The sweep in a file: a slice is read and written in one turn, so nobody changes a row in between. */
export class SqliteSweep implements SweepPort {
  readonly #database: DatabaseSync;
  readonly #journal: Journal;

  readonly #folding: Folding;
  readonly #dayParts: DayPartTable;

  readonly #stopwatchMs: Stopwatch;

  /** @param stopwatchMs Ends slices; for tests of slices that take long. */
  constructor(
    database: DatabaseSync,
    journal: Journal,
    folding: Folding,
    stopwatchMs: Stopwatch = ownStopwatch,
  ) {
    this.#database = database;
    this.#stopwatchMs = stopwatchMs;
    this.#journal = journal;
    this.#folding = folding;
    this.#dayParts = new DayPartTable(database);
  }

  readProgress(table: string): SweepProgress | undefined {
    const row = this.#database.prepare('SELECT formats, after FROM sweeps WHERE name = ?').get(table);
    if (row === undefined) return undefined;
    return {
      formats: textColumn(row, 'formats'),
      after: row.after === null ? null : textColumn(row, 'after'),
    };
  }

  putProgress(table: string, { formats, after }: SweepProgress): void {
    this.#journal.transact(() =>
      this.#database
        .prepare('REPLACE INTO sweeps (name, formats, after) VALUES (?, ?, ?)')
        .run(table, formats, after),
    );
  }

  async sweepRows(table: SweptTable, after: SweptKey | null): Promise<SweptKey | null> {
    await this.#folding.settled();
    const { name, column } = table;
    const key = orders[name] ?? table.key;
    const rows = this.#after(name, key, `${oldBodySql(table)}`, after, sweptRowsMax);
    const put = this.#database.prepare(
      `UPDATE ${name} SET ${column} = ? WHERE ${key.map((part) => `${part} = ?`).join(' AND ')}`,
    );
    let swept = 0;
    this.#journal.transact(() => {
      for (const row of new SliceBudget(this.#stopwatchMs).take(rows)) {
        swept += 1;
        if (row.old === null) continue;
        const body = readable(() => decodeStored(name, () => table.upgrade(textColumn(row, 'old'))));
        if (!(body instanceof Unreadable)) put.run(body, ...keyOf(row, key));
      }
    });
    return lastKey(rows, key, { swept, askedFor: sweptRowsMax });
  }

  /** What a crash left in the journal may be of an earlier version too, so it is folded first. */
  async sweepDayParts(after: SweptKey | null): Promise<SweptKey | null> {
    if (after === null) await this.#folding.foldAll();
    await this.#folding.settled();
    const key = ['account_id', 'at_ms', 'id'];
    const selected = `CASE WHEN ${isOutsidePartsSql} THEN body END AS body`;
    const rows = this.#after('usage', key, selected, after, sweptRowsMax);
    let swept = 0;
    const budget = new SliceBudget(this.#stopwatchMs);
    this.#journal.transact(() => {
      while (swept < rows.length && (swept === 0 || !budget.isSpent)) {
        const some = rows.slice(swept, swept + broughtAtOnce);
        this.#dayParts.bring(some.filter(({ body }) => body !== null));
        swept += some.length;
      }
    });
    return lastKey(rows, key, { swept, askedFor: sweptRowsMax });
  }

  async sweepAccounts(after: SweptKey | null): Promise<SweptKey | null> {
    await this.#folding.settled();
    const key = ['account_id'];
    const rows = this.#after('accounts', key, `${oldAccountSql} AS is_old`, after, sweptAccountsMax);
    const read = this.#database.prepare(
      `SELECT ${accountParts.join(', ')}, version, ${sqliteMembersSql} FROM accounts WHERE account_id = ?`,
    );
    const put = this.#database.prepare(
      `UPDATE accounts SET ${accountParts.map((part) => `${part} = ?`).join(', ')} WHERE account_id = ?`,
    );
    let swept = 0;
    for (const row of new SliceBudget(this.#stopwatchMs).take(rows)) {
      swept += 1;
      if (row.is_old !== 1) continue;
      const accountId = textColumn(row, 'account_id');
      // The journal writes an account part by part, so the account's row has to exist before.
      this.#journal.foldAccount(accountId);
      this.#journal.transact(() => sweepAccount(accountId, read, put));
    }
    return lastKey(rows, key, { swept, askedFor: sweptAccountsMax });
  }

  #after(
    table: string,
    key: readonly string[],
    selected: string,
    after: SweptKey | null,
    limit: number,
  ): Row[] {
    const columns = key.join(', ');
    const where = afterSql(key, after, () => '?');
    return this.#database
      .prepare(`SELECT ${columns}, ${selected} FROM ${table} ${where} ORDER BY ${columns} LIMIT ${limit}`)
      .all(...(after ?? [])) as Row[];
  }
}

function sweepAccount(accountId: string, read: StatementSync, put: StatementSync): void {
  const row = read.get(accountId);
  if (row === undefined) return;
  const parts = readable(() => upgradedAccountOf(row));
  if (!(parts instanceof Unreadable)) put.run(...accountParts.map((part) => parts[part]), accountId);
}

function keyOf(row: Row, key: readonly string[]): (string | number)[] {
  return key.map((part) => row[part] as string | number);
}

/** The key of the last row that was swept; null where there is none after it. */
function lastKey(
  rows: readonly Row[],
  key: readonly string[],
  { swept, askedFor }: { readonly swept: number; readonly askedFor: number },
): SweptKey | null {
  const last = rows[swept - 1];
  const isEnd = swept === rows.length && rows.length < askedFor;
  return last === undefined || isEnd ? null : keyOf(last, key);
}
