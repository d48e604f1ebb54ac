import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const syncFile = promisify(fdatasync);

/** A disk that took the last flush within so many milliseconds may be waited for by the thread that decides. */
const quickMs = 1;

/** Makes what was written to a file durable, in two ways of waiting for it. */
export interface Disk {
  /** Apart from the thread that decides. */
  sync(descriptor: number): Promise<void>;
  /** On that thread: what a lone caller waits for, without two hops between threads. Nobody waits so without it. */
  syncNow?(descriptor: number): void;
}

const ownDisk: Disk = { sync: syncFile, syncNow: fdatasyncSync };

/**
 * Waits for the disk apart from the thread that decides: what SQLite wrote to its log without waiting is made durable by an
 * fdatasync of our own. Those who ask while one is under way share the next one. Where a command is alone and the disk is
 * quick, the deciding thread waits itself: a flush takes less time then than the way to another thread and back.
 */
export class DiskSync {
  readonly #descriptor: number;
  readonly #disk: Disk;
  readonly #onFailure: (isFlush: boolean) => void;
  /** How long the last flush took. */
  #lastMs = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /**
   * @param file The database's write-ahead log, which stays the same file while the database is open. SQLite holds no lock on it,
   * so closing it here releases none.
   * @param onFailure Hears of the first failure, and whether a flush of its own failed.
   */
  constructor(file: string, disk: Disk = ownDisk, onFailure: (isFlush: boolean) => void = () => undefined) {
    this.#descriptor = openSync(file, 'r+');
    this.#disk = disk;
    this.#onFailure = onFailure;
  }

  /**
   * Resolves when all that was written before the call is on the disk. After a failure every call fails: the system may have
   * dropped what it could not write, so that a later success would say nothing of it.
   * @param isAlone Whether nobody else waits for it, as far as is known.
   */
  flush(isAlone = false): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    if (this.#running === undefined) {
      if (isAlone && this.#lastMs <= quickMs && this.#disk.syncNow !== undefined)
        return this.#now((descriptor) => this.#disk.syncNow?.(descriptor));
      this.#running = this.#run();
      return this.#running;
    }
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      this.#running = this.#run();
      return this.#running;
    });
    return this.#next;
  }

  /** Waits on this thread, for one that has nothing better to do meanwhile. @throws as `flush` rejects. */
  flushNow(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    try {
      fdatasyncSync(this.#descriptor);
    } catch (error) {
      this.fail(error, true);
      throw error;
    }
  }

  /** The error of the flush that failed, after which nothing may be acknowledged. */
  get failure(): unknown {
    return this.#failure?.error;
  }

  /** What was written on another thread was not taken. @param isFlush Whether it was written, and not flushed. */
  fail(error: unknown, isFlush: boolean): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    this.#onFailure(isFlush);
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#next, this.#running]);
    closeSync(this.#descriptor);
  }

  async #run(): Promise<void> {
    const startedAtMs = performance.now();
    try {
      await this.#disk.sync(this.#descriptor);
    } catch (error) {
      this.fail(error, true);
      throw error;
    } finally {
      this.#running = undefined;
    }
    this.#lastMs = performance.now() - startedAtMs;
  }

  #now(sync: (descriptor: number) => void): Promise<void> {
    const startedAtMs = performance.now();
    try {
      sync(this.#descriptor);
    } catch (error) {
      this.fail(error, true);
      return Promise.reject(error);
    }
    this.#lastMs = performance.now() - startedAtMs;
    return Promise.resolve();
  }
}
