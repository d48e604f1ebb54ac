import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { patience } from '../../support/patience.ts';
import { creditsOf, putAccount, sampleAccount, spend, today } from '../account-samples.ts';
import { pagesOf } from '../suite/harness.ts';

/** Nothing is folded by itself. */
const unfolding = { foldIdleMs: 1_000_000_000, foldCharacters: 1e12, foldCharactersMax: 1e12 };
const credits = 10n ** 12n;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-recovery-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function spendMany(store: Store, accounts: readonly string[], each: number): Promise<void> {
  const commit = createGroupCommit({ store, schedule: setImmediate });
  const commands = accounts.flatMap((accountId) =>
    Array.from({ length: each }, (_, index) => spend({ accountId, key: `${accountId}-${index}` })),
  );
  await Promise.all(commands.map((command) => commit.submit(command)));
}

/** The file as a process leaves it that is killed now. */
function killedCopy(file: string): string {
  const copy = join(folder, `${crypto.randomUUID()}.db`);
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  return copy;
}

function journalRows(file: string): number {
  const database = new DatabaseSync(file);
  const row = database.prepare('SELECT count(*) AS count FROM journal').get();
  database.close();
  return Number(row?.count);
}

async function expectSpent(store: Store, accountId: string, count: number): Promise<void> {
  expect(creditsOf(await store.readAccount(accountId))).toBe(credits - BigInt(count) * 1_000_000n);
  const entries = (await pagesOf((page) => store.listEntries(accountId, page), 500)).flat();
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, index) => count - index));
  const cells = await store.readCells({
    accountId,
    metric: 'credits',
    dimension: '',
    fromDay: today,
    toDay: today + 1,
  });
  expect(cells.map(({ quantity }) => quantity)).toEqual([BigInt(count) * 1_000_000n]);
}

it('F21, I21: serves what a killed process left in the journal before it is folded, and adds to it', async () => {
  const file = join(folder, 'usage.db');
  const accounts = ['a', 'b', 'c'];
  const first = createSqliteStore({ file, ...unfolding });
  onTestFinished(() => first.close());
  for (const id of accounts) await putAccount(first, sampleAccount(id, credits));
  await spendMany(first, accounts, 20);

  const copy = killedCopy(file);
  const store = createSqliteStore({ file: copy, ...unfolding });
  await spendMany(store, ['a'], 25);
  await expectSpent(store, 'a', 25);
  await expectSpent(store, 'b', 20);
  // What nobody asked about still waits, and is found again after another kill.
  const again = killedCopy(copy);
  await store.close();
  expect(journalRows(again)).toBeGreaterThan(1);
  const last = createSqliteStore({ file: again });
  onTestFinished(() => last.close());
  await expectSpent(last, 'a', 25);
  await expectSpent(last, 'c', 20);
  expect((await last.listAccountIds({ limit: 10 })).items).toEqual(accounts);
});

it('F21, I26: takes up a long journal in slices, between which the process answers what needs no account', async () => {
  const file = join(folder, 'usage.db');
  const accounts = ['a', 'b', 'c'];
  const first = createSqliteStore({ file, ...unfolding });
  onTestFinished(() => first.close());
  for (const id of accounts) await putAccount(first, sampleAccount(id, credits));
  await spendMany(first, accounts, 500);

  const store = createSqliteStore({ file: killedCopy(file), ...unfolding });
  onTestFinished(() => store.close());
  const { needs, decide } = spend({ accountId: 'a', key: 'at-once' });
  let isWritten = false;
  const written = store.write(needs, decide).then(() => {
    isWritten = true;
  });
  let turns = 0;
  for (; !isWritten; turns++) {
    expect(await store.readKey('none')).toBeUndefined();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await written;
  expect(turns).toBeGreaterThan(3);
  await expectSpent(store, 'a', 501);
  await expectSpent(store, 'c', 500);
});

it('F21, I22: folds an account with very much in slices, between which others write to it', async () => {
  const store = createSqliteStore({ file: join(folder, 'usage.db'), ...unfolding });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('hot', credits));
  await spendMany(store, ['hot'], 2_000);
  const page = store.listEntries('hot', { limit: 1 });
  let turns = 0;
  const counting = setImmediate(function count() {
    turns += 1;
    if (turns < 100) setImmediate(count);
  });
  const { needs, decide } = spend({ accountId: 'hot', key: 'meanwhile' });
  await store.write(needs, decide);
  expect((await page).items[0]?.seq).toBeGreaterThanOrEqual(2_000);
  expect(turns).toBeGreaterThan(3);
  clearImmediate(counting);
  await expectSpent(store, 'hot', 2_001);
});

