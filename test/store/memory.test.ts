import { expect, it } from 'vitest';
import type { UsageRecord } from '../../server/src/domain/usage/state.ts';
import { createMemoryStore, type MemoryStore } from '../../server/src/store/memory/memory-store.ts';
import type { ChangedAccounts, Store } from '../../server/src/store/store.ts';
import { putAccount, sampleAccount, sampleUsage } from './account-samples.ts';
import { storeSuite } from './suite.ts';

storeSuite('memory', { create: async () => createMemoryStore() });

it('lets neither a writer nor a reader change what the memory store holds', async () => {
  const store = createMemoryStore();
  const state = sampleAccount('a', 5n);
  await putAccount(store, state);
  const read = await store.readAccount('a');
  for (const held of [state, read]) {
    expect(() => Object.assign(held?.wallet.grants[0] ?? {}, { remaining: 99n })).toThrow(TypeError);
  }
  expect((await store.readAccount('a'))?.wallet.grants[0]?.remaining).toBe(5n);
});

it('fails where a usage record has an id that its account has, and writes nothing else', async () => {
  const store = createMemoryStore();
  const first = sampleUsage('a', 'u-1');
  const write = (usage: UsageRecord[], credits: bigint) =>
    store.write({ accountIds: ['a'] }, () => ({
      writes: { accounts: [sampleAccount('a', credits)], usage },
      result: undefined,
    }));
  await expect(write([first, { ...first, atMs: 5 }], 1n)).rejects.toThrow('u-1');
  expect(await store.readAccount('a')).toBeUndefined();
  await write([first], 2n);
  await expect(write([{ ...first, atMs: 5 }], 3n)).rejects.toThrow('u-1');
  expect(await store.readUsage('a', 'u-1')).toEqual(first);
  expect((await store.readAccount('a'))?.wallet.grants[0]?.remaining).toBe(2n);
});

it('copies into a store of its own: what either writes later is not in the other', async () => {
  const store = createMemoryStore();
  await putAccount(store, sampleAccount('a', 5n));
  const copy = store.copy();
  await putAccount(copy, sampleAccount('a', 7n));
  await putAccount(store, sampleAccount('b', 1n));
  expect((await store.readAccount('a'))?.wallet.grants[0]?.remaining).toBe(5n);
  expect((await copy.readAccount('a'))?.wallet.grants[0]?.remaining).toBe(7n);
  expect(await copy.readAccount('b')).toBeUndefined();
  expect((await copy.listAccountIds({ limit: 10 })).items).toEqual(['a']);
});

// Each change is read from a copy, so that what a copy would leave out is missed by the test that reads it.
storeSuite('a memory store that is copied after each change', {
  create: async () => copiedAfterEachChange((store) => store.copy()),
});

storeSuite('a memory store that is made from its image after each change', {
  create: async () => copiedAfterEachChange((store) => createMemoryStore(structuredClone(store.image()))),
});

function copiedAfterEachChange(copyOf: (store: MemoryStore) => MemoryStore): Store {
  let store = createMemoryStore();
  const listeners = new Set<(changed: ChangedAccounts) => void>();
  const revocationListeners = new Set<(keyId: string | null) => void>();
  const forward = () => {
    store.subscribe((changed) => {
      for (const listener of listeners) listener(changed);
    });
    store.subscribeToRevocations((keyId) => {
      for (const listener of revocationListeners) listener(keyId);
    });
  };
  forward();
  const listen =
    <Listener>(all: Set<Listener>) =>
    (listener: Listener) => {
      const own = ((...given: unknown[]) =>
        (listener as (...given: unknown[]) => void)(...given)) as Listener;
      all.add(own);
      return () => void all.delete(own);
    };
  const changing = /^(write|put|delete|forget|readSecret)/;
  return new Proxy({} as Store, {
    get(_, name: keyof Store) {
      if (name === 'subscribe') return listen(listeners);
      if (name === 'subscribeToRevocations') return listen(revocationListeners);
      const member: unknown = store[name];
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        const result: unknown = await (store[name] as (...given: unknown[]) => unknown)(...given);
        if (changing.test(name)) {
          store = copyOf(store);
          forward();
        }
        return result;
      };
    },
  });
}
