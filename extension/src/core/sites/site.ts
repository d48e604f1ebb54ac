import { type AddressProblem, isLoopbackHost } from '../connection/server-address.ts';

/** Most sites that can be added. */
export const sitesMax = 50;

export type Site = { ok: true; origin: string; pattern: string } | { ok: false; problem: AddressProblem };

/**
 * Reads a site as people type it or as a tab's address tells it: `app.acme.com`, `https://app.acme.com/projects/7`.
 * @returns its origin and the match pattern that covers it and nothing else.
 */
export function parseSite(typed: string): Site {
  const trimmed = typed.trim();
  if (trimmed === '') return { ok: false, problem: 'siteMissing' };
  const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(trimmed) && !/^[^/]+:\d/.test(trimmed);
  const isLocal = /^(localhost|127\.)/i.test(trimmed);
  const address = hasScheme ? trimmed : `${isLocal ? 'http' : 'https'}://${trimmed}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || /[*%\s]/.test(url.hostname) || url.hostname === '') {
    return { ok: false, problem: 'noSite' };
  }
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    return { ok: false, problem: 'insecureSite' };
  }
  return { ok: true, origin: url.origin, pattern: toSitePattern(url.origin) };
}

/** The match pattern of one origin. */
export function toSitePattern(origin: string): string {
  return `${origin}/*`;
}

/** An added site, with the connection that it was added for: what happens there is asked of that server and of no other. */
export interface BoundSite {
  origin: string;
  connectionId: string;
  /** Whether its pages show a line with what is left. */
  hasChip: boolean;
}

/** The added site of an origin (`null` for opaque ones); undefined where there is none. */
export function siteOf(sites: readonly BoundSite[], origin: string | undefined): BoundSite | undefined {
  return sites.find((site) => site.origin === origin);
}

/**
 * Reads the stored list of sites; invalid sites and those without a connection are dropped.
 * @param connectionIds The existing connections; a site stored by a version with one connection belongs to the first.
 */
export function parseSites(value: unknown, connectionIds: readonly string[]): BoundSite[] {
  if (!Array.isArray(value)) return [];
  const sites = new Map<string, BoundSite>();
  for (const item of value as unknown[]) {
    const { origin, connectionId, hasChip } = toFields(item, connectionIds[0]);
    if (typeof origin !== 'string' || typeof connectionId !== 'string') continue;
    if (parseSite(origin).ok && connectionIds.includes(connectionId))
      sites.set(origin, { origin, connectionId, hasChip: hasChip === true });
  }
  return [...sites.values()].slice(0, sitesMax);
}

function toFields(
  item: unknown,
  first: string | undefined,
): { origin?: unknown; connectionId?: unknown; hasChip?: unknown } {
  if (typeof item === 'string') return { origin: item, connectionId: first };
  return typeof item === 'object' && item !== null ? item : {};
}
