/** Consonants without look-alikes, so that no code is a word (RFC 8628, 6.1). */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** Eight random letters; 34 bits. */
export function newUserCode(): string {
  let code = '';
  while (code.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      // Bytes beyond the last whole round of letters would make the first letters more likely.
      if (byte < letters.length * Math.floor(256 / letters.length) && code.length < length)
        code += letters.charAt(byte % letters.length);
    }
  }
  return code;
}

/** As people read it: `WDJB-MJHT`. */
export function formatUserCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** As it is stored, of what somebody typed: without dashes, spaces and small letters. */
export function parseUserCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z]/g, '');
}
