import { doubled } from '@usagekit/server/contract';
import { toLocalMs } from '../account/account-time.ts';
import type { Snapshot } from '../account/snapshot.ts';
import { isFinal } from '../badge/badge-state.ts';

/** An alarm cannot be nearer than this (Chrome's floor). */
export const pollAfterSecondsMin = 30;
/** However long the server says to wait, figures are asked for this often. */
export const pollAfterSecondsMax = 3600;
/** The longest pause between attempts while the server cannot be reached. */
export const backoffSecondsMax = 600;
/** Until the first summary says otherwise. */
const pollAfterSecondsDefault = 60;
/** Share of the wait that is added at random, so that many browsers do not ask in the same second. */
const jitterShare = 0.1;
/** A reset is asked for this long after it, at random, for the same reason. */
const afterResetMs = { min: 1000, max: 6000 };

export interface NextPoll {
  atMs: number;
  /** Why then; for diagnostics and tests. */
  reason: 'first' | 'paced' | 'reset' | 'backoff' | 'retry_after' | 'ended';
}

/**
 * When to ask the server next, while nothing is visible.
 * @param random from 0 (inclusive) to 1 (exclusive).
 * No answer ends it: after one that says that the token has ended the server is asked seldom, since it may be mended.
 */
export function decideNextPoll(snapshot: Snapshot, nowMs: number, random: number): NextPoll {
  const { failure, summary } = snapshot;
  if (failure !== null) {
    if (isFinal(failure)) {
      return { atMs: nowMs + withJitterMs(pollAfterSecondsMax, random), reason: 'ended' };
    }
    const backoffSeconds = doubled(pollAfterSecondsMin, failure.count - 1, backoffSecondsMax);
    const retryAfterSeconds = failure.retryAfterSeconds ?? 0;
    return retryAfterSeconds > backoffSeconds
      ? {
          atMs: nowMs + withJitterMs(Math.min(retryAfterSeconds, pollAfterSecondsMax), random),
          reason: 'retry_after',
        }
      : { atMs: nowMs + withJitterMs(backoffSeconds, random), reason: 'backoff' };
  }
  if (summary === null) return { atMs: nowMs + withJitterMs(pollAfterSecondsMin, random), reason: 'first' };

  const pacedAtMs = nowMs + withJitterMs(clampPollSeconds(summary.pollAfterSeconds), random);
  const resetAtMs = nextResetAtMs(snapshot, nowMs);
  if (resetAtMs === null) return { atMs: pacedAtMs, reason: 'paced' };
  const afterResetAtMs = resetAtMs + afterResetMs.min + random * (afterResetMs.max - afterResetMs.min);
  return afterResetAtMs < pacedAtMs
    ? { atMs: afterResetAtMs, reason: 'reset' }
    : { atMs: pacedAtMs, reason: 'paced' };
}

function clampPollSeconds(seconds: number): number {
  const wanted = Number.isFinite(seconds) ? seconds : pollAfterSecondsDefault;
  return Math.min(pollAfterSecondsMax, Math.max(pollAfterSecondsMin, wanted));
}

function withJitterMs(seconds: number, random: number): number {
  return Math.round(seconds * 1000 * (1 + jitterShare * random));
}

/** The earliest reset that lies ahead, by this machine's clock. */
function nextResetAtMs(snapshot: Snapshot, nowMs: number): number | null {
  const { summary } = snapshot;
  if (summary === null) return null;
  const instants = [
    summary.resetsAt,
    summary.blocked?.resetsAt ?? null,
    ...summary.meters.map((m) => m.resetsAt),
  ];
  const ahead = instants
    .map((instant) => toLocalMs(snapshot, instant))
    .filter((atMs): atMs is number => atMs !== null && atMs > nowMs);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/**
 * Whether a worker that wakes, or a browser that is back on line, should ask without waiting for its alarm: where the
 * last attempt failed, a moment ago excepted.
 */
export function isWorthAnotherTry({ failure }: Snapshot, nowMs: number): boolean {
  return failure !== null && !isFinal(failure) && nowMs - failure.atMs >= pollAfterSecondsMin * 1000;
}

/** The cause of a refresh. */
export type RefreshCause = 'alarm' | 'opened' | 'asked' | 'live' | 'hint';

/**
 * Hints and messages of the socket ask at most this often. A message has the small figures with it, so that the whole
 * may follow this late; how often a site may hint is the hint gate's.
 */
export const liveIntervalMs = 1000;
/** Figures younger than this are good enough for a popup that was opened. */
export const freshForMs = 2000;

export type RefreshDecision = { ask: 'now' } | { ask: 'later'; atMs: number } | { ask: 'no' };

/**
 * Whether to ask the server for this cause. A hint or a live message is never lost: one that comes too soon is asked
 * for later, once.
 * @param lastAskedAtMs when the server was asked last, whatever it answered.
 */
export function decideRefresh(
  cause: RefreshCause,
  lastAskedAtMs: number | null,
  nowMs: number,
): RefreshDecision {
  if (lastAskedAtMs === null || cause === 'alarm' || cause === 'asked') return { ask: 'now' };
  const sinceMs = nowMs - lastAskedAtMs;
  if (cause === 'opened') return sinceMs < freshForMs ? { ask: 'no' } : { ask: 'now' };
  return sinceMs < liveIntervalMs ? { ask: 'later', atMs: lastAskedAtMs + liveIntervalMs } : { ask: 'now' };
}
