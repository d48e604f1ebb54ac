import type { Snapshot } from '../account/snapshot.ts';

/** The cause that stops work. */
export interface FoundBlock {
  /** `null` is the credits. */
  metric: string | null;
  /** `stopped`: nothing passes any more. `short`: the rest was too little for the last request. */
  kind: 'stopped' | 'short';
}

/** A refusal that the server told of longer ago than this is no reason to interrupt for. */
const latelyMsMax = 60_000;

/**
 * Finds out whether there is anything to interrupt for, from what the server itself has answered and from nothing else:
 * a site can answer 402 and write what it likes into its headers. The server keeps a record of its own refusals, and
 * tells the last one of this member for a minute.
 */
export function findBlock(snapshot: Snapshot, nowMs: number): FoundBlock | null {
  const { summary, asOfMs } = snapshot;
  if (summary === null || asOfMs === null) return null;
  if (summary.blocked !== null) return { metric: summary.blocked.metric, kind: 'stopped' };
  const { refusedLately } = summary;
  if (refusedLately === undefined || nowMs - asOfMs > latelyMsMax) return null;
  return { metric: refusedLately.metric, kind: 'short' };
}
