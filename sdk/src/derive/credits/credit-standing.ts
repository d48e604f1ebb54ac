import { type Credits, msPerDay } from '@usagekit/server/contract';
import { toMillionths } from '../decimal.ts';
import { signOf } from '../sign-of.ts';

/** How a balance stands, worst last. */
export type CreditStanding = 'empty' | 'ok' | 'low' | 'out' | 'debt';

const lowDays = 7;
const lowShare = 0.1;

/**
 * `debt` owes something; `out` has nothing left; `empty` never had anything; `low` runs out within a week and before
 * its plan's credits come again, or, where the pace is not known, has less than a tenth of its grants left.
 */
export function creditStanding(credits: Credits): CreditStanding {
  if (signOf(credits.debt) > 0 || signOf(credits.available) < 0) return 'debt';
  if (signOf(credits.available) === 0) {
    const nothingEver = credits.grants.length === 0 && credits.recent.length === 0;
    return nothingEver && signOf(credits.held) === 0 ? 'empty' : 'out';
  }
  if (credits.pace) {
    const { runsOutAt } = credits.pace;
    if (runsOutAt === null || (credits.nextReset && credits.nextReset.at <= runsOutAt)) return 'ok';
    return daysLeft(credits) < lowDays ? 'low' : 'ok';
  }
  let granted = 0n;
  for (const grant of credits.grants) granted += toMillionths(grant.amount);
  return Number(toMillionths(credits.available)) < Number(granted) * lowShare ? 'low' : 'ok';
}

/** Whole days until the credits run out at the present pace, rounded down; infinite where they do not. */
export function daysLeft(credits: Credits): number {
  const runsOutAt = credits.pace?.runsOutAt;
  if (!runsOutAt) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.floor((Date.parse(runsOutAt) - Date.parse(credits.asOf)) / msPerDay));
}
