import { expect, it } from 'vitest';
import type { Delivery, NoticeRecord } from '../../../server/src/domain/notices/state.ts';
import type { WebhookEndpointRecord } from '../../../server/src/store/installation-records.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { nowMs, sampleAccount, sampleNotice } from '../account-samples.ts';
import { beforeAndAfterRestart, freshStore, pagesOf, restarted, type StoreHarness } from './harness.ts';

const delivery = (parts: Partial<Delivery> = {}): Delivery => ({
  to: 'endpoint~main',
  status: 'waiting',
  attempts: 1,
  nextAttemptAtMs: nowMs + 5_000,
  lastAttemptAtMs: nowMs,
  lastFailure: 'The endpoint answered 500.',
  ...parts,
});
const dead = (accountId: string, id: string, createdAtMs: number): NoticeRecord =>
  sampleNotice(accountId, id, {
    createdAtMs,
    dueAtMs: null,
    deliveries: [delivery({ status: 'dead', nextAttemptAtMs: null })],
  });

export function noticeGuarantees(harness: StoreHarness): void {
  it('keeps a notice with the account that it is written with, over a restart too', async () => {
    const store = await freshStore(harness);
    const notice = sampleNotice('a', 'n-1', { deliveries: [delivery()], dueAtMs: nowMs + 5_000 });
    await put(store, sampleAccount('a'), [notice]);
    for await (const each of beforeAndAfterRestart(harness, store)) {
      expect(await each.readNotice('a', 'n-1')).toEqual(notice);
      expect(await each.readNotice('b', 'n-1')).toBeUndefined();
    }
  });

  it('hands a decision the notice that it needs, and puts what it changes without the account', async () => {
    const store = await freshStore(harness);
    await put(store, sampleAccount('a'), [sampleNotice('a', 'n-1')]);
    for (const attempts of [1, 2])
      await store.write({ accountIds: ['a'], notices: [{ accountId: 'a', id: 'n-1' }] }, (loaded) => {
        const notice = loaded.notice('a', 'n-1');
        if (notice === undefined) throw new Error('Not loaded');
        expect(notice.deliveries?.[0]?.attempts ?? 0).toBe(attempts - 1);
        return {
          writes: { notices: [{ ...notice, deliveries: [delivery({ attempts })] }] },
          result: undefined,
        };
      });
    expect((await store.readNotice('a', 'n-1'))?.deliveries).toEqual([delivery({ attempts: 2 })]);
    expect((await store.listNotices({}, { limit: 10 })).items).toHaveLength(1);
  });

  it('lists notices newest first, of one account or of all, and the dead ones alone', async () => {
    const store = await freshStore(harness);
    await put(store, sampleAccount('a'), [
      sampleNotice('a', 'n-1', { createdAtMs: nowMs }),
      dead('a', 'n-2', nowMs + 2),
    ]);
    await put(store, sampleAccount('b'), [
      sampleNotice('b', 'n-1', { createdAtMs: nowMs + 1 }),
      dead('b', 'n-3', nowMs + 3),
    ]);
    const listed = async (filter: Parameters<Store['listNotices']>[0]) =>
      (await pagesOf((page) => store.listNotices(filter, page), 2)).map((page) =>
        page.map(({ accountId, id }) => `${accountId} ${id}`),
      );
    expect(await listed({})).toEqual([
      ['b n-3', 'a n-2'],
      ['b n-1', 'a n-1'],
    ]);
    expect(await listed({ accountId: 'a' })).toEqual([['a n-2', 'a n-1']]);
    expect(await listed({ isDead: true })).toEqual([['b n-3', 'a n-2']]);
    expect(await listed({ accountId: 'b', isDead: true })).toEqual([['b n-3']]);
    expect(await listed({ accountId: 'c' })).toEqual([[]]);
  });

  it('lists what is due of every account, the longest due first, and nothing that is done', async () => {
    const store = await freshStore(harness);
    await put(store, sampleAccount('a'), [
      sampleNotice('a', 'later', { dueAtMs: nowMs + 10 }),
      sampleNotice('a', 'second', { dueAtMs: nowMs - 5 }),
      sampleNotice('a', 'done', { dueAtMs: null }),
    ]);
    await put(store, sampleAccount('b'), [
      sampleNotice('b', 'first', { dueAtMs: nowMs - 9 }),
      sampleNotice('b', 'third', { dueAtMs: nowMs }),
    ]);
    const due = async (atMs: number) =>
      (await pagesOf((page) => store.listDueNotices(atMs, page), 2)).map((page) => page.map(({ id }) => id));
    expect(await due(nowMs)).toEqual([['first', 'second'], ['third']]);
    await store.write({ accountIds: ['b'], notices: [{ accountId: 'b', id: 'first' }] }, (loaded) => {
      const notice = loaded.notice('b', 'first');
      if (notice === undefined) throw new Error('Not loaded');
      return { writes: { notices: [{ ...notice, dueAtMs: null }] }, result: undefined };
    });
    expect((await due(nowMs + 10)).flat()).toEqual(['second', 'third', 'later']);
  });

  it('forgets notices that are old enough and done, of every account, oldest first and no more than asked', async () => {
    const first = await freshStore(harness);
    await put(first, sampleAccount('a'), [
      sampleNotice('a', 'done', { createdAtMs: nowMs - 5, dueAtMs: null }),
      sampleNotice('a', 'waiting', { createdAtMs: nowMs - 9, dueAtMs: nowMs }),
      sampleNotice('a', 'young', { createdAtMs: nowMs, dueAtMs: null }),
    ]);
    await put(first, sampleAccount('b'), [
      dead('b', 'dead', nowMs - 7),
      sampleNotice('b', 'done', { createdAtMs: nowMs - 3, dueAtMs: null }),
    ]);
    // What still stands in a journal of writes is forgotten once it was folded.
    const store = await restarted(harness, first);
    const kept = async () =>
      (await store.listNotices({}, { limit: 10 })).items.map(({ accountId, id }) => `${accountId} ${id}`);
    expect(await kept()).toEqual(['a young', 'b done', 'a done', 'b dead', 'a waiting']);
    expect(await store.hasOlder('notices', nowMs - 7)).toBe(false);
    expect(await store.forgetOld('notices', nowMs, 2)).toBe(2);
    expect(await kept()).toEqual(['a young', 'b done', 'a waiting']);
    expect(await store.hasOlder('notices', nowMs)).toBe(true);
    expect(await store.forgetOld('notices', nowMs, 2)).toBe(1);
    expect(await store.forgetOld('notices', nowMs, 2)).toBe(0);
    expect(await store.hasOlder('notices', nowMs)).toBe(false);
    for await (const each of beforeAndAfterRestart(harness, store)) {
      expect((await each.listNotices({}, { limit: 10 })).items.map(({ id }) => id)).toEqual([
        'young',
        'waiting',
      ]);
      expect((await each.listNotices({ isDead: true }, { limit: 10 })).items).toEqual([]);
      expect((await each.listDueNotices(nowMs, { limit: 10 })).items.map(({ id }) => id)).toEqual([
        'waiting',
      ]);
      expect(await each.readNotice('b', 'dead')).toBeUndefined();
    }
  });

  it('keeps webhook endpoints until they are deleted', async () => {
    const first = await freshStore(harness);
    for (const id of ['b', 'a', 'c']) await first.putWebhookEndpoint(endpoint(id));
    const changed: WebhookEndpointRecord = { ...endpoint('b'), types: ['plan.changed'] };
    await first.putWebhookEndpoint(changed);
    const store = await restarted(harness, first);
    expect(await store.readWebhookEndpoint('b')).toEqual(changed);
    expect(
      (await pagesOf((page) => store.listWebhookEndpoints(page), 2)).map((page) => page.map(({ id }) => id)),
    ).toEqual([['a', 'b'], ['c']]);
    expect(await store.deleteWebhookEndpoint('b')).toBe(true);
    expect(await store.deleteWebhookEndpoint('b')).toBe(false);
    expect(await store.readWebhookEndpoint('b')).toBeUndefined();
  });
}

function endpoint(id: string): WebhookEndpointRecord {
  return {
    id,
    url: 'https://example.com/hooks',
    types: null,
    label: '',
    secrets: [{ secret: 'whsec_c2VjcmV0', endsAtMs: null }],
    createdAtMs: nowMs,
  };
}

function put(
  store: Store,
  account: ReturnType<typeof sampleAccount>,
  notices: readonly NoticeRecord[],
): Promise<void> {
  return store.write({ accountIds: [account.profile.id] }, () => ({
    writes: { accounts: [account], notices },
    result: undefined,
  }));
}
