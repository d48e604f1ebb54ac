'use client';
import type { Instant, Task } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { signOf } from '../../../derive/sign-of.ts';
import { taskDurationMs } from '../../../derive/tasks/task-duration.ts';
import type { Format } from '../../../format/create-format.ts';
import { formatDuration } from '../../../format/format-duration.ts';
import type { Messages } from '../../../messages/messages.ts';
import { taskDetailsMessages } from '../../../messages/tasks/task-details.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { CopyButton } from '../../parts/controls/copy-button.tsx';
import { Dialog } from '../../parts/controls/dialog.tsx';
import { usePartClass } from '../../parts/widget/as-widget.tsx';
import { Heading } from '../../parts/widget/card.tsx';
import { TaskStatus } from '../table/task-status.tsx';
import { useColumnNames } from '../table/use-column-names.ts';
import { LineItems } from './line-items.tsx';

export interface TaskDrawerProps {
  /** The task that is shown. */
  task: Task;
  /** The trace of its charges, beneath the line items. */
  charges?: ReactNode;
  /** Called when it is closed. */
  onClose: () => void;
  /** The present, whose year is not said; no year is said without it. */
  now?: Instant | undefined;
  /** Writes figures and dates as the reader's language does. */
  format: Format;
  /** The texts of the widget. */
  messages: Messages['taskTable'];
}

/**
 * One task: its result or error first, then what it cost line by line, then the rest. Renders a modal `dialog`.
 * Reads nothing.
 */
export function TaskDrawer({ task, charges, onClose, now, format, messages }: TaskDrawerProps) {
  const { lineItems, error, result, creditLabel } = task;
  const unit = creditLabel ?? task.unit;
  const texts = useMessages('taskDetails', taskDetailsMessages);
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
        <DrawerPart title={texts.error}>
          <p className="uk-task-text" data-level="over" dir="auto">
            {error}
          </p>
        </DrawerPart>
      ) : (
        (result !== null || task.status === 'completed') && (
          <DrawerPart title={texts.result}>
            <p className="uk-task-text" dir="auto">
              {result ?? texts.noResult}
            </p>
          </DrawerPart>
        )
      )}
      <div className="uk-drawer-part">
        {lineItems ? (
          <LineItems lineItems={lineItems} unit={unit} format={format} messages={texts} />
        ) : (
          <p className="uk-muted">
            {task.cost !== null && `${format.amount(task.cost, unit).exact}. `}
            {texts.tracesHidden}
          </p>
        )}
      </div>
      {charges && <DrawerPart title={texts.charges}>{charges}</DrawerPart>}
      <TaskFacts task={task} now={now} format={format} messages={messages} />
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

function TaskFacts({ task, now, format, messages }: Omit<TaskDrawerProps, 'charges' | 'onClose'>) {
  const texts = useMessages('taskDetails', taskDetailsMessages);
  const columns = useColumnNames(messages);
  const unit = task.creditLabel ?? task.unit;
  const durationMs = taskDurationMs(task);
  const facts: [string, string | null][] = [
    [columns.started, task.startedAt && format.dateTime(task.startedAt, now)],
    [columns.ended, task.endedAt && format.dateTime(task.endedAt, now)],
    [columns.duration, durationMs === null ? null : formatDuration(durationMs, format)],
    [columns.agent, task.agentId],
    [columns.member, task.memberName ?? task.memberId],
    [columns.project, task.projectId],
    [texts.workspace, task.workspaceId],
    [texts.apiKey, task.apiKeyId],
    [texts.estimate, task.estimate && format.amount(task.estimate, unit).exact],
    [
      texts.heldNow,
      task.held !== null && signOf(task.held) > 0 ? format.amount(task.held, unit).exact : null,
    ],
    [
      texts.refunded,
      task.refunded !== null && signOf(task.refunded) > 0 ? format.amount(task.refunded, unit).exact : null,
    ],
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
      <div className="uk-fact">
        <dt className="uk-fact-name">{columns.id}</dt>
        <dd className="uk-fact-value">
          <bdi>{task.id}</bdi> <CopyButton text={task.id} label={texts.copy} done={texts.copied} />
        </dd>
      </div>
    </dl>
  );
}
