/** One line of CSV (RFC 4180), without its end. A cell that a spreadsheet would run as a formula is told apart by a quote mark. */
export function formatCsvLine(cells: readonly (string | null | undefined)[]): string {
  return cells.map((cell) => formatCell(cell ?? '')).join(',');
}

function formatCell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
