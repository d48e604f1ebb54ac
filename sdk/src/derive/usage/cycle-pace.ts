import { type Cycle, type Instant, msPerDay } from '@usagekit/server/contract';

/** Where use is going if the rest of the cycle is as its beginning was. */
export interface CyclePace {
  /** Expected use at the cycle's end, in percent of the allowance. */
  percentAtEnd: number;
  /** When 100% is reached; null where that is not within the cycle, or has happened. */
  runsOutAt: Instant | null;
}

const elapsedMsMin = 3 * msPerDay;

/**
 * The mean rate of the cycle so far, carried on to its end: what was used by the time that has passed, today included, as a
 * chart's expected figures have it (`dayPoints`). What is held counts where the allowance stands, and is no use yet.
 * Null until three days have passed, and where nothing was used, since then it would be a guess.
 *
 * @param percent used and held
 */
export function cyclePace(
  percent: number,
  heldPercent: number,
  cycle: Cycle,
  asOf: Instant,
): CyclePace | null {
  const nowMs = Date.parse(asOf);
  const endMs = Date.parse(cycle.endsAt);
  const elapsedMs = nowMs - Date.parse(cycle.countedFrom ?? cycle.startsAt);
  const used = percent - heldPercent;
  if (used <= 0 || elapsedMs < elapsedMsMin || nowMs > endMs) return null;
  const runsOutMs = nowMs + (elapsedMs * (100 - percent)) / used;
  return {
    percentAtEnd: percent + (used * (endMs - nowMs)) / elapsedMs,
    runsOutAt: percent < 100 && runsOutMs < endMs ? new Date(runsOutMs).toISOString() : null,
  };
}
