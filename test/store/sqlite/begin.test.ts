import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { patience } from '../../support/patience.ts';
import { creditsOf, putAccount, sampleAccount, spend } from '../account-samples.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-begin-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const credits = 10n ** 12n;

/** SQLite's error of a file that another process keeps locked. */
function busy(): Error {
  return Object.assign(new Error('database is locked'), { errcode: 5, errstr: 'database is locked' });
}

it('F21, O20: a transaction that could not begin leaves nothing behind: what was answered is there, and the next one works', async () => {
  const file = join(folder, 'usage.db');
  let synced = 0;
  const disk = {
    async sync() {
      synced += 1;
    },
  };
  const store = createSqliteStore({ file, disk, foldIdleMs: 1 });
  await putAccount(store, sampleAccount('a', credits));
  const run = StatementSync.prototype.run;
  let failures = 0;
  const failing = vi.spyOn(StatementSync.prototype, 'run').mockImplementation(function (
    this: StatementSync,
    ...values: Parameters<typeof run>
  ) {
    if (this.sourceSQL !== 'BEGIN IMMEDIATE') return run.apply(this, values);
    failures += 1;
    throw busy();
  });
  for (const key of ['k1', 'k2', 'k3']) {
    const syncedBefore = synced;
    const { needs, decide } = spend({ accountId: 'a', key });
    expect(await store.write(needs, decide)).toBe('spent');
    // Each was on the disk before it was answered, as it is without the failure.
    expect(synced).toBeGreaterThan(syncedBefore);
  }
  await vi.waitFor(() => expect(failures).toBeGreaterThan(0), patience);
  failing.mockRestore();

  const { needs, decide } = spend({ accountId: 'a', key: 'k4' });
  expect(await store.write(needs, decide)).toBe('spent');
  await vi.waitFor(() => expect(store.stats().journal_accounts).toBe(0), patience);
  expect((await store.listSetAside({ limit: 1 })).items).toEqual([]);
  await store.close();
  const again = createSqliteStore({ file });
  onTestFinished(() => again.close());
  expect(creditsOf(await again.readAccount('a'))).toBe(credits - 4_000_000n);
});
