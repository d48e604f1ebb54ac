import { limits } from '../../contract/limits.ts';
import type { PageRequest, StorePage } from '../store.ts';

/** The number of items on a page: the requested number, at least 1, at most `limits.pageSizeMax`. */
export function pageLimit(page: PageRequest): number {
  return Math.max(1, Math.min(page.limit, limits.pageSizeMax));
}

/**
 * Makes a page from up to one item more than the page holds. The extra item shows that there is a next page; the cursor comes
 * from the last item on this page.
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

/** Rows that are read and decoded in one go: a few milliseconds, also for accounts, the largest rows there are. */
export const rowsReadAtOnce = 100;

/** The same where little of each row is decoded. */
export const leanRowsReadAtOnce = 500;

/** Reads a page in slices, between which others have their turn. What is written meanwhile is in it as if it had been asked for later. */
export async function pageInSlices<Item>(
  page: PageRequest,
  nextTurn: () => Promise<unknown>,
  readSlice: (slice: PageRequest) => Promise<StorePage<Item>>,
  readAtOnce = rowsReadAtOnce,
): Promise<StorePage<Item>> {
  const limit = pageLimit(page);
  if (limit <= readAtOnce) return readSlice(page);
  const items: Item[] = [];
  let { cursor } = page;
  for (let left = limit; ; left -= readAtOnce) {
    const slice = await readSlice({
      limit: Math.min(left, readAtOnce),
      ...(cursor === undefined ? {} : { cursor }),
    });
    items.push(...slice.items);
    if (slice.nextCursor === null || left <= readAtOnce) return { items, nextCursor: slice.nextCursor };
    cursor = slice.nextCursor;
    await nextTurn();
  }
}
