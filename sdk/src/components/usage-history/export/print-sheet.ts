import type { SeriesRow } from '../../../derive/usage/series-csv.ts';
import type { Format } from '../../../format/create-format.ts';

export interface PrintSheet {
  title: string;
  caption: string;
  picture: SVGSVGElement;
  rows: readonly SeriesRow[];
  /** Writes a row's amount. */
  amountOf: (row: SeriesRow) => string;
  /** Writes a row's day, hour, week or month. */
  bucketOf: (row: SeriesRow) => string;
  format: Format;
}

/**
 * Prints a sheet of its own: title, span, charts with their legend, and every figure in a table. The page around the widget is not
 * on it.
 */
export function printSheet({ title, caption, picture, rows, amountOf, bucketOf, format }: PrintSheet): void {
  const frame = document.createElement('iframe');
  frame.setAttribute('aria-hidden', 'true');
  frame.width = '0';
  frame.height = '0';
  frame.style.position = 'fixed';
  frame.style.border = '0';
  document.body.append(frame);
  const sheet = frame.contentDocument;
  const view = frame.contentWindow;
  if (!sheet || !view) {
    frame.remove();
    return;
  }
  sheet.documentElement.lang = format.locale;
  sheet.documentElement.dir = document.documentElement.dir;
  // The name of the file, where a browser prints into one.
  sheet.title = `${title}, ${caption}`;
  sheet.body.style.fontFamily = getComputedStyle(document.body).fontFamily;
  const drawn = sheet.importNode(picture, true);
  // By property, which a content policy that forbids inline style allows.
  drawn.style.maxWidth = '100%';
  drawn.style.height = 'auto';
  sheet.body.append(drawn, tableOf(sheet, rows, amountOf, bucketOf));
  view.addEventListener('afterprint', () => frame.remove());
  view.print();
}

function tableOf(
  sheet: Document,
  rows: readonly SeriesRow[],
  amountOf: PrintSheet['amountOf'],
  bucketOf: PrintSheet['bucketOf'],
): HTMLTableElement {
  const table = sheet.createElement('table');
  table.style.width = '100%';
  table.style.fontSize = '9pt';
  table.style.borderSpacing = '0 3px';
  for (const row of rows) {
    const line = table.insertRow();
    line.style.breakInside = 'avoid';
    line.insertCell().textContent = bucketOf(row);
    line.insertCell().textContent = row.label;
    const amount = line.insertCell();
    amount.textContent = amountOf(row);
    amount.style.textAlign = 'end';
  }
  return table;
}
