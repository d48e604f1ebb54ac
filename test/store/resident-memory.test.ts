import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import { makeIdleAccounts } from '../bench/idle-accounts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use once all garbage is collected. */
function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it('F21: keeps as many accounts in memory as it is set to, however many are read', async () => {
  const file = join(folder, 'usage.db');
  const accounts = 20_000;
  await makeIdleAccounts(file, accounts);
  const accountsCached = 500;
  const store = createSqliteStore({ file, accountsCached });
  onTestFinished(() => store.close());
  const read = async (from: number, to: number) => {
    for (let index = from; index <= to; index++) {
      const id = `idle-${String(index).padStart(7, '0')}`;
      expect((await store.readAccount(id))?.profile.id).toBe(id);
    }
  };
  const empty = heapBytes();
  await read(1, 2 * accountsCached);
  const few = heapBytes();
  await read(2 * accountsCached + 1, accounts);
  const many = heapBytes();
  const { accounts_cached: cached = Number.NaN } = store.stats();
  expect(cached).toBeGreaterThanOrEqual(accountsCached);
  expect(cached).toBeLessThanOrEqual(2 * accountsCached);
  // All of them would take forty times what those do that are kept.
  const kept = few - empty;
  expect(kept).toBeGreaterThan(1_000_000);
  expect(many - empty).toBeLessThan(3 * kept);
});
