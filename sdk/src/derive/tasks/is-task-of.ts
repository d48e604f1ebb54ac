import { hasTaskText, type Task, type TaskQuery } from '@usagekit/server/contract';

/** Whether a list that is narrowed to this has the task. */
export function isTaskOf(task: Task, { status, agentId, memberId, from, to, search }: TaskQuery): boolean {
  return (
    (status === undefined || task.status === status) &&
    (agentId === undefined || task.agentId === agentId) &&
    (memberId === undefined || task.memberId === memberId) &&
    (from === undefined || task.createdAt >= from) &&
    (to === undefined || task.createdAt < to) &&
    (search === undefined || hasTaskText(task, search))
  );
}
