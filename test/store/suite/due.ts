import { expect, it } from 'vitest';
import type { Store } from '../../../server/src/store/store.ts';
import { nowMs, putAccount, sampleAccount } from '../account-samples.ts';
import { beforeAndAfterRestart, freshStore, pagesOf, type StoreHarness } from './harness.ts';

const dayMs = 86_400_000;

/** An account whose cycle ends so many days after `nowMs`. */
function dueIn(id: string, days: number, testClockId: string | null = null) {
  const account = sampleAccount(id);
  return {
    ...account,
    profile: { ...account.profile, testClockId },
    usage: { ...account.usage, endsAtMs: nowMs + days * dayMs },
  };
}

function dueOn(store: Store, clockId: string | null, days: number, limit = 10): Promise<string[][]> {
  return pagesOf((page) => store.listDue({ clockId, nowMs: nowMs + days * dayMs }, page), limit);
}

/** What has fallen due is found by when it is due, not by looking at every account. */
export function dueGuarantees(harness: StoreHarness): void {
  it('F21: lists accounts that are due, the earliest first, over pages', async () => {
    const store = await freshStore(harness);
    for (const [id, days] of [
      ['a', 3],
      ['b', 1],
      ['c', 2],
      ['d', 9],
      ['e', 1],
    ] as const)
      await putAccount(store, dueIn(id, days));
    for await (const each of beforeAndAfterRestart(harness, store)) {
      // SQLite brings its index up to date when it has nothing else to do; a look at the list of accounts makes it.
      await each.listAccountIds({ limit: 1 });
      expect(await dueOn(each, null, 3)).toEqual([['b', 'e', 'c', 'a']]);
      expect(await dueOn(each, null, 2, 2)).toEqual([['b', 'e'], ['c']]);
      expect(await dueOn(each, null, 0)).toEqual([[]]);
    }
  });

  it('F21: lists an account by the instant that its latest state says', async () => {
    const store = await freshStore(harness);
    await putAccount(store, dueIn('a', 1));
    await store.write({ accountIds: ['a'] }, () => ({
      writes: { accounts: [{ ...dueIn('a', 5), version: 2 }] },
      result: undefined,
    }));
    await store.listAccountIds({ limit: 1 });
    expect(await dueOn(store, null, 4)).toEqual([[]]);
    expect(await dueOn(store, null, 5)).toEqual([['a']]);
  });

  it('F21: keeps accounts on a test clock apart from those on the system clock', async () => {
    const store = await freshStore(harness);
    await putAccount(store, dueIn('a', 1, 'tuesday'));
    await putAccount(store, dueIn('b', 1, 'friday'));
    await putAccount(store, dueIn('c', 1));
    await store.listAccountIds({ limit: 1 });
    expect(await dueOn(store, null, 2)).toEqual([['c']]);
    expect(await dueOn(store, 'friday', 2)).toEqual([['b']]);
    expect(await dueOn(store, 'monday', 2)).toEqual([[]]);
  });

  it('F21: gives a lease to its holder again and again', async () => {
    const store = await freshStore(harness);
    expect(await store.takeLease('due', 'first', 60_000)).toBe(true);
    expect(await store.takeLease('due', 'first', 60_000)).toBe(true);
  });
}
