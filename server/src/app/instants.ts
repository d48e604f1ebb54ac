import type { Instant } from '../contract/amount.ts';

let lastMs = Number.NaN;
let lastText = '';

/** The instant as it goes over the wire. The latest is kept, since one millisecond answers many requests. */
export function formatInstant(atMs: number): Instant {
  if (atMs !== lastMs) {
    lastText = new Date(atMs).toISOString();
    lastMs = atMs;
  }
  return lastText;
}

export function formatInstantOrNull(atMs: number | null): Instant | null {
  return atMs === null ? null : formatInstant(atMs);
}

/** Milliseconds of an instant whose form has been checked. */
export function parseInstant(text: Instant): number {
  return Date.parse(text);
}
