import { csvLine } from '../../contract/csv-line.ts';
import type { ExportFormat } from '../../contract/exports.ts';
import { byteOrderMark } from '../../contract/spreadsheet-cell.ts';
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
  const encoder = new TextEncoder();
  const pages = dataset.pages(source);
  let rows = 0;
  let isBegun = false;
  const lineOf = (row: ExportRow) =>
    format === 'csv' ? csvLine(row.cells) : `${JSON.stringify(row.value)}\n`;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!isBegun && format === 'csv')
          controller.enqueue(encoder.encode(`${byteOrderMark}${csvLine(dataset.columns)}`));
        isBegun = true;
        let text = '';
        while (text === '') {
          const { done, value } = await pages.next();
          if (done === true) {
            controller.close();
            return;
          }
          const asked = value.filter((row) => isWithin(row, source));
          rows += asked.length;
          text = asked.map(lineOf).join('');
        }
        controller.enqueue(encoder.encode(text));
      },
      async cancel() {
        await pages.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, rows: () => rows };
}

function isWithin({ atMs }: ExportRow, { fromMs, toMs }: ExportSource): boolean {
  return atMs === null || (atMs >= fromMs && atMs < toMs);
}
