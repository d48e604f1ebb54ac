import { createWriteStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import {
  type ExportDataset,
  type ExportedFile,
  type ExportFormat,
  type ExportManifest,
  exportDatasets,
} from '../../../contract/exports/exports.ts';
import { byteOrderMark } from '../../../contract/exports/spreadsheet-cell.ts';
import { paths } from '../../../contract/http/paths.ts';
import { measure } from '../../exports/write-archive.ts';
import { packageVersion } from '../../package-version.ts';
import { type Command, CommandError, type CommandInput, UsageError } from '../command.ts';
import { type Api, apiFlags, withApi } from '../open-api.ts';
import { createCounter } from '../progress.ts';

/** `usagekit export ACCOUNT`: what is kept of an account, to standard output, a file or a folder, as it is read. */
export const exportCommand: Command = {
  name: 'export',
  operands: 'ACCOUNT',
  summary: "Writes an account's rows as CSV, JSON Lines or Parquet, or all its data",
  flags: {
    what: `${exportDatasets.join(', ')}, or all; ledger by default`,
    format: 'csv, jsonl or parquet; csv by default, jsonl with --what all',
    from: 'Only rows from this instant on, such as 2026-06-01T00:00:00Z',
    to: 'Only rows before this instant',
    out: 'A file, or with --what all a folder (with a / at its end); standard output by default, with --what all as one ZIP archive',
    ...apiFlags,
  },
  switches: { bom: 'Begins CSV with a byte-order mark, so that spreadsheets read umlauts correctly' },
  json: { prints: 'one', of: ['files'], otherwise: 'without --out the rows, as --format jsonl' },
  withoutReader: 'ends',
  async run(input) {
    const [accountId] = input.operands;
    if (accountId === undefined) throw new UsageError('usagekit export ACCOUNT');
    const what = whatOf(input);
    const { out } = input.flags;
    const isPrinted = input.isJson && out === undefined;
    const format = formatOf(input, what === 'all' || isPrinted ? 'jsonl' : 'csv');
    if (isPrinted && (what === 'all' || format !== 'jsonl'))
      throw new UsageError(
        '--json: rows are printed as JSON Lines alone; --out names a file for the others.',
      );
    await withApi(input, async (api) => {
      if (what !== 'all') await exportOne(api, input, { accountId, dataset: what, format });
      else if (out !== undefined && (await isFolder(out)))
        await exportToFolder(api, input, { accountId, format, folder: out });
      else await exportArchive(api, input, { accountId, format });
    });
    return 0;
  },
};

function whatOf({ flags }: CommandInput): ExportDataset | 'all' {
  const { what = 'ledger' } = flags;
  if (what === 'all') return what;
  const dataset = exportDatasets.find((one) => one === what);
  if (dataset === undefined)
    throw new UsageError(`--what: '${what}' is none of ${exportDatasets.join(', ')}, all.`);
  return dataset;
}

function formatOf({ flags }: CommandInput, usual: ExportFormat): ExportFormat {
  const { format = usual } = flags;
  const known = formats.find((one) => one === format);
  if (known === undefined) throw new UsageError(`--format: '${format}' is none of ${formats.join(', ')}.`);
  return known;
}

/** Mode of files with a customer's data: nobody else of the machine reads them. */
const ownersAlone = 0o600;
const formats: readonly ExportFormat[] = ['csv', 'jsonl', 'parquet'];

interface Asked {
  readonly accountId: string;
  readonly format: ExportFormat;
}

async function exportOne(
  api: Api,
  input: CommandInput,
  { accountId, dataset, format }: Asked & { dataset: ExportDataset },
): Promise<void> {
  const { flags, switches, print } = input;
  const { body } = await api.download(datasetPath(accountId, dataset, { format, ...flags }));
  const withMark = switches?.has('bom') === true;
  if (flags.out !== undefined) {
    await fileAnswered(body, flags.out, input);
    return;
  }
  if (format === 'parquet') {
    await toPipe(body, 'Parquet is no text, which a terminal could show: name a file with --out, or a pipe.');
    return;
  }
  for await (const row of rowsIn(body, format))
    if (input.isJson) input.answer(JSON.parse(row));
    else print(withMark ? row : row.replace(byteOrderMark, ''));
}

/** Rows without their ends, whatever pieces they come in. A cell may have line breaks of its own, which stay in it. */
async function* rowsIn(
  body: ReadableStream<Uint8Array> | null,
  format: 'csv' | 'jsonl',
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const end = format === 'csv' ? '\r\n' : '\n';
  let row = '';
  let rest = '';
  for await (const chunk of chunksOf(body)) {
    const pieces = `${rest}${decoder.decode(chunk, { stream: true })}`.split(end);
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      row = row === '' ? piece : `${row}${end}${piece}`;
      // Within quotes the break is a part of a cell.
      const isWhole = format === 'jsonl' || (row.split('"').length - 1) % 2 === 0;
      if (!isWhole) continue;
      yield row;
      row = '';
    }
  }
}

