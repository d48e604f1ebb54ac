import { decodeCursor, encodeCursor } from '../parts/cursor.ts';
import { pageLimit, pageOf } from '../parts/page-of.ts';
import type { PageRequest, StorePage } from '../store.ts';
import { compareMade, type Made } from './account-history.ts';
import { compareText } from './sorted-list.ts';

/** A page of items that come in the order of the list, from the page's cursor on. */
export function pageFrom<Item>(
  items: Iterable<Item> | undefined,
  page: PageRequest,
  cursorAfter: (item: Item) => string,
): StorePage<Item> {
  const limit = pageLimit(page);
  const found: Item[] = [];
  for (const item of items ?? []) {
    found.push(item);
    if (found.length > limit) break;
  }
  return pageOf(found, limit, cursorAfter);
}

/** The cursor after something in a list by when things were made. */
export function madeCursor(list: string, made: Made): string {
  return encodeCursor(list, [made.createdAtMs, made.id, made.accountId]);
}

/** Where in such a list a page begins; undefined at its beginning. */
export function madeAt(list: string, page: PageRequest): Made | undefined {
  if (page.cursor === undefined) return undefined;
  const [createdAtMs, id, accountId] = decodeCursor(list, ['number', 'string', 'string'], page.cursor);
  return { createdAtMs, id, accountId };
}

/** Tells which items earlier pages of such a list had. */
export function isAtOrAfter(list: string, page: PageRequest): (made: Made) => boolean {
  const cursor = madeAt(list, page);
  return (made) => cursor !== undefined && compareMade(made, cursor) >= 0;
}

/** By instant and id. */
export function compareAt(
  a: { readonly atMs: number; readonly id: string },
  [atMs, id]: readonly [number, string],
): number {
  return a.atMs - atMs || compareText(a.id, id);
}
