import { closeSync, fdatasync, openSync, realpathSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Needs } from '../../store.ts';
import { StoreUnavailableError } from '../../store-errors.ts';
import type { AccountChanges } from '../journal/account-changes.ts';
import { type Disk, DiskSync } from '../journal/disk-sync.ts';
import { FoldSchedule, type FoldScheduleOptions } from '../journal/fold-schedule.ts';
import { Journal } from '../journal/journal.ts';
import { NotAppendedError, WriteThread } from '../journal/write-thread.ts';
import { pagesOfLog, releaseShared } from './open-database.ts';
import type { Loss } from './reopened-store.ts';
import { canBeShared } from './shared-location.ts';
import { isPassing } from './sqlite-error.ts';

const flushDescriptor = promisify(fdatasync);

/** With a thread that does so, this one puts the log into the file after so many pages (128 MB). */
const pagesOfLogWithThread = 16_000;
/** So many commits in a row have to be of one command each before a caller is taken to be alone. */
const sharedAfter = 8;
/** How long SQLite waits for a transaction of another connection. Nobody should come to it: who writes waits for the thread before. */
const busyPatienceMs = 10_000;

export interface OpenFileOptions extends FoldScheduleOptions {
  /** Path of the database file, or `:memory:`. */
  readonly file: string;
  /** Pages of the file that the connections keep. 64 MB here and 32 MB on the thread that writes by default. */
  readonly pageCacheKilobytes?: { readonly here: number; readonly ofThread: number };
  /** Makes the file's writes durable; for tests of a failing disk. `fdatasync` by default. */
  readonly disk?: Disk;
}

/** What a file is opened with after a commit was lost on it. */
export interface OpenedAfter {
  /** Hears that nothing which was decided since can be answered. */
  readonly lost: (loss: Loss) => void;
  /** The loss before. */
  readonly after: Loss | undefined;
}

/** An open database: recovered from a crash before accounts are read, written durably, and closed once it is folded. */
export class OpenFile {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly journal: Journal;
  readonly folding: FoldSchedule;
  /** Resolves once accounts can be read; to wait for it only where `isRecovered` says no saves each call a turn. */
  readonly recovery: Promise<void>;
  /** None where the database has no file. */
  readonly #disk: DiskSync | undefined;
  readonly #hasOwnDisk: boolean;
  /** Commits that are not on the disk yet. */
  #appends = 0;
  /** Commits after which a caller may be alone again. */
  #sharedLeft = 0;
  #isRecovered = false;
  #isClosing = false;
  #descriptor: number | undefined;

  /** After a loss everything is written here, where a failure loses nothing, until the disk has taken a commit. */
  #trustThread: (() => void) | undefined;
  readonly #after: Loss | undefined;

  constructor(database: DatabaseSync, options: OpenFileOptions, { lost, after }: OpenedAfter) {
    this.database = database;
    this.path = options.file;
    this.#after = after;
    this.#hasOwnDisk = options.disk !== undefined;
    if (options.file !== ':memory:') {
      // SQLite would keep everything else waiting for the disk at each commit. It still waits where it puts the log into the file.
      database.exec('PRAGMA synchronous = NORMAL');
      this.#disk = new DiskSync(`${realpathSync(options.file)}-wal`, options.disk, (isFlush) =>
        lost({ isFlush }),
      );
    }
    if (options.pageCacheKilobytes !== undefined)
      database.exec(`PRAGMA cache_size = -${options.pageCacheKilobytes.here}`);
    this.journal = new Journal(database);
    this.folding = new FoldSchedule(this.journal, options, this.#threadStarter(options));
    if (after !== undefined) this.#trustThread = this.folding.keepHere();
    this.recovery = this.#recover();
    // Whoever needs it gets the error.
    this.recovery.catch(() => undefined);
  }

