import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { ExportColumn, WriteParquet } from '../../app/app-options.ts';
import { byteStream } from '../../app/http/reply/text-stream.ts';
import { startWorker } from '../../threads/start-worker.ts';
import { ParquetFile, type ParquetRows } from './parquet-file.ts';

/** So few rows are written sooner than a thread is started. */
const rowsHereMax = 50;

/**
 * Writes rows as Parquet while they are read, some thousand at a time. Instants are timestamps in milliseconds, amounts are decimals
 * with six fraction digits, and the row as JSON Lines have it is a column of JSON. A thread of its own writes them: to compress some thousand
 * rows takes a quarter of a second, for which every answer would wait.
 */
export const writeParquet: WriteParquet = (columns, rows) => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const first: ParquetRows[] = [];
    let count = 0;
    for (let page = await rows.next(); ; page = await rows.next()) {
      if (page.done === true) return yield* piecesOf(new ParquetFile(columns), first);
      first.push(page.value);
      count += page.value.length;
      if (count > rowsHereMax) break;
    }
    const thread = new ParquetThread(columns);
    try {
      for (const page of first) yield await thread.add(page);
      for await (const page of rows) yield await thread.add(page);
      yield await thread.end();
    } finally {
      await thread.stop();
    }
  }
  async function* ended(): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces();
    } finally {
      // Where the reader goes away, nothing more is read.
      await rows.return(undefined);
    }
  }
  return byteStream(ended(), (bytes) => bytes);
};

async function* piecesOf(file: ParquetFile, pages: readonly ParquetRows[]): AsyncGenerator<Uint8Array> {
  for (const page of pages) yield await file.add(page);
  yield await file.end();
}

/** Makes the bytes of one file on another thread. */
class ParquetThread {
  readonly #worker: Worker;
  #failure: unknown;

  constructor(columns: readonly ExportColumn[]) {
    this.#worker = startWorker(import.meta.url, './parquet-worker', { workerData: columns });
    // Whoever asks gets the error; one that comes while nobody does must not end the process.
    this.#worker.on('error', (error) => {
      this.#failure = error;
    });
  }

  add(rows: ParquetRows): Promise<Uint8Array> {
    return this.#ask(rows);
  }

  end(): Promise<Uint8Array> {
    return this.#ask(null);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  /** @throws what the thread fails with. */
  async #ask(rows: ParquetRows | null): Promise<Uint8Array> {
    if (this.#failure !== undefined) throw this.#failure;
    const answered = once(this.#worker, 'message');
    this.#worker.postMessage(rows);
    const [bytes] = await answered;
    return bytes as Uint8Array;
  }
}
