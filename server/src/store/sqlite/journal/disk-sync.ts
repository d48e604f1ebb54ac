import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const syncFile = promisify(fdatasync);

/**
 * Waits for the disk apart from the thread that decides: what SQLite wrote to its log without waiting is made durable by an
 * fdatasync of our own. Those who ask while one is under way share the next one.
 */
export class DiskSync {
  readonly #descriptor: number;
  readonly #sync: (descriptor: number) => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /**
   * @param file The database's write-ahead log, which stays the same file while the database is open. SQLite holds no lock on it,
   * so closing it here releases none.
   */
  constructor(file: string, sync: (descriptor: number) => Promise<void> = syncFile) {
    this.#descriptor = openSync(file, 'r+');
    this.#sync = sync;
  }

  /**
   * Resolves when all that was written before the call is on the disk. After a failure every call fails: the system may have
   * dropped what it could not write, so that a later success would say nothing of it.
   */
  flush(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    if (this.#running === undefined) {
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

  /** The error of the flush that failed, after which nothing may be acknowledged. */
  get failure(): unknown {
    return this.#failure?.error;
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#next, this.#running]);
    closeSync(this.#descriptor);
  }

  async #run(): Promise<void> {
    try {
      await this.#sync(this.#descriptor);
    } catch (error) {
      this.#failure = { error };
      throw error;
    } finally {
      this.#running = undefined;
    }
  }
}
