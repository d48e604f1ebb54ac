import type { Catalog } from '../../domain/catalog/catalog-types.ts';
import type { RefusalFigures } from '../../domain/decision.ts';
import type { AccountState, Micros } from '../../domain/state.ts';
import { upgradeHref } from '../routes/gate/actions.ts';

/** What tells the limit apart where no metric does. */
const creditsPolicy = 'credits';

/**
 * The fields of a refusal that say where a limit stands, after draft-ietf-httpapi-ratelimit-headers: the metric's name, its
 * quota and window, what remains and in how many seconds it resets, in whole units. `Retry-After` only where waiting minutes
 * helps, since common clients retry by themselves; `Link` with `rel="upgrade"` where the host has such a page.
 */
export function limitHeaders(
  figures: RefusalFigures,
  { catalog, state, nowMs }: { catalog: Catalog; state: AccountState; nowMs: number },
): Record<string, string> {
  const headers: Record<string, string> = {};
  const name = figures.metric ?? (figures.reason === 'insufficient_credits' ? creditsPolicy : null);
  if (name !== null) {
    const windowSeconds = Math.round((state.usage.endsAtMs - state.usage.startsAtMs) / 1_000);
    const quota = figures.limit ?? figures.available;
    const remaining = figures.available ?? remainingOf(figures);
    const resets = figures.resetsAtMs === null ? '' : `;t=${secondsUntil(figures.resetsAtMs, nowMs)}`;
    if (quota !== null) headers['ratelimit-policy'] = `"${name}";q=${wholeUnits(quota)};w=${windowSeconds}`;
    headers.ratelimit = `"${name}";r=${wholeUnits(remaining)}${resets}`;
  }
  if (figures.retryAfterSeconds !== null) headers['retry-after'] = String(figures.retryAfterSeconds);
  const href = upgradeHref(catalog);
  if (figures.purchasable && href !== undefined) headers.link = `<${href}>; rel="upgrade"`;
  return headers;
}

function remainingOf({ limit, used }: RefusalFigures): Micros {
  if (limit === null || used === null || used >= limit) return 0n;
  return limit - used;
}

/** Rounded down: what is left is never told as more than it is. */
function wholeUnits(amount: Micros): string {
  return amount <= 0n ? '0' : (amount / 1_000_000n).toString();
}

function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((atMs - nowMs) / 1_000));
}
