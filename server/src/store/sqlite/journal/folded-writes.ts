import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { apiBounds } from '../../../contract/api-bounds.ts';
import { otherValue } from '../../../contract/usage/other-value.ts';
import type { HoldRecord } from '../../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../../domain/invoices/state.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import type { NoticeRecord } from '../../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import { dayCellsOf, partSumsOf } from '../../../domain/usage/day-parts.ts';
import type { AddedCell, UsageCell } from '../../../domain/usage/state.ts';
import { addToDayPart } from '../../codec/day-part-codec.ts';
import type { Due } from '../../parts/due.ts';
import { bigintColumn, numberColumn, textColumn } from '../../sql/columns.ts';
import {
  accountTable,
  activityTable,
  type EntryRow,
  entryTable,
  eventIdTable,
  type TimedRow,
  type UseRow,
  usageTable,
} from '../../sql/fact-tables.ts';
import { recordTables } from '../../sql/record-tables.ts';
import { type EventId, systemClockId } from '../../store.ts';
import { DayPartTable } from '../rows/day-part-table.ts';
import { FactWriter, intoSql, RecordWriter, sqlValuesOf } from '../rows/record-writer.ts';
import type { AccountChanges, Facts } from './account-changes.ts';
import type { FoldedAccount } from './fold-work.ts';
import type { Unapplied } from './set-aside-table.ts';
import type { TablePart } from './unfolded.ts';
import { type CellMark, noCellMark } from './unfolded-account.ts';

/** Writes one row; `describe` tells of it where it could not be written. */
export type ApplyRow = (write: () => void, describe: () => Pick<Unapplied, 'noun' | 'body'>) => void;

const applyNow: ApplyRow = (write) => write();

/** How far an account is folded. */
export interface Fold {
  /** The last journal row whose changes of the account stand in its tables. */
  readonly journalId: number;
  readonly cells: CellMark;
}

/** The largest value of an integer column. */
const integerMax = 2n ** 63n - 1n;

/**
 * Writes changes that the journal made durable into the tables by account. Everything but cells may be written again
 * with the same outcome; cells are added, so each account remembers up to which journal row it and its cells were folded.
 */
