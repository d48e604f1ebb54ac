import type { Instant, TaskStatus } from '@usagekit/server/contract';

/** The table's filter; `all` stands for no bound. */
export interface TaskFilter {
  /** One status, or all. */
  status: TaskStatus | 'all';
  /** An agent's id, or `all`. */
  agentId: string;
  /** How far back from the present a task may have been made. */
  range: 'any' | 'day' | 'week' | 'month';
  /** Text in the task's name, id, agent or error; empty for all tasks. */
  search: string;
}

export type TaskSortKey = 'task' | 'started' | 'duration' | 'cost';

/** A column, with a minus sign where its largest or latest comes first. */
export type TaskSort = TaskSortKey | `-${TaskSortKey}`;

/** The view of TaskTable: the filter, the order, and the open task. */
export interface TaskTableValue {
  /** Which tasks are shown. */
  filter: TaskFilter;
  /** In which order. */
  sort: TaskSort;
  /** The task whose details are open; null where none are. */
  openTaskId: string | null;
}

/** Shows every task. */
export const noTaskFilter: TaskFilter = { status: 'all', agentId: 'all', range: 'any', search: '' };

/** The order in which the server tells tasks. */
export const newestFirst: TaskSort = '-started';

/** The present that was given, or this browser's, in milliseconds. */
export const msOf = (now: Instant | undefined): number => (now === undefined ? Date.now() : Date.parse(now));
