/**
 * A sentence whose amounts and dates are not broken at the end of a line: `1,234.50 credits`, `November 30`, `30. November`. For sentences
 * alone, and never for the name of a control or a region: who looks for a role by its name takes such a space for another one. Text is
 * found as before, and is read aloud and copied as before.
 */
export const unbroken = (sentence: string): string =>
  sentence.replace(
    /(?<=\d) (?=\p{L})|(?<=\p{Lu}\p{L}{2,}\.?) (?=\d)|(?<=(?:^| )\p{Ll}+ \d{1,2}\.) (?=\p{Lu})/gu,
    '\u00a0',
  );