  /** The thread puts the log into the file; this one does so where that does not come about. */
  #threadStarter({ pageCacheKilobytes }: OpenFileOptions): (() => WriteThread) | undefined {
    if (!canBeShared(this.path)) return undefined;
    return () => {
      this.database.exec(`
        PRAGMA wal_autocheckpoint = ${pagesOfLogWithThread};
        PRAGMA busy_timeout = ${busyPatienceMs};
      `);
      const onEnd = () => this.database.exec(`PRAGMA wal_autocheckpoint = ${pagesOfLog}`);
      return new WriteThread(realpathSync(this.path), onEnd, pageCacheKilobytes?.ofThread);
    };
  }

  /** Whether it is more than memory. */
  get isOnDisk(): boolean {
    return this.#disk !== undefined;
  }

  /**
   * To write past SQLite. It is closed with the file and not before: the system would let go of SQLite's locks.
   */
  get descriptor(): number {
    this.#descriptor ??= openSync(this.path, 'r+');
    return this.#descriptor;
  }

  /** Resolves when all that was written by the descriptor is on the disk. */
  async flushed(): Promise<void> {
    await flushDescriptor(this.descriptor);
  }

  get isRecovered(): boolean {
    return this.#isRecovered;
  }

  /** Recovers the journal of a crash in slices, between which the process serves. Requests that need an account wait. */
  async #recover(): Promise<void> {
    for (const _slice of this.journal.recoverInSlices()) await nextTurn();
    this.#isRecovered = true;
    this.folding.start();
  }

  /** Reads or writes now. @throws StoreUnavailableError where the file is closed, or SQLite fails. */
  attempt<Value>(action: () => Value): Value {
    this.assertOpen();
    try {
      return action();
    } catch (error) {
      throw failed(error);
    }
  }

  /** Writes without the journal; when it returns, the write is on the disk. */
  async commit<Value>(write: () => Value): Promise<Value> {
    this.assertOpen();
    if (this.folding.isUnderWay) await this.folding.settled();
    const value = this.attempt(write);
    await this.durable();
    return value;
  }

  /**
   * Resolves when all that was written so far is on the disk.
   * @param isAlone Whether nobody else waits for it, as far as is known.
   */
  async durable(isAlone = false): Promise<void> {
    try {
      await this.#disk?.flush(isAlone);
    } catch (cause) {
      throw diskFailed(cause);
    }
  }

  /** Whether a commit has to wait before it decides; see `readyToCommit`. */
  get mustWait(): boolean {
    return this.folding.isFull || (this.#appender === undefined && this.folding.isWriting);
  }

  /**
   * Waits for room in the journal or, where this thread appends, for the other one's transactions.
   * @throws StoreUnavailableError where no room can be made.
   */
  async readyToCommit(): Promise<void> {
    this.assertOpen();
    await (this.folding.isFull ? this.folding.makeRoom() : this.folding.written());
  }

  /**
   * Commits changes to the journal, which were decided in this same turn. Resolves when they are on the disk. They are appended by the thread where
   * there is one, so that this one decides meanwhile, and here where a caller is alone: he would wait for the way to the thread and back.
   */
  append(changes: ReadonlyMap<string, AccountChanges>, needs: Needs): Promise<void> {
    const isAlone = this.#isAlone(needs);
    const thread = isAlone && !this.folding.isWriting ? undefined : this.#appender;
    const durable =
      thread === undefined ? this.#appendHere(changes, isAlone) : this.#appendApart(changes, thread);
    this.#appends += 1;
    return durable.finally(() => {
      this.#appends -= 1;
    });
  }

  #appendHere(changes: ReadonlyMap<string, AccountChanges>, isAlone: boolean): Promise<void> {
    const characters = this.attempt(() => this.journal.commit(changes));
    const durable = this.durable(isAlone);
    this.folding.afterCommit(characters);
    if (this.#trustThread === undefined) return durable;
    return durable.then(() => {
      this.#trustThread?.();
      this.#trustThread = undefined;
    });
  }

  #appendApart(changes: ReadonlyMap<string, AccountChanges>, thread: WriteThread): Promise<void> {
    this.assertOpen();
    const { characters, durable } = this.journal.commitApart(changes, thread);
    this.folding.afterCommit(characters);
    return durable.catch((cause) => {
      this.#disk?.fail(cause, cause instanceof NotAppendedError && cause.isFlush);
      throw diskFailed(cause);
    });
  }

  /**
   * Resolves once all that the file says is on the disk. Where a flush failed, the system may have dropped what it had taken and call it
   * clean: the log is put into the file then, which writes and flushes all of it again.
   */
  async proved(): Promise<void> {
    await this.durable();
    if (this.#after?.isFlush !== true) return;
    this.attempt(() => {
      this.database.exec('PRAGMA synchronous = FULL');
      const row = this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
      this.database.exec('PRAGMA synchronous = NORMAL');
      if (row?.busy !== 0) throw new StoreUnavailableError('The log could not be put into the file.');
    });
  }

  /** A disk that tests bring is waited for here. */
  get #appender(): WriteThread | undefined {
    return this.#hasOwnDisk ? undefined : this.folding.appender;
  }

  /**
   * Whether nobody else waits, as far as is known: it is what one command needs, where a batch asks for more accounts or more keys, nothing
   * else is under way, and the last commits were so too.
   */
  #isAlone({ accountIds, answers = [] }: Needs): boolean {
    if (this.#appends > 0 || accountIds.length > 1 || answers.length > 1) this.#sharedLeft = sharedAfter;
    else if (this.#sharedLeft > 0) this.#sharedLeft -= 1;
    else return true;
    return false;
  }

  assertOpen(): void {
    const failure = this.#disk?.failure;
    if (failure !== undefined) throw diskFailed(failure);
    if (this.#isClosing) throw new StoreUnavailableError('The store is closed.');
  }

  /** @param pending Is waited for before the file closes, whether it fails or not. */
  async close(pending: Iterable<Promise<unknown>>): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    await Promise.allSettled([this.recovery, ...pending]);
    await this.folding.stop();
    if (this.#disk?.failure === undefined) await this.#foldAtEnd();
    await this.#disk?.close();
    this.database.close();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    releaseShared(this.path);
  }

  /** In slices, so that callers learn at once that the store is closed. Where the disk stops the folds, the journal still has everything. */
  async #foldAtEnd(): Promise<void> {
    try {
      for (const _slice of this.journal.foldInSlices()) await nextTurn();
    } catch (error) {
      if (!isPassing(error) && !(error instanceof StoreUnavailableError)) throw error;
    }
  }
}

/** What SQLite could not do is told as what a caller may try again; what it cannot take at all is a mistake in the program. */
export function failed(error: unknown): unknown {
  if (!isPassing(error)) return error;
  return new StoreUnavailableError('The database file could not be read or written.', { cause: error });
}

/**
 * Everything answered before is on the disk. The fate of later writes is unknown, so nothing is read or written any more until the file is
 * opened again.
 */
function diskFailed(cause: unknown): StoreUnavailableError {
  return new StoreUnavailableError('The disk did not take a commit; the file is being opened again.', {
    cause,
  });
}
