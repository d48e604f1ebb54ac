import type { Summary } from '@usagekit/server/contract';
import type { RateLimitStanding } from './rate-limit.ts';
import { isLow } from './standing.ts';

/** The name under which the server tells of the credits in `RateLimit`. */
const creditsPolicyName = 'credits';

/** What work is stopped for. */
export interface FoundBlock {
  /** `null` is the credits. */
  metric: string | null;
  /** `stopped`: nothing passes any more. `short`: something is left, and it was too little for what was asked. */
  kind: 'stopped' | 'short';
}

/**
 * Finds out, from what the server itself has answered, whether there is anything to interrupt for.
 *
 * A refused request alone proves nothing, since a site can answer 402 as it likes. It counts where nothing passes any
 * more, or where what it says is borne out: the credits that it says are left are those that the server tells, or its
 * metric is one that the server says is nearly used up.
 * @param refusal the quotas of an answer that the browser saw; null where there was none.
 */
export function findBlock(summary: Summary, refusal: readonly RateLimitStanding[] | null): FoundBlock | null {
  if (summary.blocked !== null) return { metric: summary.blocked.metric, kind: 'stopped' };
  for (const { name, remaining } of refusal ?? []) {
    if (name === creditsPolicyName) {
      const left = summary.credits?.available;
      if (left !== undefined && remaining === wholeUnits(left)) return { metric: null, kind: 'short' };
      continue;
    }
    const meter = summary.meters.find(({ metric }) => metric === name);
    if (meter !== undefined && isLow(meter.level)) return { metric: meter.metric, kind: 'short' };
  }
  return null;
}

/** Rounded down and never below zero, as the header is. */
function wholeUnits(amount: string): number {
  return Math.max(0, Math.floor(Number(amount)));
}
