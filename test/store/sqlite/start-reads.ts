import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@usagekit/server/app';
import { everyItem } from '../../../server/src/store/every-item.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { makeIdleAccounts } from '../../bench/support/idle-accounts.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

/*
 * Prints what starts of files with so many accounts read, as start.test.ts runs it: in a process of its own, since the system counts what a
 * process reads, and a test's own process reads much besides.
 */

const folder = mkdtempSync(join(tmpdir(), 'usagekit-start-'));
try {
  // The first one loads what the program needs.
  await readOf(10);
  const reads = [];
  for (const accounts of process.argv.slice(2)) reads.push(await readOf(Number(accounts)));
  console.log(JSON.stringify(reads));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What a start reads, by its part, and the size of its file; in bytes. */
export interface StartReads {
  readonly fileBytes: number;
  readonly start: number;
  readonly turns: number;
  readonly all: number;
}

/** Bytes that this process has read so far, from files and from what the system keeps of them. */
function bytesRead(): number {
  const found = /^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'));
  if (found === null) throw new Error('This needs Linux, which counts what a process reads.');
  return Number(found[1]);
}

/** What a start and the first turns of the scheduler read of a file with so many accounts in which nothing is due. */
async function readOf(accounts: number): Promise<StartReads> {
  const file = join(folder, `${accounts}.db`);
  await makeIdleAccounts(file, accounts);
  const first = createSqliteStore({ file });
  // After an update what is stored is read once, in slices.
  while (await first.sweepStored());
  await first.close();

  const begun = bytesRead();
  const store = createSqliteStore({ file });
  const app = createApp({
    store,
    clock: { nowMs: () => Date.UTC(2026, 10, 20) },
    newId: () => crypto.randomUUID(),
    catalog: smallCatalogConfig,
    mode: 'test',
  });
  await app.ready();
  await store.readAccount('idle-0000007');
  const started = bytesRead();
  await app.commitDue();
  await app.deliver();
  await app.tick();
  const ticked = bytesRead();
  await app.close();
  for await (const _id of everyItem((page) => store.listAccountIds(page)));
  const all = bytesRead() - ticked;
  await store.close();
  return { fileBytes: statSync(file).size, start: started - begun, turns: ticked - started, all };
}
