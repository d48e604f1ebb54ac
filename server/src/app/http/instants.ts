import type { Instant } from '../../contract/values/amount.ts';

// An answer tells the present and the next reset, again and again, so the two latest are kept.
let latestMs = Number.NaN;
let latestText = '';
let beforeMs = Number.NaN;
let beforeText = '';

/** The instant as it goes over the wire. */
export function formatInstant(atMs: number): Instant {
  if (atMs === latestMs) return latestText;
  if (atMs === beforeMs) return beforeText;
  beforeMs = latestMs;
  beforeText = latestText;
  latestMs = atMs;
  latestText = new Date(atMs).toISOString();
  return latestText;
}

export function formatInstantOrNull(atMs: number | null): Instant | null {
  return atMs === null ? null : formatInstant(atMs);
}

/** Milliseconds of an instant whose form has been checked. */
export function parseInstant(text: Instant): number {
  return Date.parse(text);
}
