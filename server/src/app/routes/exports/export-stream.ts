import { csvLine } from '../../../contract/exports/csv-line.ts';
import type { ExportFormat } from '../../../contract/exports/exports.ts';
import { byteOrderMark } from '../../../contract/exports/spreadsheet-cell.ts';
import { textStream } from '../../http/text-stream.ts';
import type { Dataset, ExportRow, ExportSource } from './datasets.ts';

/** The bytes of an export, with how many rows were read so far. */
export interface ExportStream {
  readonly body: ReadableStream<Uint8Array>;
  rows(): number;
}

/**
 * Writes a dataset as it is read: a page is read when the one before has been taken, so that an export of any size and a reader of
 * any pace hold one page in memory. Where the reader goes away nothing more is read.
 */
export function exportStream(dataset: Dataset, source: ExportSource, format: ExportFormat): ExportStream {
  let rows = 0;
  const lineOf = (row: ExportRow) =>
    format === 'csv' ? csvLine(row.cells) : `${JSON.stringify(row.value)}\n`;
  async function* pieces(): AsyncGenerator<string> {
    let text = format === 'csv' ? `${byteOrderMark}${csvLine(dataset.columns)}` : '';
    for await (const page of dataset.pages(source)) {
      const asked = page.filter((row) => isWithin(row, source));
      rows += asked.length;
      yield text + asked.map(lineOf).join('');
      text = '';
    }
    yield text;
  }
  return { body: textStream(pieces()), rows: () => rows };
}

function isWithin({ atMs }: ExportRow, { fromMs, toMs }: ExportSource): boolean {
  return atMs === null || (atMs >= fromMs && atMs < toMs);
}
