import type { Page } from '@usagekit/server/contract';
import { joinPages, joinRest, reachesList } from '../derive/join-pages.ts';
import { takeTasks } from '../derive/tasks/take-tasks.ts';

/** A refresh of a long list reads so many pages again; the rest stays as it was read. */
const refreshedPagesMax = 10;

/**
 * A list whose first page was read again, with as many further pages as it takes to meet the list before, and with the rest of that.
 *
 * @param loadPage loads the page that the cursor begins
 */
async function readAgain<Item extends { id: string }>(
  first: Page<Item>,
  before: Page<Item>,
  loadPage: (cursor: string) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  let list = first;
  for (let pages = 1; pages < refreshedPagesMax && list.nextCursor !== null; pages += 1) {
    if (reachesList(list, before, first.items.length)) break;
    list = joinPages(list, await loadPage(list.nextCursor));
  }
  return joinRest(list, before);
}

/** What changes a list that is there already. It comes with the stream's code, after the first answer. */
export const lists = { takeTasks, joinPages, readAgain };

export type Lists = typeof lists;
