import { limits } from '../../contract/limits.ts';
import type { PageRequest, StorePage } from '../store.ts';

/** How many items a page may hold: what was asked for, at least 1, at most `limits.pageSizeMax`. */
export function pageLimit(page: PageRequest): number {
  return Math.max(1, Math.min(page.limit, limits.pageSizeMax));
}

/**
 * A page from one item more than it may hold: the extra one shows that there is a next page, whose cursor is made of
 * the last item that is on this one.
 */
export function pageOf<Item>(
  found: readonly Item[],
  limit: number,
  cursorAfter: (item: Item) => string,
): StorePage<Item> {
  if (found.length <= limit) return { items: found, nextCursor: null };
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last === undefined ? null : cursorAfter(last) };
}
