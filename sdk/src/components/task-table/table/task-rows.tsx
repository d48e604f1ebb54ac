'use client';
import type { Task } from '@usagekit/server/contract';
import { type ReactNode, Suspense, useRef } from 'react';
import { unwindowedRowsMax } from '../../../derive/tasks/unwindowed-rows-max.ts';
import { columnDecimals } from '../../../format/column-decimals.ts';
import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';
import { lazyPart } from '../../parts/lazy-part.ts';
import type { TaskSort } from '../task-view.ts';
import { cellClass } from './cell-class.ts';
import type { ColumnChoice, TaskColumn } from './task-columns.ts';
import { type SeenClock, TaskRow } from './task-row.tsx';

// What sorts and changes columns comes with what filters tasks.
const TaskHead = lazyPart(() => import('../bar/task-bar.tsx'), 'TaskHead');

// Most tables are short.
const RowsInSight = lazyPart(() => import('./rows-in-sight.tsx'), 'RowsInSight');

export interface TaskRowsProps {
  tasks: Task[];
  /** Whether there are more than these; the count of rows is then not known. */
  hasMore: boolean;
  clock: SeenClock;
  /** Columns and widths that the reader chose; undefined for those of the beginning. */
  choice: ColumnChoice | undefined;
  sort: TaskSort;
  /** Left out where the order cannot be chosen. */
  onSort: ((sort: TaskSort) => void) | undefined;
  onOpen: (taskId: string) => void;
  /** Stands below the last row. */
  foot?: ReactNode;
  format: Format;
  messages: Messages['taskTable'];
}

const defaultColumns: readonly TaskColumn[] = ['status', 'started', 'duration', 'cost'];

/**
 * The table itself. Of more than 200 rows only those in sight are drawn, between two rows that stand for the others.
 * Renders a focusable scrolling region with a `table`, whose rows bear their place in the whole. Reads nothing.
 */
export function TaskRows({ tasks, hasMore, choice, foot, sort, onSort, ...row }: TaskRowsProps) {
  const region = useRef<HTMLElement>(null);
  const { messages } = row;
  const columns = choice?.columns ?? defaultColumns;
  const named = ['task', ...columns] as const;
  const decimals = columnDecimals(tasks.map(({ cost }) => cost));
  const draw = (start: number, end: number) =>
    tasks
      .slice(start, end)
      .map((task, place) => (
        <TaskRow key={task.id} rowIndex={start + place + 2} {...{ task, columns, decimals, ...row }} />
      ));
  const first = draw(0, unwindowedRowsMax);
  return (
    <div className="uk-task-region">
      <section
        ref={region}
        className="uk-scroll"
        aria-label={messages.list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
        tabIndex={0}
      >
        <table
          className="uk-tasks"
          aria-rowcount={hasMore ? -1 : tasks.length + 1}
          style={choice && { minInlineSize: choice.sumPx }}
        >
          {choice && (
            <colgroup>
              {named.map((column) => (
                <col key={column} style={{ inlineSize: choice.widths[column] }} />
              ))}
            </colgroup>
          )}
          <thead className="uk-tasks-head">
            <tr className="uk-tasks-head-row" aria-rowindex={1}>
              <Suspense
                // The columns' names alone, until they can be clicked. What is chosen comes with the names of those to choose from.
                fallback={named.map((column) => (
                  <th key={column} className={cellClass(column, 'uk-task-head')} scope="col">
                    {(messages.columns as Partial<Record<string, string>>)[column]}
                  </th>
                ))}
              >
                <TaskHead columns={named} {...{ sort, onSort, messages }} />
              </Suspense>
            </tr>
          </thead>
          <tbody className="uk-tasks-body">
            {tasks.length > unwindowedRowsMax ? (
              <Suspense fallback={first}>
                <RowsInSight rowCount={tasks.length} region={region} draw={draw} />
              </Suspense>
            ) : (
              first
            )}
          </tbody>
        </table>
        {foot}
      </section>
    </div>
  );
}
