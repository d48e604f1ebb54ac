import type { Instant, Summary, SummaryMeter, WindowMeter } from '@usagekit/server/contract';

/** Where the use so far leads to if it goes on as it has: used up before the reset, or enough until then. */
export type Pace = { kind: 'runs_out'; at: Instant } | { kind: 'lasts' };

/** A younger cycle says nothing of the pace. */
const elapsedShareMin = 0.05;

interface Use {
  /** From 0 to 1. */
  usedShare: number;
  startsAt: Instant;
  resetsAt: Instant;
}

/**
 * Tells when what is included is used up at the present pace, by the account's own clock.
 * @returns null where nothing or all of it is used, more is there than is included, or the cycle has hardly begun.
 */
function paceOf({ usedShare, startsAt, resetsAt }: Use, asOf: Instant): Pace | null {
  const startMs = Date.parse(startsAt);
  const [elapsedMs, cycleMs] = [Date.parse(asOf) - startMs, Date.parse(resetsAt) - startMs];
  if (usedShare <= 0 || usedShare >= 1 || cycleMs <= 0 || elapsedMs < cycleMs * elapsedShareMin) return null;
  const wholeMs = elapsedMs / usedShare;
  if (wholeMs >= cycleMs) return { kind: 'lasts' };
  return { kind: 'runs_out', at: new Date(startMs + wholeMs).toISOString() };
}

/** The pace of the credits; null also where they may not be seen, nothing is included, or there is no reset. */
export function paceOfCredits({
  credits,
  creditsIncluded,
  cycleStartsAt,
  resetsAt,
  asOf,
}: Summary): Pace | null {
  if (credits === null || creditsIncluded === null || resetsAt === null) return null;
  const included = Number(creditsIncluded);
  const usedShare = included > 0 ? 1 - Number(credits.available) / included : 0;
  return paceOf({ usedShare, startsAt: cycleStartsAt, resetsAt }, asOf);
}

/** The pace of a meter; null also where it has no cap, or a cycle other than the account's, whose beginning is not told. */
export function paceOfMeter({ percent, resetsAt }: SummaryMeter, summary: Summary): Pace | null {
  if (percent === null || resetsAt === null || resetsAt !== summary.resetsAt) return null;
  return paceOf(
    { usedShare: percent / 100, startsAt: summary.countedFrom ?? summary.cycleStartsAt, resetsAt },
    summary.asOf,
  );
}

/** The pace of a window; null also where it rolls, since it gives back bit by bit. */
export function paceOfWindow(
  { kind, percent, startsAt, resetsAt }: WindowMeter,
  { asOf }: Summary,
): Pace | null {
  if (kind === 'rolling' || startsAt === null || resetsAt === null) return null;
  return paceOf({ usedShare: percent / 100, startsAt, resetsAt }, asOf);
}
