import type { Services } from './services.ts';

/** Slices of one run; what is left comes with the next. */
const slicesMax = 50;
/** The process that sweeps keeps doing so for this long after its last run. */
const leaseMs = 120_000;

/**
 * Brings what earlier versions stored to the newest format, in slices, by one process of those on the database. Nothing depends on
 * when it runs: what is read is upgraded at once, written or not.
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
