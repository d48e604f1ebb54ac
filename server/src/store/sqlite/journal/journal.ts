import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Due } from '../../parts/due.ts';
import { ownStopwatch, SliceBudget, type Stopwatch } from '../../parts/slice-budget.ts';
import { numberColumn, textColumn } from '../../sql/columns.ts';
import { StoreUnavailableError } from '../../store-errors.ts';
import { isPassing } from '../open/sqlite-error.ts';
import type { AccountChanges } from './account-changes.ts';
import { AnswerTable } from './answer-table.ts';
import { type FoldStep, FoldSteps, foldedAccountOf, sliceRowsMax, wholeRowsMax } from './fold-steps.ts';
import type { FoldOutcome } from './fold-work.ts';
import { FoldWriter } from './fold-writer.ts';
import type { Fold } from './folded-writes.ts';
import { appendSql, decodeJournal, encodeJournal, type JournalText } from './journal-codec.ts';
import type { SetAsideTable } from './set-aside-table.ts';
import { type TablePart, Unfolded } from './unfolded.ts';
import type { UnfoldedAccount } from './unfolded-account.ts';
import type { JournalRow, WriteThread } from './write-thread.ts';

/** Text of the journal that is read and decoded in one go after a crash: a few milliseconds. */
const recoveredCharactersMax = 200_000;
/** Answers that are folded in one transaction. */
const foldedAnswersMax = 200;

/** Something that writes to the database on another thread. */
export interface OtherWriter {
  /** Blocks this thread until the other one has ended its transactions: a millisecond or a few. */
  waitNow(): void;
}

