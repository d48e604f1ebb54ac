'use client';
import type { Task, TaskQuery } from '@usagekit/server/contract';
import { isTaskOf } from '../../derive/tasks/is-task-of.ts';
import { type PagedResource, usePages } from '../base/use-pages.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** The filter of the tasks; by default all tasks that the caller may see. `limit` is the size of a page. */
export type TaskFilters = Omit<TaskQuery, 'accountId' | 'cursor'>;

export interface PausableOptions extends AccountOptions {
  /** Nothing is asked for while this is true. */
  paused?: boolean | undefined;
}

/** Tasks, newest first. */
export function useTasks(filters: TaskFilters = {}, options: PausableOptions = {}): PagedResource<Task> {
  return usePages({
    ...options,
    name: 'tasks',
    parameters: filters,
    loadPage: ({ client, session }, page) => client.tasks(session.accountId, { ...filters, ...page }),
    takeIn: (list, { moved: { tasks }, asOf }, { takeTasks }) =>
      tasks && { ...takeTasks(list, tasks, (task) => isTaskOf(task, filters)), asOf },
  });
}
