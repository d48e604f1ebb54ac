import type { Services } from './services.ts';

/** Slices of one run; the rest waits for the next run. */
export const sweptSlicesMax = 200;
/** The process that sweeps keeps doing so for this long after its last run. */
const leaseMs = 120_000;

/**
 * Rewrites rows of earlier versions in the newest format, in slices, in one process of those on the database. Nothing depends on
 * when it runs: every row is upgraded when it is read. Everybody has a turn between two slices.
 * @param isStopped Ends it after the slice that is under way.
 */
export async function sweepStored(services: Services, isStopped: () => boolean): Promise<void> {
  const { store, processId, log } = services;
  try {
    if (!(await store.takeLease('sweep', processId, leaseMs))) return;
    for (let slice = 0; slice < sweptSlicesMax && !isStopped(); slice++) {
      if (!(await store.sweepStored())) return;
      await services.nextTurn();
    }
  } catch (error) {
    log.error({ err: error }, 'What earlier versions stored could not be rewritten; it is tried again');
  }
}
