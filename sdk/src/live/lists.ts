import type { Page } from '@usagekit/server/contract';
import type { UsageKitError } from '../client/usagekit-error.ts';
import { joinPages, joinRest, reachesList } from '../derive/join-pages.ts';
import { takeTasks } from '../derive/tasks/take-tasks.ts';
import { changeAnswer } from '../provider/change-answer.ts';
import type { SessionStore } from '../provider/session-store.ts';

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

/**
 * Adds the next page to a list that is kept, unless the list has changed by then. Gives why it failed, and never rejects.
 *
 * @param key of the list, by `keyOf`
 * @param loadPage loads that page
 */
async function addPage<Item extends { id: string }>(
  { cache }: Pick<SessionStore, 'cache'>,
  { key, cursor }: { key: string; cursor: string },
  loadPage: () => Promise<Page<Item>>,
): Promise<UsageKitError | undefined> {
  try {
    const next = await loadPage();
    changeAnswer<Page<Item>>(cache.kept, key, (list) =>
      list.nextCursor === cursor ? joinPages(list, next) : list,
    );
    return undefined;
  } catch (error) {
    return error as UsageKitError;
  }
}

/** What changes a list that is there already. It comes with the stream's code, after the first answer. */
export const lists = { takeTasks, joinPages, addPage, readAgain };

export type Lists = typeof lists;
