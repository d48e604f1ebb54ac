import type { Instant, Summary, SummaryMeter, WindowMeter } from '@usagekit/server/contract';

/** Where the use so far leads to if it goes on as it has: used up before the reset, or enough until then. */
export type Pace = { kind: 'runs_out'; at: Instant } | { kind: 'lasts' };

/** A younger cycle says nothing of the pace. */
const elapsedShareMin = 0.05;

interface Use {
  /** What is gone, used or held; from 0 to 1. */
  takenShare: number;
  /** What of it was used, which is what the pace goes by. */
  usedShare: number;
  startsAt: Instant;
  resetsAt: Instant;
}

/**
 * Tells when what is included is used up at the present pace, by the account's own clock.
 * @returns null where nothing or all of it is used, more is there than is included, or the cycle has hardly begun.
 */
function paceOf({ takenShare, usedShare, startsAt, resetsAt }: Use, asOf: Instant): Pace | null {
  const [nowMs, startMs, endMs] = [Date.parse(asOf), Date.parse(startsAt), Date.parse(resetsAt)];
  const elapsedMs = nowMs - startMs;
  const cycleMs = endMs - startMs;
  if (usedShare <= 0 || takenShare < 0 || takenShare >= 1) return null;
  if (cycleMs <= 0 || elapsedMs < cycleMs * elapsedShareMin) return null;
  const runsOutMs = nowMs + (elapsedMs * (1 - takenShare)) / usedShare;
  if (runsOutMs >= endMs) return { kind: 'lasts' };
  return { kind: 'runs_out', at: new Date(runsOutMs).toISOString() };
}

/** Used of a whole, from 0 to 1; where only percentages may be seen, what is held counts as used. */
const shareOf = (used: string | null, whole: string | null, percent: number): number =>
  used === null || whole === null || Number(whole) === 0 ? percent / 100 : Number(used) / Number(whole);

/** When credits come again; null where they do not. */
export function creditsResetAtOf({ creditsResetAt, resetsAt }: Summary): Instant | null {
  return creditsResetAt === undefined ? resetsAt : creditsResetAt;
}

/** The pace of the credits; null also where they may not be seen, nothing is included, or there is no reset. */
export function paceOfCredits(summary: Summary): Pace | null {
  const { credits, creditsIncluded, cycleStartsAt, asOf } = summary;
  const resetsAt = creditsResetAtOf(summary);
  if (credits === null || creditsIncluded === null || resetsAt === null) return null;
  const included = Number(creditsIncluded);
  const takenShare = included > 0 ? 1 - Number(credits.available) / included : 0;
  const usedShare = included > 0 ? takenShare - Number(credits.held) / included : 0;
  return paceOf({ takenShare, usedShare, startsAt: cycleStartsAt, resetsAt }, asOf);
}

/** The pace of a meter; null also where it has no cap, or a cycle other than the account's, whose beginning is not told. */
export function paceOfMeter(
  { used, included, percent, resetsAt }: SummaryMeter,
  summary: Summary,
): Pace | null {
  if (percent === null || resetsAt === null || resetsAt !== summary.resetsAt) return null;
  const usedShare = shareOf(used, included, percent);
  return paceOf(
    {
      takenShare: percent / 100,
      usedShare,
      startsAt: summary.countedFrom ?? summary.cycleStartsAt,
      resetsAt,
    },
    summary.asOf,
  );
}

/** The pace of a window; null also where it rolls, since it gives back bit by bit. */
export function paceOfWindow(
  { kind, used, limit, percent, startsAt, resetsAt }: WindowMeter,
  { asOf }: Summary,
): Pace | null {
  if (kind === 'rolling' || startsAt === null || resetsAt === null) return null;
  const usedShare = shareOf(used, limit, percent);
  return paceOf({ takenShare: percent / 100, usedShare, startsAt, resetsAt }, asOf);
}
