import { isLoopbackHost } from './server-address.ts';

/** Most sites that can be added. */
export const sitesMax = 50;

export type Site = { ok: true; origin: string; pattern: string } | { ok: false; message: string };

/**
 * Reads a site as people type it or as a tab's address tells it: `app.acme.com`, `https://app.acme.com/projects/7`.
 * @returns its origin and the match pattern that covers it and nothing else.
 */
export function parseSite(typed: string): Site {
  const trimmed = typed.trim();
  if (trimmed === '')
    return { ok: false, message: 'Enter the address of the site, such as app.example.com.' };
  const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(trimmed) && !/^[^/]+:\d/.test(trimmed);
  const isLocal = /^(localhost|127\.)/i.test(trimmed);
  const address = hasScheme ? trimmed : `${isLocal ? 'http' : 'https'}://${trimmed}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || /[*%\s]/.test(url.hostname) || url.hostname === '') {
    return { ok: false, message: 'This is not a site. It looks like app.example.com.' };
  }
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    return { ok: false, message: 'Only https:// sites can be added.' };
  }
  return { ok: true, origin: url.origin, pattern: toSitePattern(url.origin) };
}

/** The match pattern of one origin. */
export function toSitePattern(origin: string): string {
  return `${origin}/*`;
}

/** Whether an origin (`null` for opaque ones) is among the added sites. */
export function isAddedSite(sites: readonly string[], origin: string | undefined): origin is string {
  return origin !== undefined && sites.includes(origin);
}

/** Reads the stored list of sites; what is not an origin is dropped. */
export function parseSites(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const origins = value.filter((item): item is string => typeof item === 'string' && parseSite(item).ok);
  return [...new Set(origins)].slice(0, sitesMax);
}
