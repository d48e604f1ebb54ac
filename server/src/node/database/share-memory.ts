import type { SqliteStoreOptions } from '../../store/sqlite/sqlite-store.ts';

/** Megabytes that a server takes at most, about, unless it is told otherwise. */
export const memoryMegabytesDefault = 900;
/** With less, hardly an account would be kept. */
export const memoryMegabytesMin = 450;
export const memoryMegabytesMax = 1_000_000;

/**
 * By how much V8 lets the heap grow beyond what is in use before it collects the old generation, in percent. V8 itself takes up to 300, so that a
 * server whose accounts and journal take 150 MB stood at 600. Each collection has less to do so: its longest stop was 26 ms where it was 80.
 */
export const heapGrowingPercent = 90;

/** The program's own code, and what V8 takes for young objects. */
const programMegabytes = 230;
/** What the program has on the heap before it keeps anything. */
const heapOfProgramMegabytes = 40;

/** The thread that writes to a SQLite file, without its pages of the file. */
const writeThreadMegabytes = 50;
/** Pages of a SQLite file that the connections keep: more are no use, since the system keeps the file too. */
const pageCacheMegabytesMax = 96;
const pageCacheShare = 1 / 6;
const pageCacheOfThreadShare = 1 / 3;

/** Of what is left for accounts and journal. */
const journalShare = 2 / 3;
/** A character of the journal, in memory, with what commits may add while it is full. */
const bytesOfJournalCharacter = 4.2;
/** A longer one would take longer to recover after a crash. */
const journalCharactersMax = 36_000_000;
/** Folding begins with so much of it. */
const foldingShare = 5 / 9;

/** An account with its subscription, its use and a few grants; `accountWeight` says what counts as more than one. */
const bytesOfAccount = 3_000;
/** A member, a hold or a task, with its key. */
const bytesOfItem = 1_000;
/** A cache keeps up to twice as many as it is set to. */
const cacheFactor = 2;

const megabyte = 1_000_000;

/** What the parts of a server keep in memory. */
export interface SqliteShares
  extends Required<
    Pick<SqliteStoreOptions, 'accountsCached' | 'foldCharacters' | 'foldCharactersMax' | 'pageCacheKilobytes'>
  > {}

/** Shares the memory of a server with a SQLite file out to accounts, journal and pages of the file. */
export function shareMemoryOnSqlite(megabytes: number): SqliteShares {
  const rest = megabytes - programMegabytes - writeThreadMegabytes;
  const pages = Math.min(rest * pageCacheShare, pageCacheMegabytesMax);
  const kept = keptOf(rest - pages);
  const foldCharactersMax = Math.floor(
    Math.min((kept * journalShare * megabyte) / bytesOfJournalCharacter, journalCharactersMax),
  );
  const journal = (foldCharactersMax * bytesOfJournalCharacter) / megabyte;
  return {
    accountsCached: Math.floor(((kept - journal) * megabyte) / (cacheFactor * bytesOfAccount)),
    foldCharacters: Math.floor(foldCharactersMax * foldingShare),
    foldCharactersMax,
    pageCacheKilobytes: {
      here: Math.floor(pages * (1 - pageCacheOfThreadShare) * 1_000),
      ofThread: Math.floor(pages * pageCacheOfThreadShare * 1_000),
    },
  };
}

/** The same with PostgreSQL, which has pages and journal itself. */
export function shareMemoryOnPostgres(megabytes: number): { readonly accountsCached: number } {
  const kept = keptOf(megabytes - programMegabytes);
  return {
    accountsCached: Math.floor((kept * megabyte) / (cacheFactor * (bytesOfAccount + bytesOfItem))),
  };
}

/** What may be kept on a heap of so many megabytes, garbage included. */
function keptOf(heap: number): number {
  return heap / (1 + heapGrowingPercent / 100) - heapOfProgramMegabytes;
}