it('F21: tells how long the longest slice of a fold took', async () => {
  const store = createSqliteStore({ file: join(folder, 'usage.db'), foldIdleMs: 1 });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('a', credits));
  await spendMany(store, ['a'], 100);
  await vi.waitFor(() => expect(store.stats().journal_accounts).toBe(0), patience);
  const { fold_slice_seconds_max: longest = 0, fold_seconds_total: all = 0 } = store.stats();
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThanOrEqual(all);
});

it('F21, I9, I26: has the thread fold what a crash left, while reads and writes have all that was answered', async () => {
  const file = join(folder, 'usage.db');
  const accounts = Array.from({ length: 40 }, (_, index) => `a-${String(index).padStart(2, '0')}`);
  const first = createSqliteStore({ file, ...unfolding });
  onTestFinished(() => first.close());
  for (const id of accounts) await putAccount(first, sampleAccount(id, credits));
  await spendMany(first, accounts, 25);

  const store = createSqliteStore({ file: killedCopy(file), writeThreadCharacters: 1, foldIdleMs: 1 });
  const spent = new Map(accounts.map((id) => [id, 25]));
  const commit = createGroupCommit({ store, schedule: setImmediate });
  for (let round = 0; store.stats().journal_accounts !== 0 || round === 0; round++) {
    // One account is written while it is folded, another is only read, and lists have all of them.
    const [written = '', read = ''] = [accounts[round % 40], accounts[(round * 7) % 40]];
    expect(await commit.submit(spend({ accountId: written, key: `late-${round}` }))).toBe('spent');
    spent.set(written, (spent.get(written) ?? 0) + 1);
    expect(creditsOf(await store.readAccount(read))).toBe(
      credits - BigInt(spent.get(read) ?? 0) * 1_000_000n,
    );
    const listed = (await store.listAccounts({ limit: 40 })).items.map(creditsOf);
    expect(listed).toEqual(accounts.map((id) => credits - BigInt(spent.get(id) ?? 0) * 1_000_000n));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { fold_slices_total: all = 0, fold_slices_of_thread_total: ofThread = 0 } = store.stats();
  expect(ofThread).toBeGreaterThan(1);
  expect(ofThread).toBe(all);
  for (const [id, count] of spent) await expectSpent(store, id, count);
  await store.close();
});

it('F21, I26: reads and decides on accounts that a crash left in the journal, and writes nothing to their tables for it', async () => {
  const file = join(folder, 'usage.db');
  const first = createSqliteStore({ file, ...unfolding });
  onTestFinished(() => first.close());
  await putAccount(first, sampleAccount('a', credits));
  await spendMany(first, ['a'], 5);
  const copy = killedCopy(file);
  const store = createSqliteStore({ file: copy, ...unfolding });
  await spendMany(store, ['a'], 7);
  expect(creditsOf(await store.readAccount('a'))).toBe(credits - 7n * 1_000_000n);
  const again = killedCopy(copy);
  await store.close();
  const database = new DatabaseSync(again);
  expect(database.prepare('SELECT count(*) AS count FROM accounts').get()).toEqual({ count: 0 });
  database.close();
  const last = createSqliteStore({ file: again });
  onTestFinished(() => last.close());
  await expectSpent(last, 'a', 7);
});
