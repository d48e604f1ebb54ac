import { expect, it } from 'vitest';
import type { HoldRecord } from '../../../server/src/domain/holds/state.ts';
import type { PurchaseRecord } from '../../../server/src/domain/purchases/state.ts';
import type { Store, Writes } from '../../../server/src/store/store.ts';
import { memberRecord } from '../../support/member-record.ts';
import { afterEntries, nowMs, sampleAccount, sampleEntry, sampleUsage } from '../account-samples.ts';
import { freshStore, pagesOf, type StoreHarness } from './harness.ts';

export function listGuarantees(harness: StoreHarness): void {
  it('lists accounts by id, in pages that hold as many as asked for', async () => {
    const store = await freshStore(harness);
    for (const id of ['b', 'a:2', 'a', 'B', 'c']) await put(store, id, { accounts: [sampleAccount(id)] });
    const pages = await pagesOf((page) => store.listAccounts(page), 2);
    expect(pages.map((page) => page.map((state) => state.profile.id))).toEqual([
      ['B', 'a'],
      ['a:2', 'b'],
      ['c'],
    ]);
  });

  it('gives no next cursor when a page ends with the list', async () => {
    const store = await freshStore(harness);
    for (const id of ['a', 'b']) await put(store, id, { accounts: [sampleAccount(id)] });
    expect((await store.listAccounts({ limit: 2 })).nextCursor).toBeNull();
  });

  it('lists the members of one account by id', async () => {
    const store = await freshStore(harness);
    for (const accountId of ['a', 'b']) {
      const members = ['zoe', 'ann', 'mia'].map((id) => memberRecord({ id, accountId, createdAtMs: nowMs }));
      await put(store, accountId, { accounts: [sampleAccount(accountId)], members });
    }
    const pages = await pagesOf((page) => store.listMembers('a', page), 2);
    expect(pages.map((page) => page.map((member) => member.id))).toEqual([['ann', 'mia'], ['zoe']]);
    expect(pages.flat().every((member) => member.accountId === 'a')).toBe(true);
  });

  it('I10: lists entries newest first, and a cursor goes on at its place while new ones come', async () => {
    const store = await freshStore(harness);
    const entries = Array.from({ length: 5 }, (_, index) => sampleEntry('a', index + 1));
    await put(store, 'a', { accounts: [afterEntries(sampleAccount('a'), 5)], entries });
    const first = await store.listEntries('a', { limit: 2 });
    await put(store, 'a', {
      accounts: [afterEntries(sampleAccount('a'), 6)],
      entries: [sampleEntry('a', 6)],
    });
    const second = await store.listEntries('a', { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map((entry) => entry.seq)).toEqual([5, 4, 3, 2]);
    expect((await store.listEntries('a', { limit: 1 })).items[0]?.seq).toBe(6);
  });

  it('I36: finds a debit that stands in the row of its use by its id and in the ledger, in order with the others', async () => {
    const store = await freshStore(harness);
    const usage = sampleUsage('a', 'use-1-x');
    const common = {
      usageId: usage.id,
      memberId: 'ann',
      effectiveAtMs: usage.atMs,
      recordedAtMs: usage.recordedAtMs,
    };
    const entries = [
      sampleEntry('a', 1, { id: 'gift', usageId: null, amount: 5n, legs: [{ grantId: 'g-1', amount: 5n }] }),
      sampleEntry('a', 2, { ...common, id: `${usage.id}~debit` }),
      sampleEntry('a', 3, {
        ...common,
        id: `${usage.id}~owed`,
        kind: 'debt',
        legs: [],
        debt: -7n,
        amount: -7n,
      }),
      sampleEntry('a', 4, { ...common, id: 'other-than-its-use', agentId: 'writer' }),
    ];
    await put(store, 'a', { accounts: [afterEntries(sampleAccount('a'), 4)], entries, usage: [usage] });

    expect((await store.listEntries('a', { limit: 10 })).items).toEqual(entries.toReversed());
    expect((await pagesOf((page) => store.listEntries('a', page), 1)).flat()).toEqual(entries.toReversed());
    for (const entry of entries) expect(await store.readEntry('a', entry.id)).toEqual(entry);
    expect(await store.readEntry('a', usage.id)).toBeUndefined();
    expect(await store.readEntry('a', `${usage.id}~expiry`)).toBeUndefined();
    expect(await store.readUsage('a', usage.id)).toEqual(usage);
  });

  it('lists usage by time, oldest first, within a half-open span, late records in their place', async () => {
    const store = await freshStore(harness);
    await put(store, 'a', {
      accounts: [sampleAccount('a')],
      usage: [10, 30, 20, 20].map((atMs, index) => sampleUsage('a', `u-${index}`, { atMs })),
    });
    await put(store, 'a', {
      usage: [sampleUsage('a', 'late', { atMs: 15 }), sampleUsage('a', 'u-9', { atMs: 20 })],
    });
    await put(store, 'b', {
      accounts: [sampleAccount('b')],
      usage: [sampleUsage('b', 'other', { atMs: 20 })],
    });
    const all = await pagesOf((page) => store.listUsage({ accountId: 'a', fromMs: 10, toMs: 30 }, page), 2);
    expect(all.map((page) => page.map((usage) => usage.id))).toEqual([
      ['u-0', 'late'],
      ['u-2', 'u-3'],
      ['u-9'],
    ]);
    const later = await store.listUsage({ accountId: 'a', fromMs: 15, toMs: 31 }, { limit: 9 });
    expect(later.items.map((usage) => usage.id)).toEqual(['late', 'u-2', 'u-3', 'u-9', 'u-1']);
  });

  it('lists holds newest first, each in its latest state', async () => {
    const store = await freshStore(harness);
    await put(store, 'a', {
      accounts: [sampleAccount('a')],
      holds: [hold('h-1', 10), hold('h-2', 20), hold('h-3', 20)],
    });
    await put(store, 'a', {
      holds: [{ ...hold('h-1', 10), status: 'settled', remaining: 0n, settled: 5n, endedAtMs: 30 }],
    });
    const pages = await pagesOf((page) => store.listHolds('a', page), 2);
    expect(pages.map((page) => page.map((each) => `${each.id} ${each.status}`))).toEqual([
      ['h-3 open', 'h-2 open'],
      ['h-1 settled'],
    ]);
  });

  it('lists purchases of every account that wait for payment, oldest first, and no others', async () => {
    const store = await freshStore(harness);
    await put(store, 'a', {
      accounts: [sampleAccount('a')],
      purchases: [purchase('a', 'p-1', 30), purchase('a', 'p-2', 10)],
    });
    await put(store, 'b', { accounts: [sampleAccount('b')], purchases: [purchase('b', 'p-1', 20)] });
    await put(store, 'a', { purchases: [{ ...purchase('a', 'p-1', 30), status: 'succeeded' }] });
    await put(store, 'b', { purchases: [{ ...purchase('b', 'p-2', 40), status: 'needs_action' }] });
    const pages = await pagesOf((page) => store.listOrderedPurchases(page), 1);
    expect(pages.flat().map((each) => `${each.accountId} ${each.id}`)).toEqual(['a p-2', 'b p-1']);
    expect((await store.readPurchase('a', 'p-1'))?.status).toBe('succeeded');
  });

  it('lists activity newest first', async () => {
    const store = await freshStore(harness);
    const activity = [20, 10, 20].map((atMs, index) => ({
      id: `ac-${index}`,
      accountId: 'a',
      atMs,
      kind: 'credits_granted' as const,
      description: 'Credits were granted',
      event: null,
      memberId: null,
      reason: null,
    }));
    await put(store, 'a', { accounts: [sampleAccount('a')], activity });
    const pages = await pagesOf((page) => store.listActivity('a', page), 2);
    expect(pages.map((page) => page.map((each) => each.id))).toEqual([['ac-2', 'ac-0'], ['ac-1']]);
  });

  it('never gives more than the largest page, and at least one', async () => {
    const store = await freshStore(harness);
    const entries = Array.from({ length: 600 }, (_, index) => sampleEntry('a', index + 1));
    await put(store, 'a', { accounts: [afterEntries(sampleAccount('a'), 600)], entries });
    expect((await store.listEntries('a', { limit: 10_000 })).items).toHaveLength(500);
    expect((await store.listEntries('a', { limit: 0 })).items).toHaveLength(1);
  });
}

async function put(store: Store, accountId: string, writes: Writes): Promise<void> {
  await store.write({ accountIds: [accountId] }, () => ({ writes, result: undefined }));
}

function hold(id: string, createdAtMs: number): HoldRecord {
  return {
    id,
    accountId: 'a',
    taskId: null,
    status: 'open',
    unit: 'credits',
    amount: 5n,
    remaining: 5n,
    settled: 0n,
    createdAtMs,
    expiresAtMs: nowMs,
    endedAtMs: null,
  };
}

function purchase(accountId: string, id: string, createdAtMs: number): PurchaseRecord {
  return {
    id,
    accountId,
    packId: 'small',
    source: 'top_up',
    status: 'ordered',
    credits: 100_000_000n,
    bonus: 5_000_000n,
    unit: 'credits',
    price: 10_000_000n,
    taxes: [],
    invoiceId: null,
    currency: 'EUR',
    paymentMethodId: 'card-1',
    failure: null,
    actionUrl: null,
    memberId: null,
    createdAtMs,
    updatedAtMs: createdAtMs,
  };
}
