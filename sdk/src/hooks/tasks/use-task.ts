'use client';
import type { Task } from '@usagekit/server/contract';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** One run with its line items, result or error. Nothing is asked for while `taskId` is null, as in a closed drawer. */
export function useTask(taskId: string | null, options: AccountOptions = {}): Resource<Task> {
  return useResource({
    ...options,
    name: 'task',
    parameters: taskId,
    paused: taskId === null,
    takeIn: (task, { moved: { tasks } }) => tasks && (tasks.find(({ id }) => id === task.id) ?? task),
    load: ({ client, session }) => client.task(session.accountId, taskId ?? ''),
  });
}
