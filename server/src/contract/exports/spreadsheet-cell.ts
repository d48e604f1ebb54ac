/** With what a spreadsheet begins to read a formula, full-width signs too. */
const sign = '[=+\\-@\\t\\r\\uFF1D\\uFF0B\\uFF0D\\uFF20]';
const startsFormula = new RegExp(`^${sign}`);
/** After a line break in a cell; after a semicolon and a tab too, which part cells where the comma is the decimal mark. */
const formulaInside = new RegExp(`(\\r\\n|\\r|\\n|;|\\t)(?=${sign})`, 'g');

const number = /^-?\d+(\.\d+)?$/;

/**
 * The text of a cell with an apostrophe before everything that a spreadsheet would run as a formula. A number stays as it is.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function spreadsheetCell(text: string): string {
  if (number.test(text)) return text;
  const disarmed = text.replaceAll(formulaInside, "$1'");
  return startsFormula.test(text) ? `'${disarmed}` : disarmed;
}

/** Before the first line it tells a spreadsheet that the file is UTF-8, so that it reads umlauts right. */
export const byteOrderMark = '\uFEFF';
