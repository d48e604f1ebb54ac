import type { Instant } from '@usagekit/server/contract';
import type { Snapshot } from './snapshot.ts';

/**
 * When an instant of the account's clock comes by this machine's clock, reckoned from the answer's `asOf`.
 * The two clocks may differ: by a little, or by months where the account is on a test clock.
 * @returns null where either is not known.
 */
export function toLocalMs(snapshot: Snapshot, instant: Instant | null): number | null {
  if (instant === null || snapshot.summary === null || snapshot.reckonedAtMs === null) return null;
  const aheadMs = Date.parse(instant) - Date.parse(snapshot.summary.asOf);
  return Number.isNaN(aheadMs) ? null : snapshot.reckonedAtMs + aheadMs;
}
