import { onTestFinished } from 'vitest';
import type { PageRequest, Store, StorePage } from '../../../server/src/store/store.ts';

export interface StoreHarness {
  /** A new, empty store. */
  create(): Promise<Store>;
  /** The same data through another store object, the first one having been closed; undefined for what keeps nothing. */
  reopen?(closed: Store): Promise<Store>;
}

/** A store that is closed when the test is over. */
export async function freshStore(harness: StoreHarness): Promise<Store> {
  const store = await harness.create();
  onTestFinished(() => store.close());
  return store;
}

/** The store as it is after a restart; the very same where nothing outlives the process. */
export async function restarted(harness: StoreHarness, store: Store): Promise<Store> {
  if (harness.reopen === undefined) return store;
  await store.close();
  const again = await harness.reopen(store);
  onTestFinished(() => again.close());
  return again;
}

/** The store as it is, and then as it is after a restart. */
export async function* beforeAndAfterRestart(harness: StoreHarness, store: Store): AsyncGenerator<Store> {
  yield store;
  yield await restarted(harness, store);
}

/** All pages of a list, as arrays. */
export async function pagesOf<Item>(
  list: (page: PageRequest) => Promise<StorePage<Item>>,
  limit: number,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let cursor: string | null = null;
  do {
    const page: StorePage<Item> = await list(cursor === null ? { limit } : { limit, cursor });
    pages.push([...page.items]);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
}
