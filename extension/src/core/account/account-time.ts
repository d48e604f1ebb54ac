import type { Instant } from '@usagekit/server/contract';
import type { Snapshot } from './snapshot.ts';

/**
 * Converts an instant of the account's clock to this machine's clock, by the answer's `asOf`. The two clocks may differ: by a
 * little, or by months if the account is on a test clock.
 * @returns null if either is unknown.
 */
export function toLocalMs(snapshot: Snapshot, instant: Instant | null): number | null {
  if (instant === null || snapshot.summary === null || snapshot.summaryAsOfMs === null) return null;
  const aheadMs = Date.parse(instant) - Date.parse(snapshot.summary.asOf);
  return Number.isNaN(aheadMs) ? null : snapshot.summaryAsOfMs + aheadMs;
}
