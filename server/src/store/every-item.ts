import type { PageRequest, StorePage } from './store.ts';

const pageSize = 500;

/** Every item of a list of the store, page after page. */
export async function* everyItem<Item>(
  list: (page: PageRequest) => Promise<StorePage<Item>>,
): AsyncGenerator<Item> {
  let page = await list({ limit: pageSize });
  yield* page.items;
  while (page.nextCursor !== null) {
    page = await list({ limit: pageSize, cursor: page.nextCursor });
    yield* page.items;
  }
}
