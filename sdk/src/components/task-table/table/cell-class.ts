import type { TaskColumn } from './task-columns.ts';

/** The classes of a column's head or of one of its cells. */
export function cellClass(column: TaskColumn | 'task', name: string): string {
  const isFigure = column === 'duration' || column === 'cost';
  return `${name} uk-task-cell-${column}${isFigure ? ' uk-end' : ''}`;
}
