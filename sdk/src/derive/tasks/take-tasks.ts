import type { Page, Task } from '@usagekit/server/contract';

/**
 * Merges new and changed tasks into a list. Listed tasks change in place, even if the filter no longer matches them, so that no
 * row vanishes while it is read; new tasks join at their place.
 *
 * @param list newest first
 * @param tasks newest first
 * @param isListed whether a new task belongs into the list
 */
export function takeTasks(
  list: Page<Task>,
  tasks: readonly Task[],
  isListed: (task: Task) => boolean,
): Page<Task> {
  const changed = new Map(tasks.map((task) => [task.id, task]));
  const items = list.items.map((task) => {
    const now = changed.get(task.id);
    changed.delete(task.id);
    return now ?? task;
  });
  for (const task of [...changed.values()].reverse()) {
    if (!isListed(task)) continue;
    const olderAt = items.findIndex(({ createdAt }) => createdAt <= task.createdAt);
    // One that is older than all that is listed comes with its own page.
    if (olderAt >= 0) items.splice(olderAt, 0, task);
    else if (list.nextCursor === null) items.push(task);
  }
  return { ...list, items };
}
