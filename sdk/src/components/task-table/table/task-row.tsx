'use client';
import type { Instant, Task } from '@usagekit/server/contract';
import { memo, type ReactNode, Suspense } from 'react';
import { taskDurationMs } from '../../../derive/tasks/task-duration.ts';
import type { Format } from '../../../format/create-format.ts';
import { formatDuration } from '../../../format/format-duration.ts';
import type { Messages } from '../../../messages/messages.ts';
import { lazyPart } from '../../parts/lazy-part.ts';
import { usePartClass } from '../../parts/widget/as-widget.tsx';
import { Amount } from '../../parts/words/amount.tsx';
import { Moment } from '../../parts/words/moment.tsx';
import { cellClass } from './cell-class.ts';
import type { TaskColumn } from './task-columns.ts';
import { TaskStatus } from './task-status.tsx';

// Most tables have no task that runs, and no column other than the usual ones.
const RareCell = lazyPart(() => import('./rare-cell.tsx'), 'RareCell');

/** The server's clock as it was told, and when: milliseconds since 1970, and of this page's own clock. */
export interface SeenClock {
  atMs: number;
  seenAtMs: number;
  /** As it was told; undefined where nobody told it, and this page's own clock stands for it. */
  now: Instant | undefined;
}

export interface TaskRowProps {
  task: Task;
  columns: readonly TaskColumn[];
  clock: SeenClock;
  /** Place in the whole table, the head being 1. */
  rowIndex: number;
  onOpen: (taskId: string) => void;
  /** Those of every row's cost. */
  decimals: number;
  format: Format;
  messages: Messages['taskTable'];
}

/** One task. Renders a `tr` of a fixed height with a button that opens it. Reads nothing. */
export const TaskRow = memo(function TaskRow({ columns, rowIndex, onOpen, ...cell }: TaskRowProps) {
  const partClass = usePartClass();
  const { task, format, messages } = cell;
  const { now } = cell.clock;
  return (
    <tr className="uk-task" aria-rowindex={rowIndex}>
      <td className="uk-task-cell">
        <button
          type="button"
          className={partClass('link', 'uk-task-open')}
          dir="auto"
          onClick={() => onOpen(task.id)}
        >
          {task.name}
        </button>
        <span className="uk-caption uk-task-under">
          {/* Stands in for the column that narrow tables have no room for. */}
          <span className="uk-task-status-narrow">
            <TaskStatus status={task.status} messages={messages} />
            <span className="uk-run">·</span>
          </span>
          {task.startedAt && (
            <span className="uk-task-started-narrow">
              <time className="uk-run" dateTime={task.startedAt} title={format.dateTime(task.startedAt, now)}>
                <bdi className="uk-run">{format.day(task.startedAt, now)}</bdi>
              </time>
              <span className="uk-run">·</span>
            </span>
          )}
          <span className="uk-run" dir="auto">
            {task.agentId ?? messages.noAgent}
          </span>
        </span>
      </td>
      {columns.map((column) => (
        <td key={column} className={cellClass(column, 'uk-task-cell')}>
          {cellOf(column, cell)}
        </td>
      ))}
    </tr>
  );
});

type Cell = Pick<TaskRowProps, 'task' | 'clock' | 'decimals' | 'format' | 'messages'>;

function cellOf(column: TaskColumn, cell: Cell): ReactNode {
  const { task, format, messages } = cell;
  const { status, error, startedAt, endedAt, cost, unit } = task;
  const amount = column === 'cost' && cost !== null && (
    <Amount value={format.figure(cost, unit, cell.decimals)} />
  );
  if (amount && endedAt) return amount;
  const rare = (
    <Suspense fallback={null}>
      <RareCell column={column} amount={amount} {...cell} />
    </Suspense>
  );
  if (column === 'status')
    return (
      <>
        <TaskStatus status={status} messages={messages} />
        {error && (
          <span className="uk-caption uk-task-under" dir="auto" title={error}>
            {error}
          </span>
        )}
      </>
    );
  if (column === 'started')
    return startedAt ? <Moment at={startedAt} asOf={cell.clock.now} format={format} /> : messages.notStarted;
  const durationMs = column === 'duration' ? taskDurationMs(task) : null;
  if (durationMs !== null) return <bdi className="uk-run">{formatDuration(durationMs, format)}</bdi>;
  return rare;
}
