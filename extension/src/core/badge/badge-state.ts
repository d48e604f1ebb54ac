import type { Blocked, MeterLevel, Summary } from '@usagekit/server/contract';
import type { Failure, Snapshot } from '../account/snapshot.ts';

/**
 * How things stand, as one word with what belongs to it. In order of precedence: what makes the figures
 * meaningless stands before what they say.
 */
export type BadgeState =
  | { kind: 'unpaired' }
  | { kind: 'loading' }
  | { kind: 'error'; failure: Failure; summary: Summary | null }
  | { kind: 'stale'; summary: Summary; asOfMs: number; failure: Failure | null }
  /** `blocked` is null for the moment between the message that work is stopped and the answer that says why. */
  | { kind: 'blocked'; summary: Summary; blocked: Blocked | null; asOfMs: number }
  | { kind: 'past_due'; summary: Summary; asOfMs: number }
  | { kind: 'low'; summary: Summary; level: LowLevel; asOfMs: number }
  | { kind: 'ok'; summary: Summary; asOfMs: number };

export type LowLevel = Extract<MeterLevel, 'warning' | 'high' | 'over'>;

/** Figures are called stale when they are older than this many of the server's own polling intervals. */
const staleAfterPolls = 3;
/** ... and never sooner than this, so that one lost request does not turn the badge grey. */
const staleAfterMsMin = 5 * 60_000;

/** Decides how things stand. */
export function decideBadgeState(isConnected: boolean, snapshot: Snapshot, nowMs: number): BadgeState {
  if (!isConnected) return { kind: 'unpaired' };
  const { summary, failure, asOfMs } = snapshot;
  if (failure !== null && (summary === null || isFinal(failure))) return { kind: 'error', failure, summary };
  if (summary === null || asOfMs === null) return { kind: 'loading' };
  const staleAfterMs = Math.max(staleAfterMsMin, staleAfterPolls * summary.pollAfterSeconds * 1000);
  if (nowMs - asOfMs > staleAfterMs) return { kind: 'stale', summary, asOfMs, failure };
  if (snapshot.isBlocked) return { kind: 'blocked', summary, blocked: summary.blocked, asOfMs };
  if (summary.pastDue) return { kind: 'past_due', summary, asOfMs };
  if (isLow(summary.level)) return { kind: 'low', summary, level: summary.level, asOfMs };
  return { kind: 'ok', summary, asOfMs };
}

/** Whether asking again cannot help, so that the last figures are no longer vouched for. */
export function isFinal(failure: Failure): boolean {
  return failure.kind === 'unauthorized' || failure.kind === 'forbidden';
}

export function isLow(level: MeterLevel): level is LowLevel {
  return level === 'warning' || level === 'high' || level === 'over';
}
