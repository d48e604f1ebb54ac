import type { Micros } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import type { RefusalFigures } from '../../../domain/decision.ts';
import { planOf } from '../../../domain/limits/limits.ts';
import {
  type WindowContext,
  windowRemaining,
  windowSeconds,
  windowStandingsOf,
} from '../../../domain/windows/windows.ts';
import { upgradeHref } from '../../gate/actions.ts';

/** Distinguishes a limit that has no metric. */
const creditsPolicy = 'credits';

/**
 * The fields of a refusal that say where limits stand, after draft-ietf-httpapi-ratelimit-headers: the name of the metric or of the
 * plan's window, its quota and length, what remains and in how many seconds it resets, in whole units. `Retry-After` only where waiting minutes
 * helps, since common clients retry by themselves; `Link` with `rel="upgrade"` where the host has such a page.
 */
export function limitHeaders(
  figures: RefusalFigures,
  context: WindowContext & { readonly catalog: Catalog },
): Record<string, string> {
  const { catalog, nowMs } = context;
  const headers: Record<string, string> = {};
  const quotas = [...refusedQuotas(figures, context), ...windowQuotas(figures, context)];
  const policies = quotas.flatMap(({ name, quota, windowSeconds }) =>
    quota === null ? [] : `${structured(name)};q=${wholeUnits(quota)};w=${windowSeconds}`,
  );
  const rests = quotas.map(({ name, remaining, resetsAtMs }) => {
    const resets = resetsAtMs === null ? '' : `;t=${secondsUntil(resetsAtMs, nowMs)}`;
    return `${structured(name)};r=${wholeUnits(remaining)}${resets}`;
  });
  if (policies.length > 0) headers['ratelimit-policy'] = policies.join(', ');
  if (rests.length > 0) headers.ratelimit = rests.join(', ');
  if (figures.retryAfterSeconds !== null) headers['retry-after'] = String(figures.retryAfterSeconds);
  const href = upgradeHref(catalog);
  if (figures.purchasable && href !== undefined) headers.link = `<${href}>; rel="upgrade"`;
  return headers;
}

/**
 * A name as a string of structured fields (RFC 9651), which holds visible ASCII and spaces: `"` and `\` are escaped, and any other
 * character, and `%` itself, stands as the `%` codes of its UTF-8.
 */
function structured(name: string): string {
  const ascii = name.replaceAll(/[^ -~]+|%/g, encodeURIComponent);
  return `"${ascii.replaceAll(/["\\]/g, '\\$&')}"`;
}

interface Quota {
  readonly name: string;
  readonly quota: Micros | null;
  readonly remaining: Micros;
  readonly windowSeconds: number;
  readonly resetsAtMs: number | null;
}

/** The limit that refuses, by cycle, or the credits; windows are told as such. */
function refusedQuotas(figures: RefusalFigures, { state }: WindowContext): Quota[] {
  if (figures.window !== null) return [];
  const name = figures.metric ?? (figures.reason === 'insufficient_credits' ? creditsPolicy : null);
  if (name === null) return [];
  return [
    {
      name,
      quota: figures.limit ?? figures.available,
      remaining: figures.available ?? remainingOf(figures),
      windowSeconds: Math.round((state.usage.endsAtMs - state.usage.startsAtMs) / 1_000),
      resetsAtMs: figures.resetsAtMs,
    },
  ];
}

/** Every window of the plan's with its own reset; the one that refuses comes first, with when the use would pass. */
function windowQuotas(
  figures: RefusalFigures,
  context: WindowContext & { readonly catalog: Catalog },
): Quota[] {
  const { windows } = planOf(context.state, context.catalog);
  const refusing = figures.window?.id;
  return windowStandingsOf(context, windows)
    .toSorted((a, b) => Number(b.window.id === refusing) - Number(a.window.id === refusing))
    .map((standing) => ({
      name: standing.window.id,
      quota: standing.window.limit,
      remaining: windowRemaining(standing),
      windowSeconds: windowSeconds(standing.window),
      resetsAtMs: standing.window.id === refusing ? figures.resetsAtMs : standing.resetsAtMs,
    }));
}

function remainingOf({ limit, used }: RefusalFigures): Micros {
  if (limit === null || used === null || used >= limit) return 0n;
  return limit - used;
}

/** Rounded down, so that the remaining amount is never overstated. */
function wholeUnits(amount: Micros): string {
  return amount <= 0n ? '0' : (amount / 1_000_000n).toString();
}

function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((atMs - nowMs) / 1_000));
}
