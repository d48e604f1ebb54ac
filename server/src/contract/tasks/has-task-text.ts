import type { Task } from './tasks.ts';

/** Whether a task has the text of a search. */
export function hasTaskText(task: Pick<Task, 'name' | 'id' | 'agentId' | 'error'>, search: string): boolean {
  const text = search.trim().toLowerCase();
  return [task.name, task.id, task.agentId, task.error].some((each) => each?.toLowerCase().includes(text));
}
