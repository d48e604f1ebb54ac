/** Where a spreadsheet may begin to read a formula: at a cell's start and after each line break in it, full-width signs too. */
const formulaStart = /(^|\r\n|\r|\n)(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/g;

const number = /^-?\d+(\.\d+)?$/;

/**
 * The text of a cell with an apostrophe before everything that a spreadsheet would run as a formula. A number stays as it is.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function spreadsheetCell(text: string): string {
  return number.test(text) ? text : text.replaceAll(formulaStart, "$1'");
}

/** Before the first line it tells a spreadsheet that the file is UTF-8, so that it reads umlauts right. */
export const byteOrderMark = '\uFEFF';
