import { decodeCursor, encodeCursor } from '../parts/cursor.ts';
import { readablePage } from '../parts/loaded-rows.ts';
import { pageLimit, pageOf } from '../parts/page-of.ts';
import type { PageRequest, StorePage, UnreadableRow } from '../store.ts';
import type { Row } from './columns.ts';

export type SqlValue = string | number;

/** One page of a list: its query, and how its rows are decoded. */
export interface ListQuery<Item> {
  /** Name of a statement whose text is the same for every call; undefined if the text varies. */
  readonly name: string | undefined;
  /** With `?` for each value, in their order. */
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** @throws StoredFormatError */
  pageOf(rows: readonly Row[]): StorePage<Item>;
}

type Kind = 'number' | 'string';
type Key<Kinds extends readonly Kind[]> = {
  [At in keyof Kinds]: Kinds[At] extends 'number' ? number : string;
};

interface ListParts<Item, Kinds extends readonly Kind[]> {
  readonly name: string | undefined;
  /** The name of this list's cursor, and its fields. */
  readonly cursor: { readonly list: string; readonly kinds: Kinds; readonly keyOf: (row: Row) => Key<Kinds> };
  /** The cursor of the first page. */
  readonly first: Key<Kinds>;
  /** Before and after the values of the cursor's key. */
  readonly before?: readonly SqlValue[];
  readonly after?: readonly SqlValue[];
  /** Ends with `LIMIT ?`. */
  readonly sql: string;
  readonly itemOf: (row: Row) => Item;
  /** Leaves out what cannot be read, as a list that is not one account's alone does. */
  readonly isForAll?: boolean;
}

/** A list that goes on from a key, which is a part of every row. @throws InvalidCursorError */
export function listQuery<Item, const Kinds extends readonly Kind[]>(
  page: PageRequest,
  { name, cursor, first, before = [], after = [], sql, itemOf, isForAll = false }: ListParts<Item, Kinds>,
): ListQuery<Item> {
  const { list, kinds, keyOf } = cursor;
  const from = page.cursor === undefined ? first : (decodeCursor(list, kinds, page.cursor) as Key<Kinds>);
  const limit = pageLimit(page);
  return {
    name,
    sql,
    values: [...before, ...(from as readonly SqlValue[]), ...after, limit + 1],
    pageOf(rows) {
      const page = pageOf(rows, limit, (row) => encodeCursor(list, keyOf(row) as readonly SqlValue[]));
      return isForAll
        ? readablePage(page, itemOf, nameOfRow)
        : { items: page.items.map(itemOf), nextCursor: page.nextCursor };
    },
  };
}

/** What an unreadable row is called by: an account's own row has no other id. */
export function nameOfRow({ account_id: accountId, id }: Row): Omit<UnreadableRow, 'reason'> {
  const account = typeof accountId === 'string' ? accountId : null;
  return { accountId: account, id: typeof id === 'string' ? id : (account ?? '') };
}
