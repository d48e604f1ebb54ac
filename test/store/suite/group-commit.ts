import { expect, it } from 'vitest';
import {
  type Command,
  createGroupCommit,
  type GroupCommit,
} from '../../../server/src/store/group-commit/group-commit.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { creditsOf, nowMs, putAccount, sampleAccount, spend, today } from '../account-samples.ts';
import { beforeAndAfterRestart, freshStore, pagesOf, restarted, type StoreHarness } from './harness.ts';

export function groupCommitGuarantees(harness: StoreHarness): void {
  it('lets exactly one of many parallel commands have the last credit', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('a', 1_000_000n));
    const commit = groupCommitOn(store);
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, index) => commit.submit(spend({ accountId: 'a', key: `k-${index}` }))),
    );
    expect(results.filter((result) => result === 'spent')).toHaveLength(1);
    expect(creditsOf(await store.readAccount('a'))).toBe(0n);
  });

  it('admits exactly as many as there are credits for, on many accounts at once, and the sums agree', async () => {
    const first = await freshStore(harness);
    const accountIds = Array.from({ length: 10 }, (_, index) => `a-${index}`);
    for (const [index, id] of accountIds.entries()) {
      await putAccount(first, sampleAccount(id, BigInt(index) * 3_000_000n));
    }
    // Several group commits on one store, as in several server processes.
    const commits = Array.from({ length: 3 }, () => groupCommitOn(first, 40));
    const results = await Promise.all(
      accountIds.flatMap((accountId) =>
        Array.from({ length: 60 }, async (_, index) => {
          const commit = commits[index % 3] ?? groupCommitOn(first);
          return { accountId, result: await commit.submit(spend({ accountId, key: `k-${index}` })) };
        }),
      ),
    );
    for await (const store of beforeAndAfterRestart(harness, first)) {
      for (const [index, accountId] of accountIds.entries()) {
        const spent = results.filter(
          (each) => each.accountId === accountId && each.result === 'spent',
        ).length;
        expect(spent).toBe(index * 3);
        expect(creditsOf(await store.readAccount(accountId))).toBe(0n);
        const entries = (await pagesOf((page) => store.listEntries(accountId, page), 7)).flat();
        expect(entries.map((entry) => entry.seq)).toEqual(
          Array.from({ length: spent }, (_, each) => spent - each),
        );
        expect(entries.reduce((sum, entry) => sum + entry.amount, 0n)).toBe(BigInt(-spent) * 1_000_000n);
        const [cell] = await store.readCells({
          accountId,
          metric: 'credits',
          dimension: 'model',
          fromDay: today,
          toDay: today + 1,
        });
        expect(cell?.quantity ?? 0n).toBe(BigInt(spent) * 1_000_000n);
      }
    }
  });

  it('I14: debits once when the same key comes twice in one batch', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const commit = groupCommitOn(store);
    const command = spend({ accountId: 'a', key: 'same' });
    const results = await Promise.all([
      commit.submit(command),
      commit.submit(command),
      commit.submit(command),
    ]);
    expect(results).toEqual(['spent', 'replayed', 'replayed']);
    expect(creditsOf(await store.readAccount('a'))).toBe(9_000_000n);
    expect((await store.listEntries('a', { limit: 10 })).items).toHaveLength(1);
  });

  it('I13: fails a command whose writes cannot be stored alone, and all others of its batch pass', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const commit = groupCommitOn(store);
    const good = spend({ accountId: 'a', key: 'k-3' });
    const impossible: Command<unknown> = {
      ...good,
      decide(loaded) {
        const { writes, result } = good.decide(loaded);
        const usage = writes.usage?.map((use) =>
          Object.defineProperty({ ...use }, 'lines', {
            enumerable: true,
            get: () => {
              throw new TypeError('There is no such record');
            },
          }),
        );
        return { writes: { ...writes, ...(usage && { usage }) }, result };
      },
    };
    const commands = [1, 2].map((each) => spend({ accountId: 'a', key: `k-${each}` }));
    const results = [...commands, impossible, spend({ accountId: 'a', key: 'k-4' })].map((each) =>
      commit.submit<unknown>(each),
    );
    const settled = await Promise.allSettled(results);
    expect(settled.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
      'spent',
      'spent',
      'failed',
      'spent',
    ]);
    expect(creditsOf(await store.readAccount('a'))).toBe(7_000_000n);
  });

  it('replays an answer after a restart, and for that account only', async () => {
    const first = await freshStore(harness);
    await putAccount(first, sampleAccount('a', 10_000_000n));
    await putAccount(first, sampleAccount('b', 10_000_000n));
    await groupCommitOn(first).submit(spend({ accountId: 'a', key: 'k' }));
    const commit = groupCommitOn(await restarted(harness, first));
    expect(await commit.submit(spend({ accountId: 'a', key: 'k' }))).toBe('replayed');
    expect(await commit.submit(spend({ accountId: 'b', key: 'k' }))).toBe('spent');
  });

  it('does not let one debit that is too large refuse the smaller ones behind it', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('a', 2_000_000n));
    const commit = groupCommitOn(store);
    const results = await Promise.all([
      commit.submit(spend({ accountId: 'a', key: 'large', amount: 3_000_000n })),
      commit.submit(spend({ accountId: 'a', key: 'small-1' })),
      commit.submit(spend({ accountId: 'a', key: 'small-2' })),
      commit.submit(spend({ accountId: 'a', key: 'small-3' })),
    ]);
    expect(results).toEqual(['refused', 'spent', 'spent', 'refused']);
  });

  it('forgets answers that are old enough, oldest first and no more than asked', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('a', 10_000_000n));
    const commit = groupCommitOn(store);
    for (const key of ['k-1', 'k-2', 'k-3']) await commit.submit(spend({ accountId: 'a', key }));
    expect(await store.hasOlder('answers', nowMs)).toBe(false);
    expect(await store.forgetOld('answers', nowMs, 10)).toBe(0);
    expect(await store.forgetOld('answers', nowMs + 1, 2)).toBe(2);
    const answers = ['k-1', 'k-2', 'k-3'].map((key) => ({ accountId: 'a', key }));
    const kept = await store.write({ accountIds: ['a'], answers }, (loaded) => ({
      writes: {},
      result: answers.filter(({ key }) => loaded.answer('a', key) !== undefined),
    }));
    expect(kept).toEqual([{ accountId: 'a', key: 'k-3' }]);
  });
}

function groupCommitOn(store: Store, batchRowsMax?: number): GroupCommit {
  return createGroupCommit({
    store,
    schedule: setImmediate,
    ...(batchRowsMax === undefined ? {} : { batchRowsMax }),
  });
}
