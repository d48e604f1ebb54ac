import { expect, it } from 'vitest';
import type { UsageRecord } from '../../../server/src/domain/usage/state.ts';
import type { ChangedAccounts, Writes } from '../../../server/src/store/store.ts';
import { InvalidCursorError } from '../../../server/src/store/store-errors.ts';
import { memberRecord } from '../../support/member-record.ts';
import {
  afterEntries,
  creditsOf,
  nowMs,
  putAccount,
  sampleAccount,
  sampleAnswer,
  sampleCell,
  sampleEntry,
  samplePurchase,
  sampleTask,
  sampleUsage,
} from '../account-samples.ts';
import { beforeAndAfterRestart, freshStore, type StoreHarness } from './harness.ts';

export function writeGuarantees(harness: StoreHarness): void {
  it('gives back everything as it was written, also after a restart', async () => {
    const first = await freshStore(harness);
    const writes = everything();
    await first.write({ accountIds: ['a'] }, () => ({ writes, result: undefined }));
    for await (const store of beforeAndAfterRestart(harness, first)) {
      expect(await store.readAccount('a')).toEqual(writes.accounts?.[0]);
      expect(await store.readMember('a', 'ann')).toEqual(writes.members?.[0]);
      expect(await store.readTask('a', 't-1')).toEqual(writes.tasks?.[0]);
      expect(await store.readHold('a', 'h-1')).toEqual(writes.holds?.[0]);
      expect(await store.readPurchase('a', 'p-1')).toEqual(writes.purchases?.[0]);
      expect(await store.readEntry('a', 'e-1')).toEqual(writes.entries?.[0]);
      expect(await store.readUsage('a', 'u-1')).toEqual(writes.usage?.[0]);
      expect((await store.listActivity('a', { limit: 10 })).items).toEqual(writes.activity);
      const loaded = await store.write(
        {
          accountIds: ['a', 'a'],
          answers: [{ accountId: 'a', key: 'k' }],
          members: [{ accountId: 'a', id: 'ann' }],
          tasks: [{ accountId: 'a', id: 't-1' }],
          holds: [{ accountId: 'a', id: 'h-1' }],
          eventIds: [{ accountId: 'a', id: 'ev-1' }],
          purchases: [{ accountId: 'a', id: 'p-1' }],
        },
        (found) => ({
          writes: {},
          result: {
            account: found.account('a'),
            answer: found.answer('a', 'k'),
            member: found.member('a', 'ann'),
            task: found.task('a', 't-1'),
            hold: found.hold('a', 'h-1'),
            event: found.event('a', 'ev-1'),
            purchase: found.purchase('a', 'p-1'),
          },
        }),
      );
      expect(loaded).toEqual({
        account: writes.accounts?.[0],
        answer: writes.answers?.[0],
        member: writes.members?.[0],
        task: writes.tasks?.[0],
        hold: writes.holds?.[0],
        event: writes.eventIds?.[0],
        purchase: writes.purchases?.[0],
      });
    }
  });

  it('finds nothing where nothing was written', async () => {
    const store = await freshStore(harness);
    expect(await store.readAccount('a')).toBeUndefined();
    expect(await store.readMember('a', 'x')).toBeUndefined();
    expect(await store.readTask('a', 'x')).toBeUndefined();
    expect(await store.readHold('a', 'x')).toBeUndefined();
    expect(await store.readPurchase('a', 'x')).toBeUndefined();
    expect(await store.readEntry('a', 'x')).toBeUndefined();
    expect(await store.readUsage('a', 'x')).toBeUndefined();
    expect((await store.listEntries('a', { limit: 5 })).items).toEqual([]);
    const found = await store.write(
      {
        accountIds: ['a'],
        answers: [{ accountId: 'a', key: 'k' }],
        eventIds: [{ accountId: 'a', id: 'ev' }],
      },
      (loaded) => ({
        writes: {},
        result: [loaded.account('a'), loaded.answer('a', 'k'), loaded.event('a', 'ev')],
      }),
    );
    expect(found).toEqual([undefined, undefined, undefined]);
  });

  it('I1: writes nothing at all when the decision throws, and passes the error on', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('a', 5n));
    const mistake = new TypeError('no such metric');
    const write = store.write({ accountIds: ['a'] }, () => {
      throw mistake;
    });
    await expect(write).rejects.toBe(mistake);
    expect(creditsOf(await store.readAccount('a'))).toBe(5n);
  });

  it('I1: tells rows that nobody can store as a mistake, not as something to try again, and writes nothing', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('a'));
    const rows = { usage: [null as unknown as UsageRecord], activity: [] };
    const write = store.write({ accountIds: ['a'] }, () => ({ writes: rows, result: undefined }));
    await expect(write).rejects.toBeInstanceOf(TypeError);
    expect(await store.readAccount('a')).toEqual(sampleAccount('a'));
  });

  it('I4: throws when a decision asks for what was not among its needs', async () => {
    const store = await freshStore(harness);
    const write = store.write({ accountIds: ['a'] }, (loaded) => ({
      writes: {},
      result: loaded.account('b'),
    }));
    await expect(write).rejects.toThrow('not among the needs');
  });

  it('I5: refuses to write an account that it did not lock, with everything else in it', async () => {
    const store = await freshStore(harness);
    const write = store.write({ accountIds: ['a'] }, () => ({
      writes: { accounts: [sampleAccount('a'), sampleAccount('b')] },
      result: undefined,
    }));
    await expect(write).rejects.toThrow('not among the needs');
    expect(await store.readAccount('a')).toBeUndefined();
    expect(await store.readAccount('b')).toBeUndefined();
  });

  it('keeps parts of an account that a later write did not change', async () => {
    const first = await freshStore(harness);
    const state = sampleAccount('a', 5n);
    await putAccount(first, state);
    const renamed = { ...state, profile: { ...state.profile, name: 'Renamed' }, version: 2 };
    await putAccount(first, renamed);
    const busy = { ...renamed, runningTasks: 3, version: 3 };
    await putAccount(first, busy);
    for await (const store of beforeAndAfterRestart(harness, first)) {
      expect(await store.readAccount('a')).toEqual(busy);
    }
  });

  it('writes several accounts in one transaction', async () => {
    const store = await freshStore(harness);
    await store.write({ accountIds: ['b', 'a'] }, () => ({
      writes: {
        accounts: [afterEntries(sampleAccount('b', 1n), 1), sampleAccount('a', 2n)],
        entries: [sampleEntry('b', 1)],
      },
      result: undefined,
    }));
    expect(creditsOf(await store.readAccount('a'))).toBe(2n);
    expect(creditsOf(await store.readAccount('b'))).toBe(1n);
  });

  it('I3: lets one of many parallel writes at a time decide over an account', async () => {
    const store = await freshStore(harness);
    await putAccount(store, sampleAccount('a', 0n));
    const add = () =>
      store.write({ accountIds: ['a'] }, (loaded) => {
        const state = loaded.account('a') ?? sampleAccount('a');
        const [grant] = state.wallet.grants;
        if (grant === undefined) throw new Error('The account has lost its grant.');
        const grants = [{ ...grant, remaining: grant.remaining + 1n }];
        return {
          writes: {
            accounts: [{ ...state, wallet: { ...state.wallet, grants }, version: state.version + 1 }],
          },
          result: undefined,
        };
      });
    await Promise.all(Array.from({ length: 100 }, add));
    expect(creditsOf(await store.readAccount('a'))).toBe(100n);
    expect((await store.readAccount('a'))?.version).toBe(101);
  });

  it('makes a new account once when many try at the same time', async () => {
    const store = await freshStore(harness);
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        store.write({ accountIds: ['a'] }, (loaded) =>
          loaded.account('a') === undefined
            ? { writes: { accounts: [sampleAccount('a')] }, result: 'made' }
            : { writes: {}, result: 'found' },
        ),
      ),
    );
    expect(results.filter((result) => result === 'made')).toHaveLength(1);
  });

  it('tells who listens which accounts changed, until they stop listening', async () => {
    const store = await freshStore(harness);
    const told = Promise.withResolvers<ChangedAccounts>();
    const stop = store.subscribe(told.resolve);
    await putAccount(store, sampleAccount('a'));
    expect(await told.promise).toEqual(['a']);
    stop();
    const toldLater: ChangedAccounts[] = [];
    const next = Promise.withResolvers<void>();
    store.subscribe((changed) => {
      toldLater.push(changed);
      next.resolve();
    });
    stop();
    await putAccount(store, sampleAccount('b'));
    await next.promise;
    expect(toldLater).toEqual([['b']]);
  });

  it('refuses a cursor that is not its own', async () => {
    const store = await freshStore(harness);
    await store.write({ accountIds: ['a'] }, () => ({
      writes: {
        accounts: [afterEntries(sampleAccount('a'), 2)],
        entries: [sampleEntry('a', 1), sampleEntry('a', 2)],
      },
      result: undefined,
    }));
    const { nextCursor } = await store.listEntries('a', { limit: 1 });
    expect(nextCursor).toBeTypeOf('string');
    for (const cursor of ['', 'x', '%%%', btoa('[]'), btoa('["entries","1"]'), btoa('["entries",1.5]')]) {
      await expect(store.listEntries('a', { limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
    }
    await expect(store.listTasks({}, { limit: 1, cursor: nextCursor ?? '' })).rejects.toThrow(
      InvalidCursorError,
    );
  });
}

function everything(): Writes {
  const state = afterEntries(sampleAccount('a', 10n ** 18n), 1);
  return {
    accounts: [
      {
        ...state,
        holds: [
          {
            id: 'h-1',
            taskId: 't-1',
            unit: 'credits',
            amount: 5n,
            legs: [{ grantId: 'g-1', amount: 5n }],
            settled: 0n,
            counts: { requests: 1n, ['__proto__']: 2n },
            dimensions: { taskId: 't-1', source: 'app' },
            createdAtMs: nowMs,
            catalogVersion: 3,
            modelFactor: 1_200_000n,
            expiresAtMs: nowMs + 1,
          },
        ],
      },
    ],
    members: [
      memberRecord({
        id: 'ann',
        accountId: 'a',
        name: 'Ann "A" ✓',
        allocations: { requests: 10n ** 18n },
        createdAtMs: nowMs,
      }),
    ],
    entries: [sampleEntry('a', 1, { amount: -(10n ** 18n), debt: -(10n ** 17n) - 1n })],
    usage: [sampleUsage('a', 'u-1', { charge: 10n ** 18n + 1n })],
    cells: [sampleCell('a')],
    holds: [
      {
        id: 'h-1',
        accountId: 'a',
        taskId: 't-1',
        status: 'open',
        unit: 'credits',
        amount: 5n,
        remaining: 5n,
        settled: 0n,
        createdAtMs: nowMs,
        expiresAtMs: nowMs + 1,
        endedAtMs: null,
      },
    ],
    tasks: [sampleTask('a', 't-1')],
    answers: [sampleAnswer('a', 'k')],
    eventIds: [{ accountId: 'a', id: 'ev-1', contentHash: 'ff'.repeat(16) }],
    purchases: [samplePurchase()],
    activity: [
      {
        id: 'ac-1',
        accountId: 'a',
        atMs: nowMs,
        kind: 'credits_adjusted',
        description: 'Five credits were taken back',
        event: null,
        memberId: null,
        reason: 'Granted twice',
      },
    ],
  };
}
