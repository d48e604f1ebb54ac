'use client';
import type { Task } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { signOf } from '../../derive/decimal.ts';
import type { Format } from '../../format/create-format.ts';
import { formatDuration } from '../../format/format-duration.ts';
import type { Messages } from '../../messages/messages.ts';
import { usePartClass } from '../parts/as-widget.tsx';
import { Heading } from '../parts/card.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { LineItems } from './line-items.tsx';
import { taskDurationMs } from './task-duration.ts';
import { TaskStatus } from './task-status.tsx';

export interface TaskDrawerProps {
  task: Task;
  onClose: () => void;
  format: Format;
  messages: Messages['taskTable'];
}

/**
 * One task: its result or error first, then what it cost line by line, then the rest. Renders a modal `dialog`.
 * Reads nothing.
 */
export function TaskDrawer({ task, onClose, format, messages }: TaskDrawerProps) {
  const { lineItems, error, result, unit } = task;
  return (
    <Dialog
      kind="drawer"
      title={
        <span className="uk-run" dir="auto">
          {task.name}
        </span>
      }
      caption={<TaskStatus status={task.status} messages={messages} />}
      onClose={onClose}
    >
      {error !== null ? (
        <DrawerPart title={messages.error}>
          <p className="uk-task-text" data-level="over" dir="auto">
            {error}
          </p>
        </DrawerPart>
      ) : (
        (result !== null || task.status === 'completed') && (
          <DrawerPart title={messages.result}>
            <p className="uk-task-text" dir="auto">
              {result ?? messages.noResult}
            </p>
          </DrawerPart>
        )
      )}
      <div className="uk-drawer-part">
        {lineItems ? (
          <LineItems lineItems={lineItems} unit={unit} format={format} messages={messages} />
        ) : (
          <p className="uk-muted">
            {task.cost !== null && `${format.amount(task.cost, unit).exact}. `}
            {messages.tracesHidden}
          </p>
        )}
      </div>
      <TaskFacts task={task} format={format} messages={messages} />
    </Dialog>
  );
}

function DrawerPart({ title, children }: { title: string; children: ReactNode }) {
  const partClass = usePartClass();
  return (
    <div className="uk-drawer-part">
      <Heading level={3} className={partClass('subtitle')}>
        {title}
      </Heading>
      {children}
    </div>
  );
}

function TaskFacts({ task, format, messages }: Omit<TaskDrawerProps, 'onClose'>) {
  const durationMs = taskDurationMs(task);
  const facts: [string, string | null][] = [
    [messages.columns.started, task.startedAt && format.dateTime(task.startedAt)],
    [messages.ended, task.endedAt && format.dateTime(task.endedAt)],
    [messages.columns.duration, durationMs === null ? null : formatDuration(durationMs, format)],
    [messages.agentFilter, task.agentId],
    [messages.member, task.memberId],
    [messages.project, task.projectId],
    [messages.estimate, task.estimate && format.amount(task.estimate, task.unit).exact],
    [
      messages.heldNow,
      task.held !== null && signOf(task.held) > 0 ? format.amount(task.held, task.unit).exact : null,
    ],
    [
      messages.refunded,
      task.refunded !== null && signOf(task.refunded) > 0
        ? format.amount(task.refunded, task.unit).exact
        : null,
    ],
    [messages.id, task.id],
  ];
  return (
    <dl className="uk-facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} className="uk-fact">
            <dt className="uk-fact-name">{name}</dt>
            <dd className="uk-fact-value" dir="auto">
              {value}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}
