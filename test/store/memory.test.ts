import { expect, it } from 'vitest';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { putAccount, sampleAccount } from './account-samples.ts';
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
