/**
 * A formatted amount of money, or a figure with its word, as one piece of a sentence, where sentences run from right to left and
 * the piece, or the sentence around it, may not. Otherwise a figure goes to the word before it, as in an Arabic sentence with
 * `620 credits` and `1,000 credits`, and a sign at the end of letters goes before them, `$US`. The sign itself is kept: a bare `$`
 * is several currencies.
 */
export const inOnePiece = (piece: string, locale: string): string =>
  // By language and not by Intl.Locale's script: every widget loads this.
  /^(ar|fa|he|ur)\b/.test(locale)
    ? `\u2068${piece.replace(/[A-Z]+\p{Sc}$/u, '\u200f$&\u200e')}\u2069`
    : piece;
