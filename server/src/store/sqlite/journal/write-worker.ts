import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { sharedLocation } from '../open/shared-location.ts';
import { overwriteUnused } from '../upkeep/overwrite-unused.ts';
import { DiskSync } from './disk-sync.ts';
import { unpackWork } from './fold-work.ts';
import { FoldWriter } from './fold-writer.ts';
import { appendSql } from './journal-codec.ts';
import { lookAtLog, lookAtLogSql } from './look-at-log.ts';
import type {
  JournalRow,
  LogPages,
  WriteThreadData,
  WriteThreadReply,
  WriteThreadRequest,
} from './write-thread.ts';

// The thread that WriteThread starts.

/** With so many pages (64 MB) in the log, commits wait until all are in the file, after which the log begins at its start again. */
const logPagesMax = 8_000;

const { file, pageCacheKilobytes, state } = workerData as WriteThreadData;

const database = new DatabaseSync(sharedLocation(file), { timeout: 10_000 });
// The disk is waited for apart, by the append itself.
database.exec(`
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA cache_size = -${pageCacheKilobytes};
  PRAGMA temp_store = MEMORY;
`);
const disk = new DiskSync(`${file}-wal`);
const writer = new FoldWriter(database);
const append = database.prepare(appendSql);
const look = database.prepare(lookAtLogSql);
const copyLog = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
let isOverwriting = false;
/** A row is lost, so that no later one may be appended. */
let hasFailed = false;

parentPort?.on('message', (request: WriteThreadRequest) => {
  switch (request.kind) {
    case 'append':
      reply(appendRow(request));
      break;
    case 'fold':
      reply(fold(request));
      break;
    case 'copy log':
      reply({ kind: 'log copied', pages: copy() });
      if (request.isTransaction) endTransaction();
      break;
    case 'overwrite':
      reply(overwrite(request));
      break;
    case 'end':
      void end();
  }
});
reply({ kind: 'ready' });

/**
 * Waits for the disk here: in its event loop this thread would tell that a row is on the disk only after the slice of a fold, or the copy of the log,
 * that it was asked for next, and the way to another thread and back takes longer than a quick disk.
 */
function appendRow({ row }: Extract<WriteThreadRequest, { kind: 'append' }>): WriteThreadReply {
  try {
    insert(row);
    disk.flushNow();
    return { kind: 'appended', throughId: row.id };
  } catch (error) {
    fail();
    return { kind: 'not appended', error: messageOf(error), isFlush: disk.failure !== undefined };
  }
}

function insert({ id, body, answerBodies }: JournalRow): void {
  try {
    if (hasFailed) throw new Error('An earlier commit is lost.');
    append.run(id, body, answerBodies);
  } catch (error) {
    // Before this transaction ends, so that the thread that decides appends nothing after it.
    fail();
    throw error;
  } finally {
    endTransaction();
  }
}

function fail(): void {
  hasFailed = true;
  Atomics.store(state, 1, 1);
}

function fold({ work, replacesWithZeros }: Extract<WriteThreadRequest, { kind: 'fold' }>): WriteThreadReply {
  try {
    if (hasFailed) throw new Error('An earlier commit is lost.');
    if (replacesWithZeros !== isOverwriting) {
      database.exec(`PRAGMA secure_delete = ${replacesWithZeros ? 'ON' : 'OFF'}`);
      isOverwriting = replacesWithZeros;
    }
    if (logPages().all > logPagesMax) copy();
    const outcome = writer.write(unpackWork(work));
    return { kind: 'folded', outcome, pagesInLog: logPages().left };
  } catch (error) {
    return { kind: 'not folded', error: messageOf(error) };
  } finally {
    endTransaction();
  }
}

/** Returns what was added meanwhile too. Where it fails, all stay in the log, and it is tried again another time. */
function copy(): LogPages {
  try {
    copyLog.get();
    return logPages();
  } catch {
    return { all: 0, left: 0 };
  }
}

function overwrite({
  descriptor,
  from,
}: Extract<WriteThreadRequest, { kind: 'overwrite' }>): WriteThreadReply {
  try {
    return { kind: 'overwritten', slice: overwriteUnused(database, descriptor, from) };
  } catch (error) {
    return { kind: 'not overwritten', error: messageOf(error) };
  } finally {
    endTransaction();
  }
}

function logPages(): LogPages {
  return lookAtLog(() => look.get());
}

function endTransaction(): void {
  Atomics.add(state, 0, 1);
  Atomics.notify(state, 0);
}

async function end(): Promise<void> {
  await disk.close();
  database.close();
  parentPort?.close();
}

function reply(message: WriteThreadReply): void {
  parentPort?.postMessage(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
