/**
 * 128 bits that follow from a text, in 32 hex digits. It stands for a signature where nobody has to be kept from forging one, and
 * where there is no Web Crypto: in jsdom, and in pages over plain HTTP.
 */
export function checksum(text: string): string {
  return [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]
    .map((seed) => mixed(text, seed).toString(16).padStart(8, '0'))
    .join('');
}

/** FNV-1a over the text's code units from a start of its own, with its bits spread at the end. */
function mixed(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
