import type { Services } from '../services.ts';
import { forgottenBeforeMs, forgottenNouns } from './retention.ts';

/** Rows of one slice: a few milliseconds, in which nobody else has a turn where the store is a file. */
export const forgottenAtOnce = 500;
/** Slices of one run, of all nouns together; the rest waits for the next run. */
export const forgettingSlicesMax = 200;
/** The process that forgets keeps doing so for this long after its last run. */
const leaseMs = 120_000;

/**
 * Forgets what was kept long enough, in slices between which others have their turn, in one process of those on the database.
 * Rows that a slice could not forget wait for the next run.
 */
export async function forgetOld(services: Services): Promise<void> {
  const { store, clock, retention, processId, log } = services;
  try {
    if (!(await store.takeLease('forget', processId, leaseMs))) return;
    let slices = 0;
    for (const noun of forgottenNouns) {
      const beforeMs = forgottenBeforeMs(retention, noun, clock.systemMs);
      for (; slices < forgettingSlicesMax; slices++) {
        if ((await store.forgetOld(noun, beforeMs, forgottenAtOnce)) < forgottenAtOnce) break;
        await services.nextTurn();
      }
    }
  } catch (error) {
    log.error({ err: error }, 'What was kept long enough could not be forgotten; it is tried again');
  }
}