async function exportArchive(api: Api, input: CommandInput, { accountId, format }: Asked): Promise<void> {
  const { body } = await api.download(`${paths.accountExport(accountId)}?format=${format}`);
  if (input.flags.out !== undefined) {
    await fileAnswered(body, input.flags.out, input);
    return;
  }
  await toPipe(
    body,
    'All of it is a ZIP archive, which no terminal shows: name a file or a folder with --out, or a pipe.',
  );
}

async function toPipe(body: ReadableStream<Uint8Array> | null, wordsForTerminal: string): Promise<void> {
  if (process.stdout.isTTY === true) throw new CommandError('output_is_terminal', wordsForTerminal);
  for await (const chunk of chunksOf(body)) {
    if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

/** The files of the archive side by side, with the same manifest. */
async function exportToFolder(
  api: Api,
  input: CommandInput,
  { accountId, format, folder }: Asked & { folder: string },
): Promise<void> {
  const madeAt = new Date().toISOString();
  await mkdir(folder, { recursive: true });
  const files: ExportedFile[] = [];
  for (const dataset of exportDatasets) {
    const { body } = await api.download(datasetPath(accountId, dataset, { format, ...input.flags }));
    const name = `${dataset}.${format}`;
    const file = join(folder, name);
    const lines = format === 'parquet' ? null : countRows(format);
    const measured = measure({
      name,
      body: lines?.through(body) ?? body ?? new Blob([]).stream(),
      rows: lines?.count ?? (() => 0),
    });
    await toFile(measured.body, file, input);
    const told = measured.told();
    // A Parquet file says at its end how many rows it has.
    files.push(lines === null ? { ...told, rows: await parquetRows(file) } : told);
  }
  const manifest: ExportManifest = {
    format: 'usagekit-export',
    version: 1,
    accountId,
    madeAt,
    serverVersion: packageVersion(),
    files,
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: ownersAlone,
  });
  const total = files.reduce((sum, { rows }) => sum + rows, 0);
  input.tell(`${folder}: ${files.length} files, ${total} rows, and manifest.json with their checksums.`);
  input.answer({ files });
}

async function parquetRows(file: string): Promise<number> {
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(file));
  return Number(metadata.num_rows);
}

/** Rows by their ends: a line break within quotes is a part of its cell. */
function countRows(format: 'csv' | 'jsonl') {
  let rows = format === 'csv' ? -1 : 0;
  let isQuoted = false;
  return {
    count: () => Math.max(0, rows),
    through: (body: ReadableStream<Uint8Array> | null) =>
      (body ?? new Blob([]).stream()).pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            for (const byte of chunk) {
              if (byte === quoteByte && format === 'csv') isQuoted = !isQuoted;
              else if (byte === lineFeedByte && !isQuoted) rows += 1;
            }
            controller.enqueue(chunk);
          },
        }),
      ),
  };
}

const quoteByte = 0x22;
const lineFeedByte = 0x0a;

async function fileAnswered(
  body: ReadableStream<Uint8Array> | null,
  file: string,
  input: CommandInput,
): Promise<void> {
  input.answer({ files: [{ name: file, bytes: await toFile(body, file, input) }] });
}

/** Gives the number of its bytes. */
async function toFile(
  body: ReadableStream<Uint8Array> | null,
  file: string,
  { isJson, tell }: CommandInput,
): Promise<number> {
  const counter = createCounter(file, isJson ? null : process.stderr);
  const counted = Readable.fromWeb((body ?? new Blob([]).stream()) as NodeReadableStream<Uint8Array>);
  counted.on('data', (chunk: Uint8Array) => counter.add(chunk.byteLength));
  await pipeline(counted, createWriteStream(file, { mode: ownersAlone }));
  counter.end();
  tell(`${file}: ${counter.total()} bytes`);
  return counter.total();
}

function datasetPath(
  accountId: string,
  dataset: ExportDataset,
  { format, from, to }: { format: ExportFormat; from?: string | undefined; to?: string | undefined },
): string {
  const query = new URLSearchParams({ format });
  if (from !== undefined) query.set('from', from);
  if (to !== undefined) query.set('to', to);
  return `${paths.datasetExport(accountId, dataset)}?${query}`;
}

async function isFolder(path: string): Promise<boolean> {
  if (path.endsWith('/')) return true;
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) yield chunk;
}
