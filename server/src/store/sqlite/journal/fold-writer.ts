import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ownStopwatch, SliceBudget, type Stopwatch } from '../../parts/slice-budget.ts';
import { numberColumn } from '../../sql/columns.ts';
import { answerTable } from '../../sql/fact-tables.ts';
import type { KeptAnswer } from '../../store.ts';
import { isPassing } from '../open/sqlite-error.ts';
import { FactWriter } from '../rows/record-writer.ts';
import { factCountOf, factsBetween } from './account-changes.ts';
import type { FoldOutcome, FoldWork } from './fold-work.ts';
import { type ApplyRow, FoldedWrites } from './folded-writes.ts';
import { SetAsideTable } from './set-aside-table.ts';

/** Journal rows that are deleted in one transaction, unless they are large. */
const deletedRowsMax = 32;
/** After so many bytes of deleted rows the transaction ends: each page of a row is put on the list of free pages by itself. */
export const deletedBytesMax = 500_000;

/** Facts that are written before the time is looked at again. */
export const factsAtOnce = 25;

/** Writes what the journal made durable into the tables, one transaction at a time, on a connection of any thread. */
export class FoldWriter {
  readonly #database: DatabaseSync;
  readonly tables: FoldedWrites;
  readonly setAside: SetAsideTable;
  readonly #answers: FactWriter<KeptAnswer>;
  readonly #deleteFirst: StatementSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #stopwatchMs: Stopwatch;

  constructor(database: DatabaseSync, stopwatchMs: Stopwatch = ownStopwatch) {
    this.#database = database;
    this.#stopwatchMs = stopwatchMs;
    this.tables = new FoldedWrites(database);
    this.setAside = new SetAsideTable(database);
    this.#answers = new FactWriter(database, answerTable, 'INSERT OR IGNORE');
    this.#deleteFirst = database.prepare(`
      DELETE FROM journal WHERE id = (SELECT min(id) FROM journal WHERE id < ?)
      RETURNING octet_length(body) + octet_length(answer_bodies) AS bytes`);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
  }

  /** @throws where the same may succeed later, after a failure of the disk. */
  write(work: FoldWork): FoldOutcome {
    try {
      return this.transact(() => this.#write(work));
    } catch (error) {
      if (isPassing(error)) throw error;
      if (work.kind === 'facts' || work.kind === 'cells') return 'faulty';
      if (work.kind !== 'accounts') throw error;
      // Rows that the tables cannot take are set aside one by one; the rest of the account and every other account are folded.
      for (const account of work.accounts) {
        const apply = this.#orSetAside(account.accountId);
        this.transact(() => this.tables.writeAll(account, apply));
      }
      return 'done';
    }
  }

  /**
   * A transaction that need not be durable at once: what it writes stands in the journal, and a WAL is replayed from
   * its beginning, so that the fold is never there without the journal rows before it.
   */
  transact<Value>(write: () => Value): Value {
    try {
      this.#begin.run();
      const value = write();
      this.#commit.run();
      return value;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Reads after the writes, which are then taken back: a full disk need not take any of them. */
  readAsIf<Value>(write: () => void, read: () => Value): Value {
    this.#begin.run();
    try {
      write();
      return read();
    } finally {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    }
  }

  #write(work: FoldWork): FoldOutcome {
    const budget = new SliceBudget(this.#stopwatchMs);
    let written = 0;
    const outcomeOf = (count: number): FoldOutcome => (written >= count ? 'done' : { written });
    switch (work.kind) {
      case 'accounts':
        for (const account of budget.take(work.accounts)) {
          this.tables.writeAll(account);
          written += 1;
        }
        return outcomeOf(work.accounts.length);
      case 'facts': {
        const count = factCountOf(work.facts);
        do {
          this.tables.writeFacts(work.accountId, factsBetween(work.facts, written, written + factsAtOnce));
          written += factsAtOnce;
        } while (written < count && !budget.isSpent);
        return outcomeOf(count);
      }
      case 'cells':
        this.tables.writeCells(work.accountId, work.cells, work.mark);
        return 'done';
      case 'answers':
        for (const answer of budget.take(work.answers)) {
          this.#answers.put(answer, answer.accountId);
          written += 1;
        }
        return outcomeOf(work.answers.length);
      case 'rows':
        return this.#deleteSome(work.beforeId, budget);
    }
  }

  #deleteSome(beforeId: number, budget: SliceBudget): FoldOutcome {
    let bytes = 0;
    for (let rows = 0; rows < deletedRowsMax && bytes < deletedBytesMax; rows++) {
      if (rows > 0 && budget.isSpent) return 'more';
      const deleted = this.#deleteFirst.get(beforeId);
      if (deleted === undefined) return 'done';
      bytes += numberColumn(deleted, 'bytes');
    }
    return 'more';
  }

  #orSetAside(accountId: string): ApplyRow {
    return (write, describe) => {
      try {
        write();
      } catch (error) {
        if (isPassing(error)) throw error;
        this.setAside.add({ accountId, ...describe(), error });
      }
    };
  }
}
