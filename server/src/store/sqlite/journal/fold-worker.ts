import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { numberColumn } from '../../sql/columns.ts';
import { sharedLocation } from '../shared-location.ts';
import type { FoldThreadData, FoldThreadReply, FoldThreadRequest } from './fold-thread.ts';
import { FoldWriter } from './fold-writer.ts';

// The thread that FoldThread starts: it writes folds on a connection of its own, and puts the log into the file.

/** After so many pages (8 MB) the log is put into the file. Commits go on meanwhile, so some pages of them are left. */
const copiedPages = 1_000;
/** From so many pages on (64 MB) commits wait until the rest is in the file too, after which the log begins at its start again. */
const logPagesMax = 8_000;

const { file, state } = workerData as FoldThreadData;
const isWriting = new Int32Array(state);

const database = new DatabaseSync(sharedLocation(file), { timeout: 10_000 });
database.exec(`
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA cache_size = -32768;
  PRAGMA temp_store = MEMORY;
`);
const writer = new FoldWriter(database);
const lookAtLog = database.prepare('PRAGMA wal_checkpoint(NOOP)');
const copyLog = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
let erasesReplaced = false;

parentPort?.on('message', (request: FoldThreadRequest | 'end') => {
  if (request === 'end') {
    database.close();
    parentPort?.close();
  } else parentPort?.postMessage(answer(request));
});
parentPort?.postMessage({ outcome: 'done' } satisfies FoldThreadReply);

function answer(request: FoldThreadRequest): FoldThreadReply {
  try {
    const reply = write(request);
    endWriting();
    copySome();
    return reply;
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    endWriting();
  }
}

function write({ work, replacesWithZeros }: FoldThreadRequest): FoldThreadReply {
  if (work === null) return { outcome: 'done' };
  if (replacesWithZeros !== erasesReplaced) {
    database.exec(`PRAGMA secure_delete = ${replacesWithZeros ? 'ON' : 'OFF'}`);
    erasesReplaced = replacesWithZeros;
  }
  if (logPages().inLog > logPagesMax) copyLog.get();
  return { outcome: writer.write(work) };
}

/** Nobody waits for this. */
function copySome(): void {
  const { inLog, copied } = logPages();
  if (inLog - copied >= copiedPages) copyLog.get();
}

function logPages(): { inLog: number; copied: number } {
  const row = lookAtLog.get() ?? {};
  return { inLog: numberColumn(row, 'log'), copied: numberColumn(row, 'checkpointed') };
}

function endWriting(): void {
  Atomics.store(isWriting, 0, 0);
  Atomics.notify(isWriting, 0);
}
