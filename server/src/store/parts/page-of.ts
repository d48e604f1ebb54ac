import { apiBounds } from '../../contract/api-bounds.ts';
import type { PageRequest, StorePage, UnreadableRow } from '../store.ts';
import { SliceSize, type Stopwatch } from './slice-budget.ts';

/** The number of items on a page: the requested number, at least 1, at most `apiBounds.pageSizeMax`. */
export function pageLimit(page: PageRequest): number {
  return Math.max(1, Math.min(page.limit, apiBounds.pageSizeMax));
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

/** Rows that are read and decoded in one go at most: a few milliseconds, also for accounts, the largest rows there are. */
export const rowsReadAtOnce = 100;

/** The same where little of each row is decoded. */
export const leanRowsReadAtOnce = 500;

/**
 * Slices of a page whose reader notes what each of them took (`begin`). The first has half of what it may have, since nobody knows its time.
 */
export function measuredSlices(readAtOnce: number = rowsReadAtOnce, stopwatchMs?: Stopwatch): SliceSize {
  return new SliceSize({
    rowsMax: readAtOnce,
    rowsFirst: readAtOnce / 2,
    ...(stopwatchMs === undefined ? {} : { stopwatchMs }),
  });
}

/** How a page is read in slices. */
export interface SlicedReading {
  /** Lets others have their turn. */
  readonly nextTurn: () => Promise<unknown>;
  readonly size: SliceSize;
}

/** Reads a page in slices, between which others have their turn. What is written meanwhile is in it as if it had been asked for later. */
export async function pageInSlices<Item>(
  page: PageRequest,
  { nextTurn, size }: SlicedReading,
  readSlice: (slice: PageRequest) => Promise<StorePage<Item>>,
): Promise<StorePage<Item>> {
  const limit = pageLimit(page);
  if (limit <= size.rows) return readSlice(page);
  const items: Item[] = [];
  const unreadable: UnreadableRow[] = [];
  let { cursor } = page;
  for (let left = limit; ; ) {
    const rows = Math.min(left, size.rows);
    const slice = await readSlice({ limit: rows, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...slice.items);
    unreadable.push(...(slice.unreadable ?? []));
    // Not what there is: rows that cannot be read are left out.
    left -= rows;
    if (slice.nextCursor === null || left === 0)
      return { items, nextCursor: slice.nextCursor, ...(unreadable.length > 0 && { unreadable }) };
    cursor = slice.nextCursor;
    await nextTurn();
  }
}
