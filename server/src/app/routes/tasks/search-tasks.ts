import { apiBounds } from '../../../contract/api-bounds.ts';
import { hasTaskText } from '../../../contract/tasks/has-task-text.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import type { PageRequest, Store, StorePage, TaskFilter } from '../../../store/store.ts';

/**
 * Tasks that have a text, newest first. It looks through so many tasks a page as `apiBounds.searchReadsMax` reads give, so that a
 * text that no task has costs no more than one that many have; the next page goes on from there.
 */
export async function searchTasks(
  store: Store,
  filter: TaskFilter,
  search: string,
  { limit, cursor }: PageRequest,
): Promise<StorePage<TaskRecord>> {
  const items: TaskRecord[] = [];
  let nextCursor = cursor ?? null;
  for (let reads = 0; reads < apiBounds.searchReadsMax && items.length < limit; reads += 1) {
    // Never more than there is room for: only the end of a page of the store's has a cursor.
    const page = await store.listTasks(filter, {
      limit: limit - items.length,
      ...(nextCursor === null ? {} : { cursor: nextCursor }),
    });
    items.push(...page.items.filter((task) => isFound(task, search)));
    nextCursor = page.nextCursor;
    if (nextCursor === null) break;
  }
  return { items, nextCursor };
}

/** Whether a stored task has the text of a search. */
export function isFound({ name, id, dimensions, error }: TaskRecord, search: string): boolean {
  return hasTaskText({ name, id, agentId: dimensions.agentId ?? null, error }, search);
}
