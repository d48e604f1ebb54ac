import { Worker } from 'node:worker_threads';
import type { FoldOutcome, FoldWork } from './fold-work.ts';
import type { OtherWriter } from './journal.ts';

/** What the thread is started with. */
export interface FoldThreadData {
  readonly file: string;
  /** One number: 1 while a transaction of the thread is under way or on its way, 0 otherwise. */
  readonly state: SharedArrayBuffer;
}

export interface FoldThreadRequest {
  /** Null where only the log is to be put into the file. */
  readonly work: FoldWork | null;
  /** Whether SQLite overwrites what is replaced. */
  readonly replacesWithZeros: boolean;
}

export type FoldThreadReply = { readonly outcome: FoldOutcome } | { readonly error: string };

/** The longest that one transaction may take before this thread looks for itself. */
const patienceMs = 10_000;

/** Memory for the thread's young objects: each transaction makes some thousands, which it needs no more after it. */
const youngMegabytesMax = 32;

/**
 * Writes the steps of a fold in a thread and on a connection of its own, one at a time. The file lets one connection write at a time,
 * so this thread does not write while a step is under way.
 */
export class FoldThread implements OtherWriter {
  readonly #worker: Worker;
  readonly #state: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  readonly #isWriting = new Int32Array(this.#state);
  #waiting: PromiseWithResolvers<FoldOutcome> | undefined = undefined;
  #isReady = false;
  #hasEnded = false;

  readonly #onEnd: () => void;

  /**
   * @param file Of a database that this process has opened for several connections.
   * @param onEnd Hears where the thread cannot be started, or ends by itself.
   */
  constructor(file: string, onEnd: () => void) {
    this.#onEnd = onEnd;
    // The sources run as they are; what is published is JavaScript.
    const script = import.meta.url.endsWith('.ts') ? './fold-worker.ts' : './fold-worker.js';
    const workerData: FoldThreadData = { file, state: this.#state };
    this.#worker = new Worker(new URL(script, import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytesMax },
    });
    this.#worker.on('message', (reply: FoldThreadReply) => this.#hear(reply));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('The thread that folds has ended.')));
    // Folding is no reason to stay alive: a process that ends folds when it opens the file again.
    this.#worker.unref();
  }

  /** Whether it takes work. */
  get isReady(): boolean {
    return this.#isReady && !this.#hasEnded;
  }

  /** Whether its transaction is under way; false from the commit on, a moment before its outcome is told. */
  get isWriting(): boolean {
    return Atomics.load(this.#isWriting, 0) === 1;
  }

  /** Does a step of a fold. @throws where the disk fails, and where nobody knows whether it was done. */
  write(work: FoldWork, replacesWithZeros: boolean): Promise<FoldOutcome> {
    Atomics.store(this.#isWriting, 0, 1);
    return this.#ask({ work, replacesWithZeros });
  }

  /** Puts the log into the file where it is long; commits go on meanwhile. */
  async copyLog(): Promise<void> {
    await this.#ask({ work: null, replacesWithZeros: false });
  }

  waitNow(): void {
    if (this.isWriting) Atomics.wait(this.#isWriting, 0, 1, patienceMs);
  }

  /** Closes its connection. Nothing may be under way. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const ended = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.ref();
    this.#worker.postMessage('end');
    await ended;
  }

  #ask(request: FoldThreadRequest): Promise<FoldOutcome> {
    const waiting = Promise.withResolvers<FoldOutcome>();
    this.#waiting = waiting;
    this.#worker.ref();
    this.#worker.postMessage(request);
    return waiting.promise;
  }

  #hear(reply: FoldThreadReply): void {
    this.#isReady = true;
    this.#worker.unref();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if ('outcome' in reply) waiting?.resolve(reply.outcome);
    else waiting?.reject(new Error(reply.error));
  }

  #end(cause: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    Atomics.store(this.#isWriting, 0, 0);
    this.#waiting?.reject(new Error('The thread that folds has ended.', { cause }));
    this.#waiting = undefined;
    this.#onEnd();
  }
}
