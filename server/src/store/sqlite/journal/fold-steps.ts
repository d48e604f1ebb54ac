import { SliceSize, type Stopwatch } from '../../parts/slice-budget.ts';
import { type AccountChanges, factsBetween } from './account-changes.ts';
import type { AnswerTable } from './answer-table.ts';
import { type FoldedAccount, type FoldOutcome, type FoldWork, writtenOf } from './fold-work.ts';
import type { FoldedWrites } from './folded-writes.ts';
import type { Unfolded } from './unfolded.ts';
import type { CellMark, UnfoldedAccount } from './unfolded-account.ts';

/** Rows that are folded in one transaction at most; where they take longer than a slice may, it ends with fewer (`SliceBudget`). */
export const sliceRowsMax = 600;
/**
 * So many facts of one account, and so many cells, are left for the transaction in which the account is folded; more are folded
 * before it.
 */
const factsLeftMax = 50;
export const leftMax = 150;
/** An account with more of both is folded in slices first. */
export const wholeRowsMax = factsLeftMax + leftMax;

/** A transaction of a fold, and what follows from it. Either `done` or `failed` is called after it, before the next step is made. */
export interface FoldStep {
  readonly work: FoldWork;
  done(outcome: FoldOutcome): void;
  /** Nothing of it, or not all of it, was written; everything that was not written waits again. */
  failed(): void;
}

/** What the steps of a fold read, and what they leave changed. */
export interface FoldedParts {
  readonly unfolded: Unfolded;
  readonly tables: FoldedWrites;
  readonly answers: AnswerTable;
}

/** Makes the steps of a fold from what waits. None of them writes: the journal does them on this thread or on another one. */
export class FoldSteps {
  readonly #parts: FoldedParts;
  /** Cells that are folded together: which ones they are is said before they are written. */
  readonly #cells: SliceSize;

  /** @param stopwatchMs Ends slices. */
  constructor(parts: FoldedParts, stopwatchMs: Stopwatch) {
    this.#parts = parts;
    this.#cells = new SliceSize({ rowsMax: sliceRowsMax, stopwatchMs });
  }

  /** Folds a slice of what an account has very many of; undefined where few are left. */
  some(accountId: string): FoldStep | undefined {
    const waiting = this.#parts.unfolded.accounts.get(accountId);
    if (waiting === undefined) return undefined;
    if (waiting.changes.factCount > factsLeftMax) return this.#someFacts(waiting.changes);
    return waiting.cellCount > leftMax ? this.#someCells(waiting) : undefined;
  }

  /** To write facts again after a crash changes nothing. */
  #someFacts(changes: AccountChanges): FoldStep {
    const { accountId } = changes;
    const facts = changes.oldestFacts(sliceRowsMax);
    return {
      work: { kind: 'facts', accountId, facts },
      done: (outcome) => {
        if (outcome === 'faulty') return;
        const written = factsBetween(facts, 0, writtenOf(outcome, Number.POSITIVE_INFINITY));
        changes.dropFacts(written);
        this.#parts.unfolded.removeFacts(accountId, written);
      },
      failed: () => undefined,
    };
  }

  /** Cells are added once, so a mark is written with them. */
  #someCells(waiting: UnfoldedAccount): FoldStep {
    const { accountId } = waiting.changes;
    const { tables } = this.#parts;
    const took = this.#cells.begin();
    const next = waiting.nextCells(this.#cells.rows, (cell) => tables.valuesOf(cell));
    const { cells, mark, arePlaces } = next;
    return {
      work: { kind: 'cells', accountId, cells, mark },
      done: (outcome) => {
        if (cells.length > 0) took(cells.length);
        if (outcome !== 'faulty') waiting.dropCells(next);
      },
      failed: () => {
        if (!arePlaces && isSameMark(tables.fold(accountId).cells, mark)) waiting.dropCells(next);
      },
    };
  }

  /** What is committed of the accounts while they are folded is kept apart. */
  accounts(waiting: readonly UnfoldedAccount[]): FoldStep {
    const { unfolded } = this.#parts;
    const accounts = waiting.map(foldedAccountOf);
    for (const each of waiting) unfolded.setApart(each);
    return {
      work: { kind: 'accounts', accounts },
      done: (outcome) => {
        const written = writtenOf(outcome, waiting.length);
        for (const each of waiting.slice(0, written)) unfolded.remove(each);
        for (const each of waiting.slice(written)) unfolded.takeBack(each);
      },
      failed: () => {
        // Where rows were set aside, or nobody knows, the marks tell which accounts were folded.
        for (const each of waiting) {
          const fold = this.#parts.tables.fold(each.changes.accountId);
          if (fold.journalId >= each.journalId) unfolded.remove(each);
          else unfolded.takeBack(each);
        }
      },
    };
  }

  /** Folds the answers that were kept first. */
  answers(count: number): FoldStep {
    const answers = this.#parts.unfolded.oldestAnswers(count);
    return {
      work: { kind: 'answers', answers },
      done: (outcome) => {
        const written = writtenOf(outcome, answers.length);
        for (const { key } of answers.slice(0, written)) this.#parts.answers.note(key);
        this.#parts.unfolded.removeOldestAnswers(written);
      },
      failed: () => undefined,
    };
  }

  /** One step for the accounts, or more where the time of one was over. */
  *inSlices(slice: readonly UnfoldedAccount[]): Generator<FoldStep> {
    for (let left = slice; ; ) {
      left = this.#stillWaiting(left);
      if (left.length === 0) return;
      yield this.accounts(left);
    }
  }

  /** The slices of an account that has very many facts or cells, until few are left. */
  *large(accountId: string): Generator<FoldStep> {
    for (let step = this.some(accountId); step !== undefined; step = this.some(accountId)) {
      let isFaulty = false;
      const { work, failed, done } = step;
      yield {
        work,
        failed,
        done: (outcome) => {
          isFaulty = outcome === 'faulty';
          done(outcome);
        },
      };
      // The faulty row is found when the rest is folded.
      if (isFaulty) return;
    }
  }

  /** Without accounts that were folded by themselves since they were put into the slice. */
  #stillWaiting(slice: readonly UnfoldedAccount[]): UnfoldedAccount[] {
    return slice.filter(
      (waiting) => this.#parts.unfolded.accounts.get(waiting.changes.accountId) === waiting,
    );
  }

  /** Deletes the rows of the journal before the one with the id. */
  *rows(beforeId: number): Generator<FoldStep> {
    let outcome: FoldOutcome = 'more';
    while (outcome === 'more')
      yield {
        work: { kind: 'rows', beforeId },
        done: (deleted) => {
          outcome = deleted;
        },
        failed: () => undefined,
      };
  }
}

/** All that waits of an account, as it is folded. */
export function foldedAccountOf(waiting: UnfoldedAccount): FoldedAccount {
  const { changes, journalId } = waiting;
  const { accountId, version, encoded } = changes;
  const facts = changes.oldestFacts(Number.POSITIVE_INFINITY);
  return { accountId, version, encoded, facts, cells: waiting.cells(), journalId };
}

function isSameMark(a: CellMark, b: CellMark): boolean {
  return a.journalId === b.journalId && a.partJournalId === b.partJournalId && a.partHash === b.partHash;
}
