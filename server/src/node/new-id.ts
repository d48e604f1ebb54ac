import { getRandomValues } from 'node:crypto';

const timeLength = 9;
const randomBytes = 10;

let lastMs = 0;
let sequence = 0;
let runTail = '';

/**
 * An id that was never made before and sorts by time, which makes the stores several times faster than random ones: the
 * millisecond, a count within it, and random characters of this process.
 */
export function newId(): string {
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = 0;
  } else sequence += 1;
  if (runTail === '' || sequence === 0) runTail = randomText();
  const time = lastMs.toString(36).padStart(timeLength, '0');
  return `${time}${sequence.toString(36).padStart(4, '0')}${runTail}`;
}

function randomText(): string {
  let text = '';
  for (const byte of getRandomValues(new Uint8Array(randomBytes))) text += (byte % 36).toString(36);
  return text;
}
