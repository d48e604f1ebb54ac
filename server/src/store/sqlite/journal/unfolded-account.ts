import { apiBounds } from '../../../contract/api-bounds.ts';
import { CellSums } from '../../../domain/usage/cell-sums.ts';
import type { AddedCell } from '../../../domain/usage/state.ts';
import type { AccountChanges } from './account-changes.ts';

/** How far the cells of an account are folded beyond the rest of it. */
export interface CellMark {
  /** The cells of every journal row through this one are folded. */
  readonly journalId: number;
  /** The cells of the rows after it, through this one, are being folded in slices; 0 where none are. */
  readonly partJournalId: number;
  /**
   * Sums whose hash is no larger are folded; -1 where none are. A row that turns out to be damaged takes nothing but its own sums with it
   * so.
   */
  readonly partHash: number;
  /**
   * What files that began a fold with an earlier version have instead of the hash: the first sums, so many, in the order in which they
   * appear in the journal, are folded.
   */
  readonly partCount: number;
}

export const noCellMark: CellMark = { journalId: 0, partJournalId: 0, partHash: -1, partCount: 0 };

/** Of hashes of cells. */
const hashMax = 2 ** 32 - 1;
/** Cells that are hashed in one slice: some milliseconds. */
const hashedMax = 5_000;

/** The values that the table has of the series and the day of a cell. */
export type StoredValues = (cell: AddedCell) => ReadonlySet<string>;

/** Cells to fold, and the mark to write with them. */
export interface NextCells {
  readonly cells: readonly AddedCell[];
  readonly mark: CellMark;
  /** They only take their places, with nothing to add: to do it again changes nothing. */
  readonly arePlaces: boolean;
}

/** Values of one metric and dimension on one day. */
interface DayValues {
  /** One of its cells. */
  readonly cell: AddedCell;
  readonly values: Set<string>;
}

/**
 * The sums of some journal rows, set apart so that later rows do not change them while they are folded in slices. Slices go in the order of
 * hashes, but a day keeps the values that come first: where it cannot keep all of them, they take their places before any is added.
 */
class CellPart {
  readonly journalId: number;
  readonly #sums: CellSums;
  readonly #began: CellMark;
  #hashes = new Uint32Array(0);
  #hashed = 0;
  readonly #days = new Map<string, DayValues>();
  /** In the order in which they came. */
  #places: readonly AddedCell[] | undefined;
  #placed = 0;
  /** Those with no larger hash are folded. */
  #through: number;
  #folded = 0;

  /** @param began What was folded of them before a crash. */
  constructor(journalId: number, sums: CellSums, began: CellMark) {
    this.journalId = journalId;
    this.#sums = sums;
    this.#began = began;
    this.#through = began.partHash;
  }

