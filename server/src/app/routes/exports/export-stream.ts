import { csvLine } from '../../../contract/exports/csv-line.ts';
import type { ExportFormat } from '../../../contract/exports/exports.ts';
import { byteOrderMark } from '../../../contract/exports/spreadsheet-cell.ts';
import type { ExportColumn } from '../../app-options.ts';
import { AppError } from '../../http/reply/problem.ts';
import { textStream } from '../../http/reply/text-stream.ts';
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
  return format === 'parquet' ? parquetStream(dataset, source) : lineStream(dataset, source, format);
}

function lineStream(dataset: Dataset, source: ExportSource, format: 'csv' | 'jsonl'): ExportStream {
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

/** @throws AppError `conflict` where the server writes no Parquet. */
function parquetStream(dataset: Dataset, source: ExportSource): ExportStream {
  const { writeParquet } = source.services;
  if (writeParquet === null)
    throw new AppError('conflict', 'This server writes no Parquet: ask for csv or jsonl');
  let rows = 0;
  async function* cells() {
    for await (const page of dataset.pages(source)) {
      const asked = page.filter((row) => isWithin(row, source));
      rows += asked.length;
      yield asked.map((row) => [...row.cells, JSON.stringify(row.value)]);
    }
  }
  const columns: ExportColumn[] = dataset.columns.map((name) => ({ name, kind: kindOf(name) }));
  return { body: writeParquet([...columns, { name: 'row', kind: 'json' }], cells()), rows: () => rows };
}

const amountColumns: ReadonlySet<string> = new Set([
  'quantity',
  'charge',
  'cost',
  'amount',
  'balance_after',
  'refunded',
  'subtotal',
  'tax',
  'total',
  'amount_paid',
  'amount_due',
  'amount_credited',
]);

/** By its name, which says in every dataset what is in it. */
function kindOf(column: string): ExportColumn['kind'] {
  if (/(^|_)at$/.test(column)) return 'instant';
  if (amountColumns.has(column)) return 'amount';
  return column === 'backfill' ? 'flag' : 'text';
}

function isWithin({ atMs }: ExportRow, { fromMs, toMs }: ExportSource): boolean {
  return atMs === null || (atMs >= fromMs && atMs < toMs);
}
