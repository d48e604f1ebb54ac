/**
 * A hash of any text, of 128 bits as 32 hex digits: four lanes that each take in every character, mixed with one another at the end. It is no
 * protection against forgery. Being synchronous and in plain script it costs a tenth of Web Crypto's digest, and it is asked for at every
 * debit.
 * @param parts Of the text, one after another: to join a long one first would copy it.
 */
export function hash128(...parts: readonly string[]): string {
  // Every step stays a 32-bit integer; a sum that grew into a double would cost ten times as much.
  let a = 0x243f6a88;
  let b = 0x13198a2e;
  let c = 0x24093822;
  let d = 0x299f31d0;
  let length = 0;
  for (const part of parts) {
    for (let index = 0; index < part.length; index++) {
      const unit = part.charCodeAt(index);
      a = Math.imul(rotate(a ^ unit, 5), 0x4c9e2d51);
      b = Math.imul(rotate(b ^ unit, 11), 0x1b873593);
      c = Math.imul(rotate(c ^ unit, 17), 0x05ebca6b);
      d = Math.imul(rotate(d ^ unit, 23), 0x42b2ae35);
    }
    length += part.length;
  }
  a = finish(a ^ length);
  b = finish(b ^ a);
  c = finish(c ^ b);
  d = finish(d ^ c);
  a = finish(a ^ d);
  return hex(a) + hex(b ^ a) + hex(c ^ b) + hex(d);
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function finish(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x046ca68b);
  return twice ^ (twice >>> 16);
}

/** Two digits for each byte. */
const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(word: number): string {
  return `${bytes[word >>> 24]}${bytes[(word >>> 16) & 255]}${bytes[(word >>> 8) & 255]}${bytes[word & 255]}`;
}
