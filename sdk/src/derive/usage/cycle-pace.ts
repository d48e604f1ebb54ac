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
 * The mean rate of the cycle so far, carried on to its end.
 * Null until three days have passed, and where nothing was used, since then it would be a guess.
 */
export function cyclePace(percent: number, cycle: Cycle, asOf: Instant): CyclePace | null {
  const startMs = Date.parse(cycle.countedFrom ?? cycle.startsAt);
  const endMs = Date.parse(cycle.endsAt);
  const elapsedMs = Date.parse(asOf) - startMs;
  if (percent <= 0 || elapsedMs < elapsedMsMin || elapsedMs > endMs - startMs) return null;
  const runsOutMs = startMs + (elapsedMs * 100) / percent;
  return {
    percentAtEnd: (percent * (endMs - startMs)) / elapsedMs,
    runsOutAt: percent < 100 && runsOutMs < endMs ? new Date(runsOutMs).toISOString() : null,
  };
}
