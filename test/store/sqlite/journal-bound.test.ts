import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createGroupCommit, type GroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { Journal } from '../../../server/src/store/sqlite/journal/journal.ts';
import { WriteThread } from '../../../server/src/store/sqlite/journal/write-thread.ts';
import { createSqliteStore, type SqliteStoreOptions } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { StoreUnavailableError } from '../../../server/src/store/store-errors.ts';
import { patience } from '../../support/patience.ts';
import { creditsOf, putAccount, sampleAccount, spend } from '../account-samples.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-journal-bound-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const credits = 10n ** 12n;
const accountIds = Array.from({ length: 20 }, (_, index) => `a-${index}`);
const bound = { foldCharacters: 20_000, foldCharactersMax: 40_000 };
/** Where commits begin to wait. */
const full = 50_000;
/** About as many characters has a debit. */
const ofOne = 1_100;
/** Two batches may be under way when the journal becomes full, of 32 debits each here. */
const callers = 64;
const underWay = callers * ofOne;

async function open(options: Partial<SqliteStoreOptions>): Promise<{ store: Store; commit: GroupCommit }> {
  const store = createSqliteStore({ file: join(folder, 'usage.db'), ...bound, ...options });
  onTestFinished(() => store.close());
  for (const id of accountIds) await putAccount(store, sampleAccount(id, credits));
  return { store, commit: createGroupCommit({ store, schedule: setImmediate }) };
}

const charactersOf = (store: Store): number => store.stats().journal_characters ?? 0;

/** So many debits by 64 callers who never rest; returns the most characters that waited in the journal. */
async function flood({ store, commit }: { store: Store; commit: GroupCommit }, debits: number) {
  let begun = 0;
  let most = 0;
  const caller = async () => {
    while (begun < debits) {
      const index = begun++;
      const accountId = accountIds[index % accountIds.length] ?? '';
      expect(await commit.submit(spend({ accountId, key: `k-${index}` }))).toBe('spent');
      most = Math.max(most, charactersOf(store));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return most;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function expectSpent(store: Store, debits: number): Promise<void> {
  const left = await Promise.all(accountIds.map(async (id) => creditsOf(await store.readAccount(id))));
  const spent = left.reduce<bigint>((sum, each) => sum + credits - (each ?? 0n), 0n);
  expect(spent).toBe(BigInt(debits) * 1_000_000n);
}

it('F21, I27: keeps the journal within its bound under a load that never rests, on either thread', async () => {
  for (const file of [':memory:', join(folder, 'usage.db')]) {
    const opened = await open({ file, writeThreadCharacters: 1 });
    expect(await flood(opened, 2_000)).toBeLessThanOrEqual(full + underWay);
    await expectSpent(opened.store, 2_000);
  }
});

it('F21, I27: has writes wait while the journal is full and its folds stand still, and answers each once when they go on', async () => {
  const opened = await open({ writeThreadCharacters: 1, foldIdleMs: 1 });
  const { store, commit } = opened;
  // The thread has begun to fold.
  await vi.waitFor(() => expect(store.stats().fold_slices_of_thread_total).toBeGreaterThan(0), patience);
  const fold = WriteThread.prototype.fold;
  const gate = Promise.withResolvers<void>();
  const held = vi.spyOn(WriteThread.prototype, 'fold').mockImplementation(async function (
    this: WriteThread,
    ...work
  ) {
    await gate.promise;
    return fold.apply(this, work);
  });
  const flooding = flood(opened, 1_000);
  await vi.waitFor(() => expect(store.stats().journal_full_waits_total).toBeGreaterThan(0), patience);
  // Those that were under way come to their end, and no other begins.
  await turns(200);
  const most = charactersOf(store);
  expect(most).toBeLessThanOrEqual(full + underWay);
  expect(commit.depth).toBe(callers);
  await turns(200);
  expect(charactersOf(store)).toBe(most);
  // Accounts are read meanwhile.
  expect(creditsOf(await store.readAccount('a-0'))).toBeLessThan(credits);
  expect(held).toHaveBeenCalled();
  gate.resolve();
  expect(await flooding).toBeLessThanOrEqual(full + underWay);
  await expectSpent(store, 1_000);
});

it('F21, I27: refuses a write, which may be sent again, where the journal is full and cannot be folded', async () => {
  const { store, commit } = await open({ file: ':memory:' });
  const failing = vi.spyOn(Journal.prototype, 'run').mockImplementation((step) => {
    step.failed();
    throw new Error('The disk is full.');
  });
  const outcomes = { spent: new Set<number>(), refused: new Set<number>() };
  const send = async (index: number) => {
    const { needs, decide } = spend({ accountId: 'a-0', key: `k-${index}` });
    try {
      await store.write(needs, decide);
      outcomes.spent.add(index);
    } catch (error) {
      expect(error).toBeInstanceOf(StoreUnavailableError);
      outcomes.refused.add(index);
    }
  };
  for (let index = 0; outcomes.refused.size < 5; index++) await send(index);
  expect(charactersOf(store)).toBeLessThanOrEqual(full + ofOne);
  failing.mockRestore();
  for (const index of outcomes.refused)
    expect(await commit.submit(spend({ accountId: 'a-0', key: `k-${index}` }))).toBe('spent');
  expect(creditsOf(await store.readAccount('a-0'))).toBe(
    credits - BigInt(outcomes.spent.size + 5) * 1_000_000n,
  );
});
