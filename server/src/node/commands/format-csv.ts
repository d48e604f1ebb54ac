import { stringify } from 'csv-stringify/sync';
import { spreadsheetCell } from '../../contract/exports/spreadsheet-cell.ts';

/** One line of CSV (RFC 4180), without its end. What a spreadsheet would run as a formula is disarmed. */
export function formatCsvLine(cells: readonly (string | null | undefined)[]): string {
  const line = cells.map((cell) => spreadsheetCell(cell ?? ''));
  return stringify([line], { eof: false, quoted_match: /[\r\n]/ });
}
