import type { Page } from '@usagekit/server/contract';

/** A list and the page that follows it, as if they were one. A list moves while it is read: no item is taken twice. */
export function joinPages<Item extends { id: string }>(list: Page<Item>, next: Page<Item>): Page<Item> {
  const known = new Set(list.items.map(({ id }) => id));
  return {
    ...list,
    items: [...list.items, ...next.items.filter(({ id }) => !known.has(id))],
    nextCursor: next.nextCursor,
  };
}

/**
 * Whether enough of a list was read again: it meets the list before, and of that list less than a page was not read. One
 * more page would make the list longer with every refresh.
 */
export function reachesList<Item extends { id: string }>(
  read: Page<Item>,
  before: Page<Item>,
  pageSize: number,
): boolean {
  if (before.items.length - read.items.length >= pageSize) return false;
  const known = new Set(before.items.map(({ id }) => id));
  return known.size === 0 || read.items.some(({ id }) => known.has(id));
}

/**
 * The head of a list, which was read again, with the rest of the list before it. Where the two do not meet, items between
 * them are not known, and the rest is left out. A head that no page follows is the whole list: what stood after it was removed.
 */
export function joinRest<Item extends { id: string }>(head: Page<Item>, before: Page<Item>): Page<Item> {
  if (head.nextCursor === null) return head;
  const read = new Set(head.items.map(({ id }) => id));
  const meetsAt = before.items.findLastIndex(({ id }) => read.has(id));
  const rest = meetsAt < 0 ? [] : before.items.slice(meetsAt + 1);
  if (rest.length === 0) return head;
  return { ...head, items: [...head.items, ...rest], nextCursor: before.nextCursor };
}
