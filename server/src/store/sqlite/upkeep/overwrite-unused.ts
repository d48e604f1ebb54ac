import { readSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { ownStopwatch, SliceBudget, type Stopwatch } from '../../parts/slice-budget.ts';
import { numberColumn } from '../../sql/columns.ts';
import { type ByteRange, isOfTree, type OverflowChain, pagesMax, readTreePage } from './unused-bytes.ts';

/** How far the unused bytes of a file are overwritten. */
export interface OverwrittenTo {
  /** First the pages that are free, then those in use. */
  readonly phase: 'free' | 'used';
  /** Pages up to that one are done. */
  readonly page: number;
}

export const notOverwritten: OverwrittenTo = { phase: 'free', page: 0 };

export interface OverwrittenSlice {
  /** Null at the end. */
  readonly next: OverwrittenTo | null;
  /** Pages that are not as the file format says, and were left as they are. */
  readonly leftPages: number;
}

/** Pages that are read in one go. */
const pagesRead = 32;

/**
 * Overwrites a slice of the bytes that the file does not use with zeros, in place: what was deleted or moved is still there. No page that is in use
 * changes, so neither a crash nor a reader finds anything else than before. It writes past SQLite, which has no call for it, and so
 * - the log is put into the file first and a transaction begun, so that the file is all there is, and nobody writes;
 * - the transaction changes a page, so that SQLite drops what other connections keep of the pages in memory, which would bring the bytes back.
 *
 * The caller has to set `secure_delete` before the first slice and until after the last one: what is freed meanwhile is overwritten by SQLite.
 * @param descriptor Of the file. To close it lets go of the locks that the process has on the file, so it has to be closed after SQLite's own.
 * @returns where it ended; the same place where the log is being read, to be asked again.
 */
export function overwriteUnused(
  database: DatabaseSync,
  descriptor: number,
  from: OverwrittenTo,
  stopwatchMs: Stopwatch = ownStopwatch,
): OverwrittenSlice {
  if (database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy !== 0)
    return { next: from, leftPages: 0 };
  database.exec('BEGIN IMMEDIATE');
  try {
    // Not what this connection has of the pages either.
    database.exec('PRAGMA shrink_memory');
    const roots = database.prepare('SELECT rootpage FROM sqlite_schema WHERE rootpage > 0').all();
    const slice = new Slice(
      descriptor,
      roots.map((row) => numberColumn(row, 'rootpage')),
      new SliceBudget(stopwatchMs),
    ).run(from);
    const version = numberColumn(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
    database.exec(`PRAGMA user_version = ${version}; COMMIT`);
    return slice;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

class Slice {
  readonly #descriptor: number;
  readonly #roots: readonly number[];
  readonly #budget: SliceBudget;
  readonly #pageBytes: number;
  readonly #usableBytes: number;
  readonly #pages: number;
  readonly #firstTrunk: number;
  readonly #hasPageMap: boolean;
  readonly #zeros: Buffer;
  #leftPages = 0;

  constructor(descriptor: number, roots: readonly number[], budget: SliceBudget) {
    this.#descriptor = descriptor;
    this.#roots = roots;
    this.#budget = budget;
    // https://www.sqlite.org/fileformat2.html#the_database_header
    const header = Buffer.alloc(100);
    readSync(descriptor, header, 0, header.length, 0);
    const size = header.readUInt16BE(16);
    this.#pageBytes = size === 1 ? 65_536 : size;
    this.#usableBytes = this.#pageBytes - header.readUInt8(20);
    this.#pages = header.readUInt32BE(28);
    this.#firstTrunk = header.readUInt32BE(32);
    this.#hasPageMap = header.readUInt32BE(52) !== 0;
    this.#zeros = Buffer.alloc(this.#pageBytes);
  }

  run(from: OverwrittenTo): OverwrittenSlice {
    if (this.#hasPageMap || this.#pages >= pagesMax) return { next: null, leftPages: this.#pages };
    const next = from.phase === 'free' ? this.#overwriteFree(from.page) : this.#overwriteUsed(from.page);
    return { next, leftPages: this.#leftPages };
  }

  /** All of a free page. */
  #overwriteFree(after: number): OverwrittenTo {
    const isFree = this.#freePages();
    for (let number = isFree.indexOf(1, after + 1); number > 0; number = isFree.indexOf(1, number + 1)) {
      this.#overwrite(number, this.#read(number), [[0, this.#pageBytes]]);
      if (this.#budget.isSpent) return { phase: 'free', page: number };
    }
    return { phase: 'used', page: 0 };
  }

  /** A 1 for each free page, by its number. The pages of the list itself are not among them; what follows the list in them is overwritten. */
  #freePages(): Uint8Array {
    const isFree = new Uint8Array(this.#pages + 1);
    for (let number = this.#firstTrunk; number !== 0; ) {
      const trunk = this.#read(number);
      const count = trunk.readUInt32BE(4);
      for (let index = 0; index < count; index += 1) isFree[trunk.readUInt32BE(8 + 4 * index)] = 1;
      this.#overwrite(number, trunk, [[8 + 4 * count, this.#pageBytes]]);
      number = trunk.readUInt32BE(0);
    }
    return isFree;
  }

  /**
   * The roots come first in each slice: where a tree grows or shrinks by a level, SQLite copies a root's page, or to it, with its
   * unused bytes.
   */
  #overwriteUsed(after: number): OverwrittenTo | null {
    for (const number of this.#roots) this.#overwriteIn(number, this.#read(number));
    for (let first = after + 1; first <= this.#pages; first += pagesRead) {
      const last = Math.min(first + pagesRead - 1, this.#pages);
      const block = this.#read(first, last - first + 1);
      for (let number = first; number <= last; number += 1) {
        const at = (number - first) * this.#pageBytes;
        this.#overwriteIn(number, block.subarray(at, at + this.#pageBytes));
      }
      if (this.#budget.isSpent && last < this.#pages) return { phase: 'used', page: last };
    }
    return null;
  }

  #overwriteIn(number: number, page: Buffer): void {
    if (!isOfTree(page)) return;
    const content = readTreePage(page, this.#usableBytes);
    if (content === undefined) {
      this.#leftPages += 1;
      return;
    }
    this.#overwrite(number, page, content.unused);
    for (const chain of content.chains) this.#overwriteEnd(chain);
  }

  /** What follows a value in the last of its pages. */
  #overwriteEnd({ firstPage, bytes }: OverflowChain): void {
    const room = this.#usableBytes - 4;
    let number = firstPage;
    let left = bytes;
    while (left > room && number !== 0 && number <= this.#pages) {
      number = this.#read(number).readUInt32BE(0);
      left -= room;
    }
    const page = number === 0 || number > this.#pages ? undefined : this.#read(number);
    if (page?.readUInt32BE(0) !== 0) this.#leftPages += 1;
    else this.#overwrite(number, page, [[4 + left, this.#usableBytes]]);
  }

  #overwrite(number: number, page: Buffer, unused: readonly ByteRange[]): void {
    for (const [from, to] of unused) {
      const isZero = page.compare(this.#zeros, 0, to - from, from, to) === 0;
      if (isZero) continue;
      writeSync(this.#descriptor, this.#zeros, 0, to - from, (number - 1) * this.#pageBytes + from);
    }
  }

  #read(number: number, count = 1): Buffer {
    const block = Buffer.alloc(count * this.#pageBytes);
    readSync(this.#descriptor, block, 0, block.length, (number - 1) * this.#pageBytes);
    return block;
  }
}
