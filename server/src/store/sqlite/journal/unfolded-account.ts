import { CellSums } from '../../../domain/usage/cell-sums.ts';
import type { UsageCell } from '../../../domain/usage/state.ts';
import type { AccountChanges } from './account-changes.ts';

/** How far the cells of an account are folded beyond the rest of it. */
export interface CellMark {
  /** The cells of every journal row through this one are folded. */
  readonly journalId: number;
  /** The cells of the rows after it, through this one, are being folded in slices; 0 where none are. */
  readonly partJournalId: number;
  /** So many of their sums are folded: the first ones, in the order in which they appear in the journal. */
  readonly partCount: number;
}

export const noCellMark: CellMark = { journalId: 0, partJournalId: 0, partCount: 0 };

/** The sums of some journal rows, set apart so that later rows do not change them while they are folded in slices. */
interface CellPart {
  readonly journalId: number;
  readonly sums: CellSums;
  folded: number;
}

/** An account's changes that the journal holds and the tables do not. */
export class UnfoldedAccount {
  readonly changes: AccountChanges;
  /** The last journal row with changes of the account. */
  journalId: number;
  #cellsFoldedThrough = 0;
  #part: CellPart | undefined;

  constructor(changes: AccountChanges, journalId: number) {
    this.changes = changes;
    this.journalId = journalId;
  }

  /** Takes over what a later journal row changed. */
  add(later: AccountChanges, journalId: number): void {
    this.changes.add(later);
    this.journalId = journalId;
  }

  /** All rows that a fold writes, about. */
  get rowCount(): number {
    return this.changes.factCount + this.cellCount + 2;
  }

  get cellCount(): number {
    const apart = this.#part === undefined ? 0 : this.#part.sums.cells.length - this.#part.folded;
    return apart + this.changes.cells.cells.length;
  }

  /** The sums that are not folded, of every row. */
  cells(): readonly UsageCell[] {
    const present = this.changes.cells.cells;
    return this.#part === undefined
      ? present
      : [...this.#part.sums.cells.slice(this.#part.folded), ...present];
  }

  /** The next cells to fold, at most so many, and the mark to write with them. They stay until `dropCells`. */
  nextCells(count: number): { readonly cells: readonly UsageCell[]; readonly mark: CellMark } {
    const { journalId, sums, folded } = this.#setApart();
    const cells = sums.cells.slice(folded, folded + count);
    const partCount = folded + cells.length;
    const mark =
      partCount === sums.cells.length
        ? { ...noCellMark, journalId }
        : { journalId: this.#cellsFoldedThrough, partJournalId: journalId, partCount };
    return { cells, mark };
  }

  /** The cells that `nextCells` gave are folded. */
  dropCells({ journalId, partCount }: CellMark): void {
    this.#cellsFoldedThrough = journalId;
    if (partCount === 0) this.#part = undefined;
    else if (this.#part !== undefined) this.#part.folded = partCount;
  }

  /** Takes up the mark that a crash left, and the cells of a row that was being folded in slices. */
  recover(mark: CellMark, cells: readonly UsageCell[]): void {
    this.#cellsFoldedThrough = mark.journalId;
    if (mark.partJournalId === 0) return;
    this.#part ??= { journalId: mark.partJournalId, sums: new CellSums(), folded: mark.partCount };
    for (const cell of cells) this.#part.sums.add(cell);
  }

  #setApart(): CellPart {
    if (this.#part === undefined) {
      this.#part = { journalId: this.journalId, sums: this.changes.cells, folded: 0 };
      this.changes.cells = new CellSums();
    }
    return this.#part;
  }
}
