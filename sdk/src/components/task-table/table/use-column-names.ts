'use client';
import type { Messages } from '../../../messages/messages.ts';
import { taskColumnsMessages } from '../../../messages/tasks/task-columns.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import type { TaskColumn } from './task-columns.ts';

/** The name of each column: of those that a table has at first, and of those that may be chosen. */
export function useColumnNames({ columns }: Messages['taskTable']): Record<TaskColumn | 'task', string> {
  return { ...columns, ...useMessages('taskColumns', taskColumnsMessages) };
}
