import type { Task } from '@usagekit/server/contract';
import { taskDurationMs } from '../../../derive/tasks/task-duration.ts';
import { newestFirst, type TaskSort } from '../task-view.ts';

const keys = {
  task: ({ name }: Task) => name,
  started: ({ createdAt }: Task) => createdAt,
  duration: taskDurationMs,
  cost: ({ cost }: Task) => (cost === null ? null : Number(cost)),
};

/** Tasks in another order than the server's; those without the figure come last, either way. Equal ones stay as they were. */
export function sortTasks(tasks: Task[], sort: TaskSort): Task[] {
  if (sort === newestFirst) return tasks;
  const sign = sort.startsWith('-') ? -1 : 1;
  const keyOf = keys[sort.replace('-', '') as keyof typeof keys];
  const compare = (a: string | number, b: string | number) => (a === b ? 0 : a < b ? -sign : sign);
  return tasks
    .map((task) => ({ task, key: keyOf(task) }))
    .sort((a, b) =>
      a.key === null || b.key === null ? +(a.key === null) - +(b.key === null) : compare(a.key, b.key),
    )
    .map(({ task }) => task);
}
