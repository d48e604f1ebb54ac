import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@usagekit/server/app';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { everyItem } from '../../../server/src/store/every-item.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { makeIdleAccounts } from '../../bench/idle-accounts.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes that this process has read so far, from files and from what the system keeps of them. */
function bytesRead(): number {
  const found = /^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'));
  if (found === null) throw new Error('This test needs Linux, which counts what a process reads.');
  return Number(found[1]);
}

/** What a start and the first turns of the scheduler read of a file with so many accounts in which nothing is due. */
async function readOf(accounts: number) {
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

it('F21: reads no more of a file with many idle accounts at a start and in a turn of the scheduler than of one with few', async () => {
  // The first one loads what the program needs.
  await readOf(10);
  const [few, many] = [await readOf(1_000), await readOf(40_000)];
  expect(many.fileBytes - few.fileBytes).toBeGreaterThan(20_000_000);
  // Some pages: an index has a level more, and the test's own process is not quite still.
  const somePages = 32 * 8_192;
  expect(many.start - few.start).toBeLessThan(somePages);
  expect(many.turns - few.turns).toBeLessThan(somePages);
  // What reads something of every account shows.
  expect(many.all - few.all).toBeGreaterThan(somePages);
});
