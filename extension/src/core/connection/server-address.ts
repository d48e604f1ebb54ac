import type { Words } from '../../words/english.ts';

/** Hosts that never leave this machine, for which plain HTTP is safe. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(hostname) ||
    hostname === '[::1]'
  );
}

/** What is wrong with an address that was typed, by its words. */
export type AddressProblem = keyof Words['address'];

export type ServerUrl = { ok: true; url: string } | { ok: false; problem: AddressProblem };

/**
 * Reads a server's address as people type it: `usage.acme.com`, `https://acme.com/usage/`, `http://localhost:8787`.
 * Plain HTTP is accepted for this machine only, since the token would travel in clear.
 * @returns the address without a trailing slash, query or fragment; a path prefix is kept.
 */
export function parseServerUrl(typed: string): ServerUrl {
  const trimmed = typed.trim();
  if (trimmed === '') return { ok: false, problem: 'serverMissing' };
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed);
  const isLocal = /^(localhost|127\.|\[::1\])/i.test(trimmed);
  const url = parseUrl(hasScheme ? trimmed : `${isLocal ? 'http' : 'https'}://${trimmed}`);
  if (url === null) return { ok: false, problem: 'noAddress' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, problem: 'wrongScheme' };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, problem: 'namesUser' };
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return { ok: false, problem: 'insecure' };
  }
  return { ok: true, url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** The address of the server's WebSocket. */
export function toSocketUrl(serverUrl: string, socketPath: string): string {
  return `${serverUrl.replace(/^http/, 'ws')}${socketPath}`;
}

/** An address of the product's that may be opened: absolute, and HTTPS (or this machine). Null for anything else. */
export function parsePageUrl(value: string | null, serverUrl: string): string | null {
  if (value === null) return null;
  const url = parseUrl(value, serverUrl);
  if (url === null) return null;
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
  return isSafe ? url.href : null;
}

function parseUrl(value: string, base?: string): URL | null {
  return URL.canParse(value, base) ? new URL(value, base) : null;
}
