/**
 * A sentence whose amounts and dates are not broken at the end of a line: `1,234.50 credits`, `November 30`, `30. November`. For sentences
 * alone, and never for the name of a control or a region: who looks for a role by its name takes such a space for another one. Text is
 * found as before, and is read aloud and copied as before. No space follows a Japanese full stop.
 */
export const unbroken = (sentence: string): string =>
  sentence.replaceAll('。 ', '。').replace(
    // Before a unit or month; before the day or year after a month; after a German day; before a year or hour after a comma or an Arabic month.
    /(?<=\p{Nd}) (?=\p{L})|(?<=\p{Lu}\p{L}{2,}\.?) (?=\p{Nd})|(?<=(?:^|(?:^| )\p{Ll}+ |– )\p{Nd}{1,2}\.) (?=\p{Lu})|(?<=[,،]|\p{Lo}) (?=\p{Nd}{4}|\p{Nd}{1,2}:)/gu,
    '\u00a0',
  );
