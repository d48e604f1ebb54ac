import type { Services } from './services.ts';

/** Slices of one run; the rest waits for the next run. */
export const sweptSlicesMax = 200;
/** The process that sweeps keeps doing so for this long after its last run. */
const leaseMs = 120_000;

/**
 * Rewrites rows of earlier versions in the newest format, in slices, in one process of those on the database. Nothing depends on
 * when it runs: every row is upgraded when it is read. Nobody waits for a run, and everybody has a turn between two slices.
 */
export class StoredSweep {
  readonly #services: () => Services;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(services: () => Services) {
    this.#services = services;
  }

  /** Begins a run, unless one is under way. */
  begin(): void {
    if (this.#isStopped) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when no run is under way; none begins after it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { store, processId, log, nextTurn } = this.#services();
    try {
      if (!(await store.takeLease('sweep', processId, leaseMs))) return;
      for (let slice = 0; slice < sweptSlicesMax && !this.#isStopped; slice++) {
        if (!(await store.sweepStored())) return;
        await nextTurn();
      }
    } catch (error) {
      log.error({ err: error }, 'What earlier versions stored could not be rewritten; it is tried again');
    }
  }
}