export class FoldedWrites {
  readonly #updateAccount: StatementSync;
  readonly #insertAccount: StatementSync;
  readonly #putDue: StatementSync;
  readonly #entries: FactWriter<EntryRow>;
  readonly #usage: FactWriter<UseRow>;
  readonly #activity: FactWriter<TimedRow>;
  readonly #events: FactWriter<EventId>;
  readonly #members: RecordWriter<MemberRecord>;
  readonly #holds: RecordWriter<HoldRecord>;
  readonly #tasks: RecordWriter<TaskRecord>;
  readonly #purchases: RecordWriter<PurchaseRecord>;
  readonly #invoices: RecordWriter<InvoiceRecord>;
  readonly #charges: RecordWriter<ChargeRecord>;
  readonly #notices: RecordWriter<NoticeRecord>;
  readonly #readCell: StatementSync;
  readonly #countValues: StatementSync;
  readonly #listValues: StatementSync;
  readonly #putCell: StatementSync;
  readonly #dayParts: DayPartTable;
  readonly #readFold: StatementSync;
  readonly #putFold: StatementSync;
  readonly #putCellMark: StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => database.prepare(sql);
    const [, ...parts] = accountTable.columns.map(([name]) => name);
    // The account's id is the first value of both.
    this.#updateAccount = prepare(`
      UPDATE accounts SET ${parts.map((part, index) => `${part} = coalesce(?${index + 2}, ${part})`).join(', ')}
      WHERE account_id = ?1`);
    this.#insertAccount = prepare(`INSERT INTO ${intoSql(accountTable)}`);
    this.#putDue = prepare('UPDATE accounts SET due_at_ms = ?, clock_id = ? WHERE account_id = ?');
    this.#entries = new FactWriter(database, entryTable);
    this.#usage = new FactWriter(database, usageTable);
    this.#activity = new FactWriter(database, activityTable);
    this.#events = new FactWriter(database, eventIdTable);
    this.#members = new RecordWriter(database, recordTables.members);
    this.#holds = new RecordWriter(database, recordTables.holds);
    this.#tasks = new RecordWriter(database, recordTables.tasks);
    this.#purchases = new RecordWriter(database, recordTables.purchases);
    this.#invoices = new RecordWriter(database, recordTables.invoices);
    this.#charges = new RecordWriter(database, recordTables.charges);
    this.#notices = new RecordWriter(database, recordTables.notices);
    const cellKey = 'day = ? AND account_id = ? AND metric = ? AND dimension = ?';
    this.#readCell = prepare(`SELECT quantity FROM cells WHERE ${cellKey} AND value = ?`);
    this.#readCell.setReadBigInts(true);
    this.#countValues = prepare(`SELECT count(*) AS count FROM cells WHERE ${cellKey}`);
    this.#listValues = prepare(`SELECT value FROM cells WHERE ${cellKey}`);
    this.#putCell = prepare(
      'REPLACE INTO cells (day, account_id, metric, dimension, value, quantity) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#dayParts = new DayPartTable(database);
    this.#readFold = prepare('SELECT * FROM account_folds WHERE account_id = ?');
    this.#putFold = prepare('REPLACE INTO account_folds (account_id, journal_id) VALUES (?, ?)');
    this.#putCellMark = prepare(`
      INSERT INTO account_folds (account_id, journal_id, cells_journal_id, part_journal_id, part_hash, part_count) VALUES (?, 0, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET cells_journal_id = excluded.cells_journal_id,
        part_journal_id = excluded.part_journal_id, part_hash = excluded.part_hash, part_count = excluded.part_count`);
  }

  fold(accountId: string): Fold {
    const row = this.#readFold.get(accountId);
    if (row === undefined) return { journalId: 0, cells: noCellMark };
    return {
      journalId: numberColumn(row, 'journal_id'),
      cells: {
        journalId: numberColumn(row, 'cells_journal_id'),
        partJournalId: numberColumn(row, 'part_journal_id'),
        partHash: numberColumn(row, 'part_hash'),
        partCount: numberColumn(row, 'part_count'),
      },
    };
  }

  /** The values that are stored of the series and the day of a cell. */
  valuesOf({ day, accountId, metric, dimension }: UsageCell): ReadonlySet<string> {
    const rows = this.#listValues.all(day, accountId, metric, dimension);
    return new Set(rows.map((row) => textColumn(row, 'value')));
  }

  /** Everything, within a transaction of the caller's; afterwards the account is folded up to its last journal row. */
  writeAll(account: FoldedAccount, apply: ApplyRow = applyNow): void {
    const { accountId, facts, cells, journalId } = account;
    this.writeAccount(account, apply);
    this.writeFacts(accountId, facts, apply);
    this.#addCells(cells, apply);
    this.#putFold.run(accountId, journalId);
  }

  /** Some cells, and the mark that says which. */
  writeCells(accountId: string, cells: readonly AddedCell[], mark: CellMark): void {
    this.#addCells(cells, applyNow);
    this.#putCellMark.run(accountId, mark.journalId, mark.partJournalId, mark.partHash, mark.partCount);
  }

  /** Facts alone, which may be written again with the same outcome. */
  writeFacts(accountId: string, facts: Facts, apply: ApplyRow = applyNow): void {
    for (const row of facts.entries)
      apply(
        () => this.#entries.put(row, accountId),
        () => ({ noun: 'entry', body: row.body }),
      );
    for (const row of facts.usage)
      apply(
        () => this.#usage.put(row, accountId),
        () => ({ noun: 'usage record', body: useText(row) }),
      );
    for (const row of facts.activity)
      apply(
        () => this.#activity.put(row, accountId),
        () => ({ noun: 'activity', body: row.body }),
      );
    for (const event of facts.events)
      apply(
        () => this.#events.put(event, accountId),
        () => ({ noun: 'event id', body: JSON.stringify(event) }),
      );
    put(this.#holds, facts.holds, apply);
    put(this.#tasks, facts.tasks, apply);
    put(this.#members, facts.members, apply);
    put(this.#purchases, facts.purchases, apply);
    put(this.#invoices, facts.invoices, apply);
    put(this.#charges, facts.charges, apply);
    put(this.#notices, facts.notices, apply);
  }

  writeAccount(
    { accountId, version, encoded }: Pick<FoldedAccount, 'accountId' | 'version' | 'encoded'>,
    apply: ApplyRow = applyNow,
  ): void {
    if (encoded === undefined) return;
    const { columns } = accountTable;
    apply(
      () => {
        const values = sqlValuesOf(columns, { ...encoded, version }, accountId);
        if (this.#updateAccount.run(...values).changes > 0) return;
        const { dueAtMs = 0, clockId = systemClockId } = encoded;
        this.#insertAccount.run(
          ...sqlValuesOf(columns, { ...encoded, version, dueAtMs, clockId }, accountId),
        );
      },
      () => ({ noun: 'account', body: JSON.stringify([version, encoded]) }),
    );
  }

  writePart(part: TablePart, changes: AccountChanges): void {
    if (part === 'accounts') this.writeAccount(changes);
    else if (part === 'tasks') put(this.#tasks, changes.tasks?.values());
    else if (part === 'purchases') put(this.#purchases, changes.purchases?.values());
    else if (part === 'charges') put(this.#charges, changes.charges?.values());
    else put(this.#notices, changes.notices?.values());
  }

  putDue(accountId: string, { clockId, dueAtMs }: Due): void {
    this.#putDue.run(dueAtMs, clockId, accountId);
  }

  #addCells(cells: readonly AddedCell[], apply: ApplyRow): void {
    for (const cell of dayCellsOf(cells))
      apply(
        () => this.#addCell(cell),
        () => ({
          noun: 'rollup cell',
          body: JSON.stringify({ ...cell, quantity: cell.quantity.toString() }),
        }),
      );
    for (const sums of partSumsOf(cells))
      apply(
        () => this.#dayParts.add(sums),
        () => ({
          noun: 'part of a day',
          body: JSON.stringify({ ...sums, sums: addToDayPart(undefined, sums.sums) }),
        }),
      );
  }

  /** Adds to the cell; where its day has as many values as it may, to that day's `otherValue`. */
  #addCell(cell: UsageCell): void {
    const { day, accountId, metric, dimension, quantity } = cell;
    let { value } = cell;
    let found = this.#readCell.get(day, accountId, metric, dimension, value);
    if (found === undefined && dimension !== '') {
      const row = this.#countValues.get(day, accountId, metric, dimension);
      if (row !== undefined && numberColumn(row, 'count') >= apiBounds.seriesValuesMax) {
        value = otherValue;
        found = this.#readCell.get(day, accountId, metric, dimension, value);
      }
    }
    const sum = (found === undefined ? 0n : bigintColumn(found, 'quantity')) + quantity;
    if (sum > integerMax || sum < -integerMax) throw new RangeError('The sum is more than a rollup holds.');
    this.#putCell.run(day, accountId, metric, dimension, value, sum);
  }
}

/** Writes records of one table one after another. */
function put<Value extends { readonly accountId: string }>(
  writer: RecordWriter<Value>,
  records: Iterable<Value> = [],
  apply: ApplyRow = applyNow,
): void {
  const { noun, bodyOf } = writer.table;
  for (const record of records)
    apply(
      () => writer.put(record, record.accountId),
      () => ({ noun, body: bodyOf(record) }),
    );
}

/** All that the row would have said. */
function useText({ body, entrySeq, entry }: UseRow): string {
  return entry === null ? body : `[${body},${entrySeq},${entry}]`;
}
