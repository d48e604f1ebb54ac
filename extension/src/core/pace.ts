import type { Instant, Summary } from '@usagekit/server/contract';

/** Where the use so far leads to if it goes on as it has: used up before the reset, or enough until then. */
export type Pace = { kind: 'runs_out'; at: Instant } | { kind: 'lasts' };

/** A younger cycle says nothing of the pace. */
const elapsedShareMin = 0.05;

/**
 * Tells when the credits of the cycle are used up at the present pace, by the account's own clock.
 * @returns null where it cannot be told: no reset, nothing included, nothing used yet or all of it, more there than is included, or a
 * cycle that has hardly begun.
 */
export function paceOf({ credits, creditsIncluded, cycleStartsAt, resetsAt, asOf }: Summary): Pace | null {
  if (credits === null || creditsIncluded === null || resetsAt === null) return null;
  const included = Number(creditsIncluded);
  const usedShare = included > 0 ? 1 - Number(credits.available) / included : 0;
  const startMs = Date.parse(cycleStartsAt);
  const [elapsedMs, cycleMs] = [Date.parse(asOf) - startMs, Date.parse(resetsAt) - startMs];
  if (usedShare <= 0 || usedShare >= 1 || cycleMs <= 0 || elapsedMs < cycleMs * elapsedShareMin) return null;
  const wholeMs = elapsedMs / usedShare;
  if (wholeMs >= cycleMs) return { kind: 'lasts' };
  return { kind: 'runs_out', at: new Date(startMs + wholeMs).toISOString() };
}
