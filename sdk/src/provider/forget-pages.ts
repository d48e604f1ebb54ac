'use client';
import type { Page } from '@usagekit/server/contract';
import { unstable_serialize as keyOfPages } from 'swr/infinite';
import { queryCache } from './query-cache.ts';

/** Drops a list with all its pages, whose keys begin with the list's. */
export function forgetPages(listKey: string): void {
  queryCache.delete(keyOfPages(() => listKey));
  dropPages(listKey, () => false);
}

/** Drops the pages that the list has no longer, as after its cursors have moved. */
export function forgetLeftPages(listKey: string): void {
  const pages: Page<unknown>[] = queryCache.get(keyOfPages(() => listKey))?.data ?? [];
  const kept = new Set([listKey, ...pages.map(({ nextCursor }) => listKey + (nextCursor ?? ''))]);
  dropPages(listKey, (key) => kept.has(key));
}

function dropPages(listKey: string, isKept: (key: string) => boolean): void {
  for (const key of [...queryCache.keys()]) {
    if (key.startsWith(listKey) && !isKept(key)) queryCache.delete(key);
  }
}
