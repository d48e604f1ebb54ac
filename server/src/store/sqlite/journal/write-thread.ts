import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../../../threads/start-worker.ts';
import { StoreUnavailableError } from '../../store-errors.ts';
import type { OverwrittenSlice, OverwrittenTo } from '../upkeep/overwrite-unused.ts';
import { type FoldOutcome, type FoldWork, type PackedWork, packWork } from './fold-work.ts';
import type { OtherWriter } from './journal.ts';
import type { JournalText } from './journal-codec.ts';

/** A row of the journal that is to be appended. */
export interface JournalRow extends JournalText {
  readonly id: number;
}

/** What the thread is started with. */
export interface WriteThreadData {
  readonly file: string;
  /** Pages of the file that its connection keeps. */
  readonly pageCacheKilobytes: number;
  /** How many transactions the thread has ended; 1 once a row that it appended may be lost. */
  readonly state: Int32Array;
}

export type WriteThreadRequest =
  | { readonly kind: 'append'; readonly row: JournalRow }
  | {
      readonly kind: 'fold';
      readonly work: PackedWork;
      /** Whether SQLite overwrites what is replaced. */
      readonly replacesWithZeros: boolean;
    }
  /** Puts the log into the file. Commits of another connection go on meanwhile, except where it is a transaction. */
  | { readonly kind: 'copy log'; readonly isTransaction: boolean }
  | {
      readonly kind: 'overwrite';
      /** Of the file. */
      readonly descriptor: number;
      readonly from: OverwrittenTo;
    }
  | { readonly kind: 'end' };

export type WriteThreadReply =
  | { readonly kind: 'ready' }
  /** Every row up to that one is on the disk. */
  | { readonly kind: 'appended'; readonly throughId: number }
  /** What was appended since the last such reply is lost, and nothing is appended any more. */
  | { readonly kind: 'not appended'; readonly error: string; readonly isFlush: boolean }
  | { readonly kind: 'folded'; readonly outcome: FoldOutcome; readonly pagesInLog: number }
  | { readonly kind: 'not folded'; readonly error: string }
  | { readonly kind: 'log copied'; readonly pages: LogPages }
  | { readonly kind: 'overwritten'; readonly slice: OverwrittenSlice }
  | { readonly kind: 'not overwritten'; readonly error: string };

/** How long the log is. */
export interface LogPages {
  readonly all: number;
  /** Those that are not in the file yet. */
  readonly left: number;
}

/** A row of the journal may be lost. */
export class NotAppendedError extends Error {
  override readonly name = 'NotAppendedError';
  /** Whether it was written, and not flushed. */
  readonly isFlush: boolean;

  constructor(message: string, isFlush: boolean) {
    super(message);
    this.isFlush = isFlush;
  }
}

interface Append {
  readonly id: number;
  readonly waiting: PromiseWithResolvers<void>;
}

/**
 * From so many pages on (32 MB) the log begins at its start again once it was put into the file. At full load that is every second or so, and commits
 * wait a few milliseconds for it.
 */
export const begunAgainPages = 4_000;

/** The longest that the transactions under way may take before this thread looks for itself. */
const patienceMs = 10_000;

/** Memory for the thread's young objects: each transaction makes some thousands, which it needs no more after it. */
const youngMegabytesMax = 32;

/**
 * Appends to the journal and writes the steps of a fold in a thread and on a connection of its own, one transaction after another, in
 * the order in which they were asked for. The file lets one connection write at a time, so this thread does not write meanwhile.
 */
export class WriteThread implements OtherWriter {
  readonly #worker: Worker;
  readonly #state = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  readonly #onEnd: () => void;
  /** Transactions that were asked for. */
  #begun = 0;
  #appends: Append[] = [];
  #fold: PromiseWithResolvers<FoldOutcome> | undefined = undefined;
  #copy: PromiseWithResolvers<void> | undefined = undefined;
  #overwriting: PromiseWithResolvers<OverwrittenSlice> | undefined = undefined;
  #isCopyingRest = false;
  #pagesInLog = 0;
  #isReady = false;
  #hasEnded = false;
  #isStopping = false;