  /** The mark that a part has before this process folds any of it. */
  get beginning(): CellMark {
    return { ...this.#began, partJournalId: this.journalId };
  }

  /** Nothing may be taken before the last one is added. */
  add(cell: AddedCell): void {
    this.#sums.add(cell);
  }

  /** At most so many are left; fewer after a crash, since nobody knows how many were folded before it. */
  get cellCount(): number {
    return this.#sums.cells.length - this.#began.partCount - this.#folded;
  }

  cells(): AddedCell[] {
    const { partCount } = this.#began;
    return this.#sums.cells.filter(
      (cell, place) => place >= partCount && (this.#through === -1 || hashOf(cell) > this.#through),
    );
  }

  /** Reads some of the cells, as has to be done before any is taken; true once all are read. */
  prepare(): boolean {
    const { cells } = this.#sums;
    if (this.#hashes.length === 0) this.#hashes = new Uint32Array(cells.length);
    const end = Math.min(this.#hashed + hashedMax, cells.length);
    for (; this.#hashed < end; this.#hashed++) {
      const cell = cells[this.#hashed] as AddedCell;
      this.#hashes[this.#hashed] = hashOf(cell);
      if (cell.dimension !== '') this.#noteValue(cell);
    }
    return this.#hashed === cells.length;
  }

  /** The next cells that have to take their places first, at most so many. */
  nextPlaces(count: number, stored: StoredValues): readonly AddedCell[] {
    this.#places ??= this.#crowdedCells(stored);
    const next = this.#places.slice(this.#placed, this.#placed + count);
    return next.map((cell) => ({ ...cell, quantity: 0n }));
  }

  dropPlaces(count: number): void {
    this.#placed += count;
  }

  /**
   * The next ones, about so many at most, and the hash through which all are folded with them; undefined where none are left
   * after them.
   */
  next(count: number): { readonly cells: readonly AddedCell[]; readonly through: number | undefined } {
    const { cells } = this.#sums;
    // Three quarters, since hashes are spread by chance.
    const slices = Math.ceil(cells.length / (count * 0.75));
    const through = Math.min(this.#through + Math.ceil(hashMax / slices), hashMax);
    return {
      cells: cells.filter((_, place) => this.#isBetween(place, through)),
      through: through === hashMax ? undefined : through,
    };
  }

  drop(through: number): void {
    for (let place = 0; place < this.#hashes.length; place++)
      if (this.#isBetween(place, through)) this.#folded += 1;
    this.#through = through;
  }

  #isBetween(place: number, through: number): boolean {
    const hash = this.#hashes[place] ?? 0;
    return place >= this.#began.partCount && hash > this.#through && hash <= through;
  }

  #noteValue(cell: AddedCell): void {
    const name = dayOf(cell);
    const day = this.#days.get(name);
    if (day === undefined) this.#days.set(name, { cell, values: new Set([cell.value]) });
    else day.values.add(cell.value);
  }

  #crowdedCells(stored: StoredValues): readonly AddedCell[] {
    // Where some are folded, all have their places.
    if (this.#through !== -1) return [];
    const crowded = new Set<string>();
    for (const [name, { cell, values }] of this.#days) {
      // Of a day that has left some out nobody knows how many values its parts have.
      for (const value of stored(cell)) values.add(value);
      if (values.size > apiBounds.seriesValuesMax) crowded.add(name);
    }
    this.#days.clear();
    return crowded.size === 0 ? [] : this.#sums.cells.filter((cell) => crowded.has(dayOf(cell)));
  }
}

function dayOf({ day, metric, dimension }: AddedCell): string {
  return `${day}\n${metric}\n${dimension}`;
}

/** The same in every process: FNV-1a of what a cell is of. */
function hashOf({ day, metric, dimension, value, hour, memberId }: AddedCell): number {
  let hash = 0x811c9dc5 ^ day;
  const texts = [metric, dimension, value];
  if (memberId !== undefined) texts.push(memberId);
  for (const text of texts)
    for (let at = 0; at <= text.length; at++)
      // Past its end stands a mark, so that no two texts run into each other.
      hash = Math.imul(hash ^ (at === text.length ? 0x1f : text.charCodeAt(at)), 0x01000193);
  if (hour !== undefined) hash = Math.imul(hash ^ (hour + 1), 0x01000193);
  return hash >>> 0;
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
    return (this.#part?.cellCount ?? 0) + this.changes.cells.cells.length;
  }

  /** The sums that are not folded, of every row. */
  cells(): readonly AddedCell[] {
    const present = this.changes.cells.cells;
    return this.#part === undefined ? present : [...this.#part.cells(), ...present];
  }

  /**
   * The next cells to fold, about so many at most. They stay until `dropCells`. Of very many the first few times give none.
   */
  nextCells(count: number, stored: StoredValues): NextCells {
    const part = this.#setApart();
    const beginning = { ...part.beginning, journalId: this.#cellsFoldedThrough };
    if (!part.prepare()) return { cells: [], mark: beginning, arePlaces: true };
    const places = part.nextPlaces(count, stored);
    if (places.length > 0) return { cells: places, mark: beginning, arePlaces: true };
    const { cells, through } = part.next(count);
    const mark =
      through === undefined
        ? { ...noCellMark, journalId: part.journalId }
        : { ...beginning, partHash: through };
    return { cells, mark, arePlaces: false };
  }

  /** The cells that `nextCells` gave are folded. */
  dropCells({ cells, mark, arePlaces }: NextCells): void {
    const { journalId, partJournalId, partHash } = mark;
    if (arePlaces) {
      this.#part?.dropPlaces(cells.length);
      return;
    }
    this.#cellsFoldedThrough = journalId;
    if (partJournalId === 0) this.#part = undefined;
    else this.#part?.drop(partHash);
  }

  /** Takes up the mark that a crash left, and the cells of a row that was being folded in slices. */
  recover(mark: CellMark, cells: readonly AddedCell[]): void {
    this.#cellsFoldedThrough = mark.journalId;
    if (mark.partJournalId === 0) return;
    this.#part ??= new CellPart(mark.partJournalId, new CellSums(), mark);
    for (const cell of cells) this.#part.add(cell);
  }

  #setApart(): CellPart {
    if (this.#part === undefined) {
      this.#part = new CellPart(this.journalId, this.changes.cells, noCellMark);
      this.changes.cells = new CellSums();
    }
    return this.#part;
  }
}
