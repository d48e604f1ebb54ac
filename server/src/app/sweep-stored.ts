import type { Services } from './services.ts';

/** Slices of one run; the rest waits for the next run. */
const slicesMax = 50;
/** The process that sweeps keeps doing so for this long after its last run. */
const leaseMs = 120_000;

/**
 * Rewrites rows of earlier versions in the newest format, in slices, in one process of those on the database. Nothing depends on
 * when it runs: every row is upgraded when it is read.
 */
export async function sweepStored(services: Services): Promise<void> {
  const { store, processId, log } = services;
  try {
    if (!(await store.takeLease('sweep', processId, leaseMs))) return;
    for (let slice = 0; slice < slicesMax; slice++) {
      if (!(await store.sweepStored())) return;
      await services.nextTurn();
    }
  } catch (error) {
    log.error({ err: error }, 'What earlier versions stored could not be rewritten; it is tried again');
  }
}
