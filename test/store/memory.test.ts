import { expect, it } from 'vitest';
import type { UsageRecord } from '../../server/src/domain/state.ts';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
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

it('fails where a usage record has an id that its account has, and writes nothing beside it', async () => {
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
