import { getRandomValues } from 'node:crypto';

const timeLength = 9;
const sequenceLength = 4;

/** Distinguishes this process's ids from those of all others; drawn once, since randomness costs more than the rest of an id. */
const processTail = randomText(12);

let lastMs = 0;
let lastTime = '';
let sequence = 0;

/**
 * An id that was never made before and sorts by time, which makes the stores several times faster than random ones: the
 * millisecond, a count within it, and characters of this process. It is no secret.
 */
export function newId(): string {
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    lastTime = nowMs.toString(36).padStart(timeLength, '0');
    sequence = 0;
  } else sequence += 1;
  return `${lastTime}${sequence.toString(36).padStart(sequenceLength, '0')}${processTail}`;
}

function randomText(length: number): string {
  let text = '';
  for (const byte of getRandomValues(new Uint8Array(length))) text += (byte % 36).toString(36);
  return text;
}
