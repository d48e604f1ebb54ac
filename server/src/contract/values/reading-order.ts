/**
 * A formatted amount of money in which a sign stays behind its letters, `US$`, also where text runs from right to left: there a
 * sign at the end of Latin letters goes before them, `$US`. The sign itself is kept: a bare `$` is several currencies.
 */
export const withSignInPlace = (money: string): string => money.replace(/[A-Z]\p{Sc}$/u, '$&\u200e');

/**
 * A figure with its word as one piece of a sentence, where sentences run from right to left and the word may not: otherwise its
 * figure goes to the word before it, as in an Arabic sentence with `620 credits` and `1,000 credits`.
 */
export const inOnePiece = (quantity: string, locale: string): string =>
  // By language and not by Intl.Locale's script: every widget loads this.
  /^(ar|fa|he|ps|ur)\b/.test(locale) ? `\u2068${quantity}\u2069` : quantity;