/**
 * A commit is one row of the journal, so that a batch over many accounts dirties a few pages in a row instead of one
 * or more for each account. Folding brings the tables by account up to date later, account by account, many changes of
 * one account at a time. What is not folded yet is held in memory too, and found again in the journal after a crash.
 */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #writer: FoldWriter;
  readonly #append: StatementSync;
  #lastId = 0;
  readonly answers: AnswerTable;
  readonly setAside: SetAsideTable;
  readonly unfolded = new Unfolded();
  /** Writes here wait for it. */
  otherWriter: OtherWriter | undefined = undefined;
  /** Whether data that is replaced is to be overwritten, since somebody is being erased. */
  replacesWithZeros = false;
  #isStepUnderWay = false;
  readonly #stopwatchMs: Stopwatch;
  readonly #steps: FoldSteps;

  /** @param stopwatchMs Ends slices; for tests of slices that take long. */
  constructor(database: DatabaseSync, stopwatchMs: Stopwatch = ownStopwatch) {
    this.#database = database;
    this.#stopwatchMs = stopwatchMs;
    this.#writer = new FoldWriter(database, stopwatchMs);
    this.answers = new AnswerTable(database);
    this.#steps = new FoldSteps(
      { unfolded: this.unfolded, tables: this.#writer.tables, answers: this.answers },
      stopwatchMs,
    );
    this.setAside = this.#writer.setAside;
    this.#append = database.prepare(appendSql);
  }

  /**
   * Writes the changes, all or none; they are durable once the disk has them. When it throws, nothing was written. Returns the length of
   * the row.
   */
  commit(changes: ReadonlyMap<string, AccountChanges>): number {
    const row = this.#rowOf(changes);
    this.otherWriter?.waitNow();
    this.#append.run(row.id, row.body, row.answerBodies);
    return this.#add(changes, row);
  }

  /** Has the thread append the changes. They are read from now on, and answered once `durable` resolves. */
  commitApart(
    changes: ReadonlyMap<string, AccountChanges>,
    thread: WriteThread,
  ): { characters: number; durable: Promise<void> } {
    const row = this.#rowOf(changes);
    const durable = thread.append(row);
    return { characters: this.#add(changes, row), durable };
  }

  #rowOf(changes: ReadonlyMap<string, AccountChanges>): JournalRow {
    return { id: this.#lastId + 1, ...encodeJournal(changes.values()) };
  }

  #add(changes: ReadonlyMap<string, AccountChanges>, { id, body, answerBodies }: JournalRow): number {
    this.#lastId = id;
    for (const account of changes.values()) this.unfolded.add(account, id);
    const characters = body.length + answerBodies.length;
    this.unfolded.characters += characters;
    return characters;
  }

  /** @throws where an account is being folded on another thread: what is committed of it may not be folded before that. */
  #assertNothingUnderWay(): void {
    if (this.#isStepUnderWay || this.unfolded.underWay.size > 0)
      throw new StoreUnavailableError('Accounts are being folded.');
  }

  /** Folds a slice of the facts or the cells of an account that has very many, so that no fold takes long; false where few are left. */
  foldSome(accountId: string): boolean {
    this.#assertNothingUnderWay();
    const step = this.#steps.some(accountId);
    return step !== undefined && this.run(step) !== 'faulty';
  }

  /** Brings one account's tables up to date. */
  foldAccount(accountId: string): void {
    this.#assertNothingUnderWay();
    const waiting = this.unfolded.accounts.get(accountId);
    if (waiting !== undefined) this.run(this.#steps.accounts([waiting]));
  }

  /** Does a step of a fold on this thread. @throws where the disk fails; then nothing has changed. */
  run(step: FoldStep): FoldOutcome {
    this.otherWriter?.waitNow();
    let outcome: FoldOutcome;
    try {
      outcome = this.#writer.write(step.work);
    } catch (error) {
      step.failed();
      throw error;
    }
    step.done(outcome);
    return outcome;
  }

  /** Does a step of a fold on another thread. @throws where it was not done; then it waits again. */
  async runApart(step: FoldStep, thread: Pick<WriteThread, 'fold'>): Promise<void> {
    this.#isStepUnderWay = true;
    let outcome: FoldOutcome;
    try {
      outcome = await thread.fold(step.work, this.replacesWithZeros);
    } catch (error) {
      step.failed();
      throw error;
    } finally {
      this.#isStepUnderWay = false;
    }
    step.done(outcome);
  }

  /** Whether so many answers wait as are folded in one transaction. */
  get hasManyAnswers(): boolean {
    return this.unfolded.answerCount >= foldedAnswersMax;
  }

  /** Folds the answers that were kept first. */
  answersStep(count = foldedAnswersMax): FoldStep {
    return this.#steps.answers(count);
  }

  /** Forgets answers kept before the instant, oldest first; returns how many. */
  forgetAnswers(beforeMs: number, limit: number): number {
    this.#assertNothingUnderWay();
    // Where more of them are old, the next call folds them.
    if ((this.unfolded.oldestAnswers(1)[0]?.recordedAtMs ?? beforeMs) < beforeMs)
      this.run(this.answersStep());
    return this.transact(() => this.answers.forget(beforeMs, limit));
  }

  /**
   * Brings a slice of one part of the tables up to date, such as the tasks of every account, for lists over all accounts; those that
   * have been stale longest first. Returns how many accounts are done; 0 where one has so many rows that it takes another slice.
   */
  foldPart(part: TablePart): number {
    this.#assertNothingUnderWay();
    const { stale, accounts } = this.unfolded;
    const ids = stale[part];
    const slice: string[] = [];
    let rows = 0;
    for (const accountId of ids) {
      const account = accounts.get(accountId);
      const own = account === undefined ? 0 : part === 'accounts' ? 1 : account.rowCount;
      if (slice.length > 0 && (rows + own > sliceRowsMax || own > wholeRowsMax)) break;
      rows += own;
      slice.push(accountId);
    }
    const [first] = slice;
    if (slice.length === 1 && first !== undefined && rows > wholeRowsMax && this.foldSome(first)) return 0;
    const foldedIds = slice.slice(0, this.#foldParts(part, slice));
    for (const accountId of foldedIds) ids.delete(accountId);
    return foldedIds.length;
  }

  /** Returns how many of the accounts there was time for. */
  #foldParts(part: TablePart, accountIds: readonly string[]): number {
    const budget = new SliceBudget(this.#stopwatchMs);
    const { accounts } = this.unfolded;
    let folded = 0;
    try {
      this.transact(() => {
        for (const accountId of budget.take(accountIds)) {
          const changes = accounts.get(accountId)?.changes;
          if (changes !== undefined) this.#writer.tables.writePart(part, changes);
          folded += 1;
        }
      });
    } catch (error) {
      if (isPassing(error)) throw error;
      for (const accountId of accountIds) this.foldAccount(accountId);
      return accountIds.length;
    }
    return folded;
  }

  /** Reads one account's tables as if it were folded, where it cannot be since the disk takes no writes. */
  readAsIfFolded<Value>(accountId: string, read: () => Value): Value {
    const waiting = this.unfolded.accounts.get(accountId);
    return this.#readAsIf(() => {
      if (waiting !== undefined) this.#writer.tables.writeAll(foldedAccountOf(waiting));
    }, read);
  }

  /** The same of a part of the tables of every account. */
  readAsIfPartFolded<Value>(part: TablePart, read: () => Value): Value {
    return this.#readAsIf(() => {
      for (const accountId of this.unfolded.stale[part]) {
        const changes = this.unfolded.accounts.get(accountId)?.changes;
        if (changes !== undefined) this.#writer.tables.writePart(part, changes);
      }
    }, read);
  }

  #readAsIf<Value>(write: () => void, read: () => Value): Value {
    this.#assertNothingUnderWay();
    this.otherWriter?.waitNow();
    return this.#writer.readAsIf(write, read);
  }

  /** Corrects the due index for accounts whose due time it did not know, or which were not folded since. */
  putDue(accountId: string, due: Due): void {
    this.transact(() => this.#writer.tables.putDue(accountId, due));
  }

  /** Does the steps of a fold on this thread; the iterating caller decides when the next one runs. */
  *foldInSlices(): Generator<void> {
    for (const step of this.foldSteps()) {
      this.run(step);
      yield;
    }
  }

  /**
   * Folds the journal rows that exist at the start, in short transactions. Accounts go in the order of their ids, which is the order of
   * the tables. At the end the journal rows are deleted, except the last: later rows count on from its id.
   * @param rowsMax Rows of several accounts that are folded together.
   */
  *foldSteps(rowsMax = sliceRowsMax): Generator<FoldStep> {
    const { unfolded } = this;
    const lastId = this.#lastId;
    const characters = unfolded.characters;
    const answersThrough = unfolded.answersFolded + unfolded.answerCount;
    const accountIds = [...unfolded.accounts.keys()].sort();
    let slice: UnfoldedAccount[] = [];
    let rows = 0;
    for (const accountId of accountIds) {
      yield* this.#steps.large(accountId);
      const waiting = unfolded.accounts.get(accountId);
      if (waiting === undefined) continue;
      const own = waiting.rowCount;
      if (slice.length > 0 && rows + own > rowsMax) {
        yield* this.#steps.inSlices(slice);
        slice = [];
        rows = 0;
      }
      slice.push(waiting);
      rows += own;
    }
    yield* this.#steps.inSlices(slice);
    for (;;) {
      // Some were folded by themselves since, and later ones wait behind them.
      const left = answersThrough - unfolded.answersFolded;
      if (left <= 0) break;
      yield this.answersStep(Math.min(left, foldedAnswersMax));
    }
    yield* this.#steps.rows(lastId);
    // Where an erasure folded everything meanwhile, they are not counted any more.
    unfolded.characters = Math.max(0, unfolded.characters - characters);
  }

  /**
   * Folds what is left, deletes every row and leaves an empty one, whose id later rows count on from. What is written with it is
   * there exactly when they are gone. Nobody else may be folding in slices.
   */
  beginAnew(write: () => void): void {
    this.#assertNothingUnderWay();
    for (const _slice of this.foldInSlices());
    const { body, answerBodies } = encodeJournal([]);
    this.transact(() => {
      write();
      this.#append.run(this.#lastId + 1, body, answerBodies);
      this.#database.prepare('DELETE FROM journal WHERE id <= ?').run(this.#lastId);
    });
    this.#lastId += 1;
  }

  /** A transaction that need not be durable at once, as a fold. */
  transact<Value>(write: () => Value): Value {
    this.otherWriter?.waitNow();
    return this.#writer.transact(write);
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
    let budget = new SliceBudget(this.#stopwatchMs);
    for (let row = next.get(0); row !== undefined; row = next.get(this.#lastId)) {
      this.#lastId = numberColumn(row, 'id');
      const text = { body: textColumn(row, 'body'), answerBodies: textColumn(row, 'answer_bodies') };
      this.#recoverRow(text, folds);
      characters += text.body.length + text.answerBodies.length;
      if (characters < recoveredCharactersMax && !budget.isSpent) continue;
      characters = 0;
      yield;
      budget = new SliceBudget(this.#stopwatchMs);
    }
  }

  #recoverRow(text: JournalText, folds: Map<string, Fold>): void {
    this.unfolded.characters += text.body.length + text.answerBodies.length;
    for (const changes of this.#decode(text)) {
      const { accountId, answers } = changes;
      const fold = folds.get(accountId) ?? this.#writer.tables.fold(accountId);
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
