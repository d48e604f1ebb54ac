import { spreadsheetCell } from './spreadsheet-cell.ts';

/** One line of CSV (RFC 4180) with its end. What a spreadsheet would run as a formula is disarmed. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(cell: string | null): string {
  const text = spreadsheetCell(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
