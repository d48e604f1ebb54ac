import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Due } from '../../parts/due.ts';
import { numberColumn, textColumn } from '../../sql/columns.ts';
import type { AccountChanges } from './account-changes.ts';
import { AnswerTable } from './answer-table.ts';
import { type ApplyRow, type Fold, FoldedWrites } from './folded-writes.ts';
import { decodeJournal, encodeJournal, type JournalText } from './journal-codec.ts';
import { isPassing, SetAsideTable } from './set-aside-table.ts';
import { type TablePart, Unfolded } from './unfolded.ts';
import type { UnfoldedAccount } from './unfolded-account.ts';

/**
 * Rows that are folded in one transaction: a few milliseconds, so that a gate does not wait for longer.
 */
export const sliceRowsMax = 600;
/**
 * So many facts of one account, and so many cells, are left for the transaction in which the account is folded; more are folded
 * before it.
 */
export const leftMax = 300;
/** Journal rows that are deleted in one transaction, unless they are large. */
const deletedRowsMax = 32;
/** After so many bytes of deleted rows the transaction ends: each page of a row is put on the list of free pages by itself. */
export const deletedBytesMax = 500_000;
/** Text of the journal that is read and decoded in one go after a crash: a few milliseconds. */
const recoveredCharactersMax = 200_000;
/** Answers that are folded in one transaction. */
const foldedAnswersMax = 200;

