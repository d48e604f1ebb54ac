'use client';
import type { Task } from '@usagekit/server/contract';
import { memo } from 'react';
import { signOf } from '../../derive/decimal.ts';
import { currencyOf, type Format } from '../../format/create-format.ts';
import { formatDuration } from '../../format/format-duration.ts';
import type { Messages } from '../../messages/messages.ts';
import { Amount } from '../parts/amount.tsx';
import { usePartClass } from '../parts/as-widget.tsx';
import { taskDurationMs } from './task-duration.ts';
import { TaskStatus } from './task-status.tsx';

export interface TaskRowProps {
  task: Task;
  /** Place in the whole table, the head being 1. */
  rowIndex: number;
  onOpen: (taskId: string) => void;
  format: Format;
  messages: Messages['taskTable'];
}

/** One task. Renders a `tr` of a fixed height with a button that opens it. Reads nothing. */
export const TaskRow = memo(function TaskRow({ task, rowIndex, onOpen, format, messages }: TaskRowProps) {
  const partClass = usePartClass();
  const { id, name, agentId, status, startedAt, cost, held, unit } = task;
  const durationMs = taskDurationMs(task);
  const short = (value: string) => (currencyOf(unit) ? format.amount(value, unit) : format.short(value));
  return (
    <tr className="uk-task" aria-rowindex={rowIndex}>
      <td className="uk-task-cell">
        <button
          type="button"
          className={partClass('link', 'uk-task-open')}
          dir="auto"
          onClick={() => onOpen(id)}
        >
          {name}
        </button>
        <span className="uk-caption uk-task-under">
          {/* Stands in for the column that narrow tables have no room for. */}
          <span className="uk-task-status-narrow">
            <TaskStatus status={status} messages={messages} />
            <span className="uk-run">·</span>
          </span>
          <span className="uk-run" dir="auto">
            {agentId ?? messages.noAgent}
          </span>
        </span>
      </td>
      <td className="uk-task-cell uk-task-cell-status">
        <TaskStatus status={status} messages={messages} />
      </td>
      <td className="uk-task-cell uk-task-cell-started uk-muted uk-figures">
        {startedAt ? (
          <time className="uk-run" dateTime={startedAt}>
            <bdi className="uk-run">{format.dateTime(startedAt)}</bdi>
          </time>
        ) : (
          messages.notStarted
        )}
      </td>
      <td className="uk-task-cell uk-task-cell-duration uk-muted uk-figures uk-end">
        {durationMs === null ? (
          startedAt ? (
            messages.running
          ) : (
            ''
          )
        ) : (
          <bdi className="uk-run">{formatDuration(durationMs, format)}</bdi>
        )}
      </td>
      <td className="uk-task-cell uk-end">
        {cost !== null && <Amount value={short(cost)} />}
        {held !== null && signOf(held) > 0 && (
          <span className="uk-caption uk-task-held">{messages.held(short(held).text)}</span>
        )}
      </td>
    </tr>
  );
});
