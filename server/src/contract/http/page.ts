import type { Instant } from '../values/amount.ts';

/** The parameters of every list: the number of items, and where to continue. */
export interface PageQuery {
  /** Items a page, 1 to `apiBounds.pageSizeMax`, 50 by default. */
  limit?: number;
  /** The opaque `nextCursor` of the page before; absent for the first page. */
  cursor?: string;
}

/** One page of a list, newest first unless the list says otherwise. There are no totals. */
export interface Page<Item> {
  items: Item[];
  /** Pass it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
  /** When it was read, by the account's clock; absent in lists that are of no account. */
  asOf?: Instant;
  /** The account's zone; absent in lists that are of no account. */
  timeZone?: string;
}

/** The account that a caller names whose credentials name none. */
export interface OfAccount {
  accountId?: string;
}

/** A list that is not told in pages. */
export interface Items<Item> {
  items: Item[];
}