  /**
   * @param file Of a database that this process has opened for several connections.
   * @param onEnd Hears where the thread cannot be started, or ends by itself.
   * @param pageCacheKilobytes Pages of the file that its connection keeps.
   */
  constructor(file: string, onEnd: () => void, pageCacheKilobytes = 32_768) {
    this.#onEnd = onEnd;
    const workerData: WriteThreadData = { file, pageCacheKilobytes, state: this.#state };
    this.#worker = startWorker(import.meta.url, './write-worker', {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytesMax },
    });
    this.#worker.on('message', (reply: WriteThreadReply) => this.#hear(reply));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('It has exited.')));
    // What is not asked for is no reason to stay alive: a process that ends folds when it opens the file again.
    this.#worker.unref();
  }

  /** Whether it takes requests. */
  get isReady(): boolean {
    return this.#isReady && !this.#hasEnded;
  }

  /** Whether it is going to take requests. */
  get isStarting(): boolean {
    return !this.#isReady && !this.#hasEnded;
  }

  /** Whether it could not be started, or ended by itself. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether a transaction is under way or waits; false from the last commit on, a moment before its outcome is told. */
  get isWriting(): boolean {
    return !this.#hasEnded && Atomics.load(this.#state, 0) !== this.#begun;
  }

  /** Whether the log is being put into the file, for which everything that is asked for meanwhile would wait. */
  get isCopyingLog(): boolean {
    return this.#copy !== undefined;
  }

  /** Pages in the log that were not put into the file when it was last looked at. */
  get pagesInLog(): number {
    return this.#pagesInLog;
  }

  /** Resolves when the row is on the disk, and all rows before it. @throws where it may be lost; then nothing more is appended. */
  append(row: JournalRow): Promise<void> {
    const waiting = Promise.withResolvers<void>();
    this.#appends.push({ id: row.id, waiting });
    this.#begun += 1;
    this.#ask({ kind: 'append', row });
    return waiting.promise;
  }

  /** Does a step of a fold. @throws where the disk fails, and where nobody knows whether it was done. */
  fold(work: FoldWork, replacesWithZeros: boolean): Promise<FoldOutcome> {
    const waiting = Promise.withResolvers<FoldOutcome>();
    this.#fold = waiting;
    this.#begun += 1;
    this.#ask({ kind: 'fold', work: packWork(work), replacesWithZeros });
    return waiting.promise;
  }

  /**
   * Puts the log into the file. Where it has become long, what is committed here meanwhile is put there at the end, in a transaction of its own, so
   * that it begins at its start again: else the log of a caller who never rests would grow, and a flush takes twice as long where its file does.
   */
  copyLog(): Promise<void> {
    const waiting = Promise.withResolvers<void>();
    this.#copy = waiting;
    this.#ask({ kind: 'copy log', isTransaction: false });
    return waiting.promise;
  }

  /** Overwrites a slice of the bytes that the file does not use; see `overwriteUnused`. @throws where the disk fails. */
  overwrite(descriptor: number, from: OverwrittenTo): Promise<OverwrittenSlice> {
    const waiting = Promise.withResolvers<OverwrittenSlice>();
    this.#overwriting = waiting;
    this.#begun += 1;
    this.#ask({ kind: 'overwrite', descriptor, from });
    return waiting.promise;
  }

  waitNow(): void {
    while (this.isWriting) {
      const ended = Atomics.load(this.#state, 0);
      if (ended !== this.#begun && Atomics.wait(this.#state, 0, ended, patienceMs) === 'timed-out') break;
    }
    if (Atomics.load(this.#state, 1) === 1) throw new StoreUnavailableError('A commit is lost.');
  }

  /** Resolves when all transactions that were asked for have ended. */
  async written(): Promise<void> {
    while (this.isWriting) {
      const asked =
        this.#fold?.promise ??
        this.#overwriting?.promise ??
        this.#appends.at(-1)?.waiting.promise ??
        this.#copy?.promise;
      const waiting = asked ?? nextTurn();
      // Who asked for it gets the error.
      await waiting.then(nothing, nothing);
    }
  }

  /** Closes its connection, once all that was asked for is done. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    const exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    // An answer on its way, such as that it has started, is no reason to end the process before the thread has ended.
    this.#isStopping = true;
    this.#ask({ kind: 'end' });
    await exited;
  }

  #ask(request: WriteThreadRequest): void {
    this.#worker.ref();
    this.#worker.postMessage(request);
  }

  #hear(reply: WriteThreadReply): void {
    switch (reply.kind) {
      case 'ready':
        this.#isReady = true;
        break;
      case 'appended':
        this.#appended(reply.throughId);
        break;
      case 'not appended':
        this.#rejectAppends(new NotAppendedError(reply.error, reply.isFlush));
        break;
      case 'folded':
        this.#pagesInLog = reply.pagesInLog;
        this.#fold?.resolve(reply.outcome);
        this.#fold = undefined;
        break;
      case 'not folded':
        this.#fold?.reject(new Error(reply.error));
        this.#fold = undefined;
        break;
      case 'log copied':
        this.#copied(reply.pages);
        break;
      case 'overwritten':
        this.#pagesInLog = 0;
        this.#overwriting?.resolve(reply.slice);
        this.#overwriting = undefined;
        break;
      case 'not overwritten':
        this.#overwriting?.reject(new Error(reply.error));
        this.#overwriting = undefined;
    }
    const isAsked =
      this.#appends.length > 0 ||
      this.#fold !== undefined ||
      this.#copy !== undefined ||
      this.#overwriting !== undefined;
    if (!isAsked && !this.#isStopping) this.#worker.unref();
  }

  #appended(throughId: number): void {
    let count = 0;
    for (const { id, waiting } of this.#appends) {
      if (id > throughId) break;
      waiting.resolve();
      count += 1;
    }
    this.#appends = this.#appends.slice(count);
  }

  #copied({ all, left }: LogPages): void {
    this.#pagesInLog = left;
    if (left > 0 && all >= begunAgainPages && !this.#isCopyingRest) {
      this.#isCopyingRest = true;
      this.#begun += 1;
      this.#ask({ kind: 'copy log', isTransaction: true });
      return;
    }
    this.#isCopyingRest = false;
    this.#copy?.resolve();
    this.#copy = undefined;
  }

  #rejectAppends(error: Error): void {
    for (const { waiting } of this.#appends) waiting.reject(error);
    this.#appends = [];
  }

  #end(cause: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const error = new Error('The thread that writes has ended.', { cause });
    this.#rejectAppends(error);
    this.#fold?.reject(error);
    this.#fold = undefined;
    this.#overwriting?.reject(error);
    this.#overwriting = undefined;
    this.#copy?.resolve();
    this.#copy = undefined;
    this.#onEnd();
  }
}

function nothing(): void {}
