'use client';
import type { Messages } from '../../../messages/messages.ts';
import type { TaskSort, TaskSortKey } from '../task-view.ts';
import { cellClass } from './cell-class.ts';
import { ColumnHandle } from './column-handle.tsx';
import type { TaskColumn } from './task-columns.ts';
import { useColumnNames } from './use-column-names.ts';

export interface TaskHeadProps {
  /** `task` is the first of them. */
  columns: readonly (TaskColumn | 'task')[];
  sort: TaskSort;
  /** Left out where the order cannot be chosen. */
  onSort: ((sort: TaskSort) => void) | undefined;
  messages: Messages['taskTable'];
}

/** The heads of all columns, which sort by them and make them wider. Renders `th` elements. Reads messages. */
export function TaskHead({ columns, messages, ...rest }: TaskHeadProps) {
  const names = useColumnNames(messages);
  return columns.map((column) => <HeadCell key={column} column={column} name={names[column]} {...rest} />);
}

interface HeadCellProps extends Omit<TaskHeadProps, 'columns' | 'messages'> {
  column: TaskColumn | 'task';
  name: string;
}

const sortKeys: readonly TaskSortKey[] = ['task', 'started', 'duration', 'cost'];

function HeadCell({ column, name, sort, onSort }: HeadCellProps) {
  const key = sortKeys.find((each) => each === column);
  const isDown = sort === `-${column}`;
  const isUp = sort === column;
  return (
    <th
      className={cellClass(column, 'uk-task-head')}
      scope="col"
      // Without the name of the handle, which would be told with each cell of the column.
      aria-label={name}
      aria-sort={isDown ? 'descending' : isUp ? 'ascending' : undefined}
    >
      {key && onSort ? (
        <button
          type="button"
          className="uk-task-sort"
          // Names begin with A, figures with the largest.
          onClick={() => onSort(isDown || (!isUp && key === 'task') ? key : `-${key}`)}
        >
          {name}
        </button>
      ) : (
        name
      )}
      <ColumnHandle column={column} name={name} />
    </th>
  );
}
