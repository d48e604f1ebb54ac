import { apiBounds } from '../../../contract/api-bounds.ts';
import type { PageQuery } from '../../../contract/http/page.ts';
import type { PageRequest, StorePage } from '../../../store/store.ts';

/** The store's request for a page. */
export function pageRequest({ limit = apiBounds.pageSizeDefault, cursor }: PageQuery): PageRequest {
  return cursor === undefined ? { limit } : { limit, cursor };
}

/** A page with each item as it goes over the wire. */
export function pageView<Item, View>(
  page: StorePage<Item>,
  toView: (item: Item) => View,
): { items: View[]; nextCursor: string | null } {
  return { items: page.items.map(toView), nextCursor: page.nextCursor };
}