/**
 * A commit is one row of the journal, so that a batch over many accounts dirties a few pages in a row instead of one
 * or more for each account. Folding brings the tables by account up to date later, account by account, many changes of
 * one account at a time. What is not folded yet is held in memory too, and found again in the journal after a crash.
 */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #tables: FoldedWrites;
  readonly #append: StatementSync;
  readonly #deleteFirst: StatementSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  #lastId = 0;
  readonly answers: AnswerTable;
  readonly setAside: SetAsideTable;
  readonly unfolded = new Unfolded();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#tables = new FoldedWrites(database);
    this.answers = new AnswerTable(database);
    this.setAside = new SetAsideTable(database);
    this.#append = database.prepare('INSERT INTO journal (id, body, answer_bodies) VALUES (?, ?, ?)');
    this.#deleteFirst = database.prepare(`
      DELETE FROM journal WHERE id = (SELECT min(id) FROM journal WHERE id < ?)
      RETURNING octet_length(body) + octet_length(answer_bodies) AS bytes`);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
  }

  /** Writes the changes, all or none; they are durable once the disk has them. When it throws, nothing was written. */
  commit(changes: ReadonlyMap<string, AccountChanges>): void {
    const { body, answerBodies } = encodeJournal(changes.values());
    this.#append.run(this.#lastId + 1, body, answerBodies);
    this.#lastId += 1;
    for (const account of changes.values()) this.unfolded.add(account, this.#lastId);
    this.unfolded.characters += body.length + answerBodies.length;
  }

  /** Folds a slice of the facts or the cells of an account that has very many, so that no fold takes long; false where few are left. */
  foldSome(accountId: string): boolean {
    const waiting = this.unfolded.accounts.get(accountId);
    if (waiting === undefined) return false;
    try {
      if (waiting.changes.factCount > leftMax) this.#foldFacts(waiting.changes);
      else if (waiting.cellCount > leftMax) this.#foldCells(waiting);
      else return false;
    } catch (error) {
      if (isPassing(error)) throw error;
      // The faulty row is found when the rest is folded.
      return false;
    }
    return true;
  }

  /** To write facts again after a crash changes nothing. */
  #foldFacts(changes: AccountChanges): void {
    const facts = changes.oldestFacts(sliceRowsMax);
    this.transact(() => this.#tables.writeFacts(changes.accountId, facts));
    changes.dropFacts(facts);
    this.unfolded.removeFacts(changes.accountId, facts);
  }

  /** Cells are added once, so a mark is written with them. */
  #foldCells(waiting: UnfoldedAccount): void {
    const { cells, mark } = waiting.nextCells(sliceRowsMax);
    this.transact(() => this.#tables.writeCells(waiting.changes.accountId, cells, mark));
    waiting.dropCells(mark);
  }

  /** Brings one account's tables up to date. */
  foldAccount(accountId: string): void {
    const waiting = this.unfolded.accounts.get(accountId);
    if (waiting !== undefined) this.#foldAccounts([waiting]);
  }

  /** Brings the state of an account up to date, and nothing else of it. */
  foldState(accountId: string): void {
    const waiting = this.unfolded.accounts.get(accountId);
    if (waiting === undefined || !this.unfolded.stale.accounts.has(accountId)) return;
    this.#foldParts('accounts', [waiting]);
    this.unfolded.stale.accounts.delete(accountId);
  }

  /** Forgets answers kept before the instant, oldest first; returns how many. */
  forgetAnswers(beforeMs: number, limit: number): number {
    while ((this.unfolded.oldestAnswers(1)[0]?.recordedAtMs ?? beforeMs) < beforeMs) {
      this.#foldAnswers(foldedAnswersMax);
    }
    return this.transact(() => this.answers.forget(beforeMs, limit));
  }

  /**
   * Brings a slice of one part of the tables up to date, such as the tasks of every account, for lists over all accounts; those that
   * have been stale longest first. Returns how many accounts are done; 0 where one has so many rows that it takes another slice.
   */
  foldPart(part: TablePart): number {
    const { stale, accounts } = this.unfolded;
    const ids = stale[part];
    const slice: string[] = [];
    const waiting: UnfoldedAccount[] = [];
    let rows = 0;
    for (const accountId of ids) {
      const account = accounts.get(accountId);
      const own = account === undefined ? 0 : part === 'accounts' ? 1 : account.rowCount;
      if (slice.length > 0 && rows + own > sliceRowsMax) break;
      rows += own;
      slice.push(accountId);
      if (account !== undefined) waiting.push(account);
    }
    const [first] = slice;
    if (part !== 'accounts' && first !== undefined && rows > sliceRowsMax && this.foldSome(first)) return 0;
    this.#foldParts(part, waiting);
    for (const accountId of slice) ids.delete(accountId);
    return slice.length;
  }

  #foldParts(part: TablePart, waiting: readonly UnfoldedAccount[]): void {
    try {
      this.transact(() => {
        for (const { changes } of waiting) this.#tables.writePart(part, changes);
      });
    } catch (error) {
      if (isPassing(error)) throw error;
      for (const each of waiting) this.#foldAccounts([each]);
    }
  }

  /** Corrects the due index for accounts whose due time it did not know, or which were not folded since. */
  putDue(accountId: string, due: Due): void {
    this.transact(() => this.#tables.putDue(accountId, due));
  }

  /**
   * Folds the journal rows that exist at the start, in short transactions; the iterating caller decides when the next one runs.
   * Accounts go in the order of their ids, which is the order of the tables. At the end the journal rows are deleted, except the
   * last: later rows count on from its id.
   */
  *foldInSlices(): Generator<void> {
    const { unfolded } = this;
    const lastId = this.#lastId;
    const characters = unfolded.characters;
    let answersLeft = unfolded.answerCount;
    const accountIds = [...unfolded.accounts.keys()].sort();
    const slice: UnfoldedAccount[] = [];
    let rows = 0;
    for (const accountId of accountIds) {
      const waiting = unfolded.accounts.get(accountId);
      if (waiting === undefined) continue;
      while (this.foldSome(accountId)) yield;
      const own = waiting.rowCount;
      if (slice.length > 0 && rows + own > sliceRowsMax) {
        this.#foldAccounts(slice.splice(0));
        rows = 0;
        yield;
      }
      slice.push(waiting);
      rows += own;
    }
    this.#foldAccounts(slice);
    for (; answersLeft > 0; answersLeft -= foldedAnswersMax) {
      yield;
      this.#foldAnswers(Math.min(answersLeft, foldedAnswersMax));
    }
    do yield;
    while (this.#deleteSome(lastId));
    unfolded.characters -= characters;
  }

  /** Deletes the first rows before that one; false where none is left. */
  #deleteSome(lastId: number): boolean {
    return this.transact(() => {
      let bytes = 0;
      for (let rows = 0; rows < deletedRowsMax && bytes < deletedBytesMax; rows++) {
        const deleted = this.#deleteFirst.get(lastId);
        if (deleted === undefined) return false;
        bytes += numberColumn(deleted, 'bytes');
      }
      return true;
    });
  }

  /**
   * Folds what is left, deletes every row and leaves an empty one, whose id later rows count on from. What is written with it is
   * there exactly when they are gone. Nobody else may be folding in slices.
   */
  beginAnew(write: () => void): void {
    for (const _slice of this.foldInSlices());
    const { body, answerBodies } = encodeJournal([]);
    this.transact(() => {
      write();
      this.#append.run(this.#lastId + 1, body, answerBodies);
      this.#database.prepare('DELETE FROM journal WHERE id <= ?').run(this.#lastId);
    });
    this.#lastId += 1;
  }

  /** Rows that the tables cannot take are set aside one by one; the rest of the account and every other account are folded. */
  #foldAccounts(waiting: readonly UnfoldedAccount[]): void {
    try {
      this.transact(() => {
        for (const each of waiting) this.#tables.writeAll(each);
      });
    } catch (error) {
      if (isPassing(error)) throw error;
      for (const each of waiting) {
        const apply = this.#orSetAside(each.changes.accountId);
        this.transact(() => this.#tables.writeAll(each, apply));
      }
    }
    for (const { changes } of waiting) this.unfolded.remove(changes);
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

  #foldAnswers(count: number): void {
    this.transact(() => {
      for (const answer of this.unfolded.oldestAnswers(count)) this.answers.insert(answer);
    });
    this.unfolded.removeOldestAnswers(count);
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

  /**
   * Takes up what a process that ended in the middle left in the journal, to be folded while the store serves. Whoever
   * iterates decides when the next slice comes; nothing may be committed before the end.
   */
  *recoverInSlices(): Generator<void> {
    const next = this.#database.prepare(
      'SELECT id, body, answer_bodies FROM journal WHERE id > ? ORDER BY id LIMIT 1',
    );
    const folds = new Map<string, Fold>();
    let characters = 0;
    for (let row = next.get(0); row !== undefined; row = next.get(this.#lastId)) {
      this.#lastId = numberColumn(row, 'id');
      const text = { body: textColumn(row, 'body'), answerBodies: textColumn(row, 'answer_bodies') };
      this.#recoverRow(text, folds);
      characters += text.body.length + text.answerBodies.length;
      if (characters < recoveredCharactersMax) continue;
      characters = 0;
      yield;
    }
  }

  #recoverRow(text: JournalText, folds: Map<string, Fold>): void {
    this.unfolded.characters += text.body.length + text.answerBodies.length;
    for (const changes of this.#decode(text)) {
      const { accountId, answers } = changes;
      const fold = folds.get(accountId) ?? this.#tables.fold(accountId);
      folds.set(accountId, fold);
      if (this.#lastId > fold.journalId) this.unfolded.recover(changes, this.#lastId, fold.cells);
      // Answers are folded apart from accounts; to write one again changes nothing.
      else this.unfolded.addAnswers(answers);
    }
  }

  /** The unreadable parts of a row are set aside, so that they stop neither the start nor any other account. */
  #decode(text: JournalText): AccountChanges[] {
    try {
      return decodeJournal(text, (accountId, body, error) =>
        this.setAside.add({ accountId, noun: 'changes of an account', body, error }),
      );
    } catch (error) {
      this.setAside.add({ accountId: null, noun: 'journal row', body: JSON.stringify(text), error });
      return [];
    }
  }
}
