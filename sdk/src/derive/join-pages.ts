import type { Page } from '@usagekit/server/contract';

/**
 * Pages of a list as if they were one. Lists move while they are read, so what came on an earlier page is not taken twice.
 *
 * @param pages in the order in which they were read, at least one
 */
export function joinPages<Item extends { id: string }>(pages: readonly Page<Item>[]): Page<Item> {
  const items = new Map<string, Item>();
  for (const page of pages) {
    for (const item of page.items) if (!items.has(item.id)) items.set(item.id, item);
  }
  return { items: [...items.values()], nextCursor: pages.at(-1)?.nextCursor ?? null };
}
