import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { memoryMegabytesMin, shareMemoryOnSqlite } from '../../server/src/node/database/share-memory.ts';
import { createGroupCommit } from '../../server/src/store/group-commit/group-commit.ts';
import { partsOfWeight } from '../../server/src/store/parts/account-weight.ts';
import { answersCached } from '../../server/src/store/postgres/commit/batch-writer.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import { makeIdleAccounts } from '../bench/support/idle-accounts.ts';
import { memberRecord } from '../support/member-record.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { nowMs, putAccount, sampleAccount, sampleAnswer, spend } from './account-samples.ts';

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

it('F21: keeps fewer accounts where they have many grants', async () => {
  const accountsCached = 100;
  const store = createSqliteStore({ file: join(folder, 'usage.db'), accountsCached });
  onTestFinished(() => store.close());
  const grantsOfEach = 10 * partsOfWeight;
  for (let index = 0; index < 100; index++) {
    const account = sampleAccount(`a-${index}`);
    const [grant] = account.wallet.grants;
    if (grant === undefined) throw new Error('The sample has no grant');
    const grants = Array.from({ length: grantsOfEach }, (_, place) => ({ ...grant, id: `g-${place}` }));
    await putAccount(store, { ...account, wallet: { ...account.wallet, grants } });
  }
  // Each weighs eleven.
  expect(store.stats().accounts_cached).toBeLessThanOrEqual(2 * Math.ceil(accountsCached / 11));
});

it('F21, I27: takes no more of the heap with a full journal than its share of the memory', async () => {
  const { accountsCached, foldCharactersMax, pageCacheKilobytes } = shareMemoryOnSqlite(memoryMegabytesMin);
  // Nothing is folded, so that as much waits as may wait.
  const unfolding = {
    foldIdleMs: 1e9,
    foldCharacters: 1e12,
    foldCharactersMax: 1e12,
    writeThreadCharacters: 1e12,
  };
  const store = createSqliteStore({
    file: join(folder, 'usage.db'),
    accountsCached,
    pageCacheKilobytes,
    ...unfolding,
  });
  onTestFinished(() => store.close());
  const commit = createGroupCommit({ store, schedule: setImmediate });
  const empty = heapBytes();
  const accountIds = Array.from({ length: 2_000 }, (_, index) => `a-${index}`);
  for (const id of accountIds) await putAccount(store, sampleAccount(id, 10n ** 12n));
  for (let round = 0; (store.stats().journal_characters ?? 0) < foldCharactersMax * 1.25; round++)
    await Promise.all(
      accountIds.map((accountId) => commit.submit(spend({ accountId, key: `${accountId}-${round}` }))),
    );
  const accounts = accountsCached * 2 * 3_000;
  expect(heapBytes() - empty).toBeLessThan(accounts + foldCharactersMax * 1.25 * 3.3);
});

it('F21: keeps as many accounts and things of theirs in memory as it is set to on PostgreSQL, and a bounded number of answers', async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const accountsCached = 20;
  const store = await createPostgresStore({ url: await postgres.freshUrl(), accountsCached });
  onTestFinished(() => store.close());
  const [writes, accountsOfEach, answersOfEach] = [30, 5, Math.ceil(answersCached / 50)];
  for (let write = 0; write < writes; write++) {
    const accountIds = Array.from({ length: accountsOfEach }, (_, place) => `a-${write}-${place}`);
    await store.write({ accountIds }, () => ({
      writes: {
        accounts: accountIds.map((id) => sampleAccount(id)),
        members: accountIds.map((accountId) => memberRecord({ id: 'ann', accountId, createdAtMs: nowMs })),
        answers: accountIds.flatMap((accountId) =>
          Array.from({ length: answersOfEach }, (_, place) =>
            sampleAnswer(accountId, `${accountId}-${place}`),
          ),
        ),
      },
      result: undefined,
    }));
    const stats = store.stats();
    expect(stats.accounts_cached).toBeLessThanOrEqual(2 * accountsCached);
    expect(stats.items_cached).toBeLessThanOrEqual(2 * accountsCached);
    expect(stats.answers_cached).toBeLessThanOrEqual(2 * answersCached);
  }
  const { accounts_cached: cached, items_cached: items, answers_cached: answers } = store.stats();
  expect(cached).toBeGreaterThanOrEqual(accountsCached);
  expect(items).toBeGreaterThanOrEqual(accountsCached);
  expect(answers).toBeGreaterThanOrEqual(answersCached);
});
