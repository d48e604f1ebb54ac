import { parentPort, workerData } from 'node:worker_threads';
import type { ExportColumn } from '../../app/app-options.ts';
import { ParquetFile, type ParquetRows } from './parquet-file.ts';

// The thread that `writeParquet` starts.

const file = new ParquetFile(workerData as readonly ExportColumn[]);

/** Some rows, or null at their end; one after another, each answered with bytes before the next comes. */
parentPort?.on('message', async (rows: ParquetRows | null) => {
  const bytes = rows === null ? await file.end() : await file.add(rows);
  // Given away, not copied: nobody else has them.
  parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
});
