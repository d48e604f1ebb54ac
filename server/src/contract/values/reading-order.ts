const scriptsFromRight = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);
const fromRight = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc';
const letterFromRight = new RegExp(`[${fromRight}]`, 'u');
const letterFromLeft = new RegExp(`(?![${fromRight}])\\p{L}`, 'u');

const leftToRightMark = '\u200e';
const isolateStart = '\u2068';
const isolateEnd = '\u2069';

const directions = new Map<string, boolean>();

/** Whether text of the locale runs from right to left. */
function runsFromRight(locale: string): boolean {
  let known = directions.get(locale);
  if (known === undefined) {
    known = scriptsFromRight.has(new Intl.Locale(locale).maximize().script ?? '');
    directions.set(locale, known);
  }
  return known;
}

/**
 * A formatted amount of money in which a sign stays behind its letters, `US$`, also where text runs from right to left: there a
 * sign at the end of Latin letters goes before them, `$US`. The sign itself is kept: a bare `$` is several currencies.
 */
export function withSignInPlace(money: string, locale: string): string {
  if (!runsFromRight(locale)) return money;
  return money.replace(/\p{Script=Latin}\p{Sc}/u, (sign) => sign + leftToRightMark);
}

/**
 * A figure with its word as one piece of a sentence, where the word runs against the sentence: otherwise its figure goes to the
 * word before it, as in an Arabic sentence with `620 credits` and `1,000 credits`.
 */
export function inOnePiece(quantity: string, locale: string): string {
  const against = runsFromRight(locale) ? letterFromLeft : letterFromRight;
  return against.test(quantity) ? isolateStart + quantity + isolateEnd : quantity;
}
