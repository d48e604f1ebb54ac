import { expect, it } from 'vitest';
import type { LedgerRecord } from '../../../server/src/domain/credits/state.ts';
import type { UsageRecord } from '../../../server/src/domain/usage/state.ts';
import type { Store } from '../../../server/src/store/store.ts';
import {
  afterEntries,
  creditsOf,
  putAccount,
  sampleAccount,
  sampleEntry,
  sampleUsage,
} from '../account-samples.ts';
import { beforeAndAfterRestart, freshStore, type StoreHarness } from './harness.ts';

const first = sampleEntry('a', 1);
const second = sampleEntry('a', 2);
/** What a program that has lost count would write. */
const firstAgain = { ...second, seq: 1 };

const use = sampleUsage('a', 'u-1');
/** A debit of a use, which a store may keep with the use. */
const debitOfUse = sampleEntry('a', 1, {
  id: 'u-1~debit',
  recordedAtMs: use.recordedAtMs,
  legs: use.grantsUsed.map(({ grantId, amount }) => ({ grantId, amount: -amount })),
});

export function duplicateGuarantees(harness: StoreHarness): void {
  it("fails where an entry's number is given a second time, and writes nothing else", async () => {
    const written = await freshStore(harness);
    await putAccount(written, sampleAccount('b', 5n));
    await add(written, [first]);
    for await (const store of beforeAndAfterRestart(harness, written)) {
      await expect(add(store, [firstAgain])).rejects.toThrow();
      expect(await entriesOf(store)).toEqual([first]);
      expect(creditsOf(await store.readAccount('b'))).toBe(6n);
    }
  });

  it("fails where an entry's number is given twice in one write, and writes nothing of it", async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('b', 5n));
    await expect(add(store, [first, firstAgain])).rejects.toThrow();
    expect(await entriesOf(store)).toEqual([]);
    expect(creditsOf(await store.readAccount('b'))).toBe(5n);
  });

  it('fails where a number stands with an entry of another kind, whichever came first', async () => {
    for (const [before, after] of [
      [first, debitOfUse],
      [debitOfUse, first],
    ] as const) {
      const store = await freshStore(harness);
      await add(store, [before], before === debitOfUse ? [use] : []);
      await expect(add(store, [after], after === debitOfUse ? [use] : [])).rejects.toThrow();
      expect(await entriesOf(store)).toEqual([before]);
    }
  });

  it('I6: fails where numbers leave a gap, or the account does not count them', async () => {
    const store = await freshStore(harness);
    await expect(add(store, [second])).rejects.toThrow();
    const write = store.write({ accountIds: ['a'] }, () => ({
      writes: { accounts: [sampleAccount('a')], entries: [first] },
      result: undefined,
    }));
    await expect(write).rejects.toThrow();
    expect(await store.readAccount('a')).toBeUndefined();
  });

  it('goes on after such a mistake, and counts each account for itself', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('b', 5n));
    await add(store, [first]);
    await expect(add(store, [firstAgain])).rejects.toThrow();
    await add(store, [second]);
    await store.write({ accountIds: ['c'] }, () => ({
      writes: { accounts: [afterEntries(sampleAccount('c'), 1)], entries: [sampleEntry('c', 1)] },
      result: undefined,
    }));
    expect(await entriesOf(store)).toEqual([second, first]);
    expect((await store.readEntry('c', first.id))?.accountId).toBe('c');
  });
}

/** Adds entries to account 'a', and a millionth of a credit to account 'b' with them. */
function add(
  store: Store,
  entries: readonly LedgerRecord[],
  usage: readonly UsageRecord[] = [],
): Promise<void> {
  return store.write({ accountIds: ['a', 'b'] }, (loaded) => {
    const a = afterEntries(sampleAccount('a'), entries.at(-1)?.seq ?? 0);
    const b = sampleAccount('b', creditsOf(loaded.account('b')) + 1n);
    return { writes: { accounts: [a, b], entries, usage }, result: undefined };
  });
}

async function entriesOf(store: Store): Promise<readonly LedgerRecord[]> {
  return (await store.listEntries('a', { limit: 10 })).items;
}
