import { hasTaskText, type Page, type Task, type TaskQuery } from '@usagekit/server/contract';

/**
 * Merges new and changed tasks into a list. Listed tasks change in place, even if the filter no longer matches them, so that no
 * row vanishes while it is read; new tasks join at their place.
 *
 * @param list newest first
 * @param tasks newest first
 */
export function takeTasks(
  list: Page<Task>,
  tasks: readonly Task[],
  filter: Omit<TaskQuery, 'accountId'>,
): Page<Task> {
  const changed = new Map(tasks.map((task) => [task.id, task]));
  const items = list.items.map((task) => {
    const now = changed.get(task.id);
    changed.delete(task.id);
    return now ?? task;
  });
  for (const task of [...changed.values()].reverse()) {
    if (!isOf(task, filter)) continue;
    const olderAt = items.findIndex(({ createdAt }) => createdAt <= task.createdAt);
    // One that is older than all that is listed comes with its own page.
    if (olderAt >= 0) items.splice(olderAt, 0, task);
    else if (list.nextCursor === null) items.push(task);
  }
  return { ...list, items };
}

/** Whether a list that is narrowed to this has the task. */
export function isOf(task: Task, { status, agentId, memberId, from, to, search }: TaskQuery): boolean {
  return (
    (status === undefined || task.status === status) &&
    (agentId === undefined || task.agentId === agentId) &&
    (memberId === undefined || task.memberId === memberId) &&
    (from === undefined || task.createdAt >= from) &&
    (to === undefined || task.createdAt < to) &&
    (search === undefined || hasTaskText(task, search))
  );
}
