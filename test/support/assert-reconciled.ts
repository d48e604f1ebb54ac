import { expect } from 'vitest';
import { reconcileStore } from '../../server/src/store/reconcile-store.ts';
import type { Store } from '../../server/src/store/store.ts';

/** Fails where a balance in the store is not the sum of its entries, or cannot be read. */
export async function assertReconciled(store: Store): Promise<void> {
  for await (const { drifts, unreadable } of reconcileStore(store)) {
    expect(drifts).toEqual([]);
    expect(unreadable).toBeNull();
  }
}
