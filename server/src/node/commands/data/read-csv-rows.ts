import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { wholeRows } from './whole-rows.ts';

/** A row by its columns' names, or why it could not be read; `line` is where it stands in the file, from 1. */
export type CsvRow =
  | { readonly line: number; readonly cells: Readonly<Record<string, string>> }
  | { readonly line: number; readonly problem: string };

interface ParsedRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a CSV file with a head row, row by row. A row that has another number of cells, a quote that is not closed or more than
 * `rowCharactersMax` characters is told and the rest goes on.
 * @param checkHead Is given the names of the columns before the first row; what it throws ends the reading.
 * @throws what the stream fails with.
 */
export async function* readCsvRows(
  stream: Readable,
  checkHead: (columns: readonly string[]) => void = () => {},
): AsyncGenerator<CsvRow> {
  const problems: CsvRow[] = [];
  const text = wholeRows(stream, (line, problem) => problems.push({ line, problem }));
  const rows: AsyncIterable<ParsedRow> = pipeline(
    Readable.from(text),
    parse({
      bom: true,
      // A file that several programs have added to ends its lines in several ways.
      record_delimiter: ['\r\n', '\n', '\r'],
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }),
    // Whoever reads the rows gets the error.
    () => {},
  );
  let columns: string[] | undefined;
  for await (const { record, info } of rows) {
    yield* problems.splice(0);
    if (columns === undefined) {
      columns = record;
      checkHead(columns);
      continue;
    }
    const line = info.lines;
    if (record.length !== columns.length) {
      yield { line, problem: `has ${record.length} cells where the head has ${columns.length}` };
      continue;
    }
    yield { line, cells: Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ''])) };
  }
  yield* problems;
}
