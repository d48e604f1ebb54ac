'use client';
import type { Instant, Task } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { useFormat } from '../../../format/use-format.ts';
import { useTask } from '../../../hooks/tasks/use-task.ts';
import { taskTableMessages } from '../../../messages/tasks/task-table.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { TaskCharges } from './task-charges.tsx';
import { TaskDrawer } from './task-drawer.tsx';

export interface TaskInDrawerProps {
  /** Asked for with its line items; the task is shown as it is where this is null. */
  taskId: string | null;
  /** As the list has it; shown until the whole task has come. */
  task: Task | undefined;
  accountId?: string | undefined;
  timeZone: string | undefined;
  /** The present, whose year is not said; no year is said without it. */
  now: Instant | undefined;
  onClose: () => void;
}

/** One task with its line items. Renders a modal `dialog`, or nothing while nothing is known of it. */
export function TaskInDrawer({ taskId, task, accountId, ...view }: TaskInDrawerProps) {
  if (taskId !== null) return <FetchedTask {...view} taskId={taskId} task={task} accountId={accountId} />;
  return task ? <ShownTask {...view} task={task} /> : null;
}

function FetchedTask({
  taskId,
  task,
  accountId,
  ...view
}: Omit<TaskInDrawerProps, 'taskId'> & { taskId: string }) {
  const whole = useTask(taskId, { accountId }).data ?? task;
  if (!whole) return null;
  const isTraced = whole.lineItems !== undefined && whole.lineItems.length > 0;
  return (
    <ShownTask
      {...view}
      task={whole}
      charges={isTraced && <TaskCharges {...{ task: whole, accountId, timeZone: view.timeZone }} />}
    />
  );
}

interface ShownTaskProps extends Pick<TaskInDrawerProps, 'timeZone' | 'now' | 'onClose'> {
  task: Task;
  charges?: ReactNode;
}

function ShownTask({ timeZone, ...shown }: ShownTaskProps) {
  const messages = useMessages('taskTable', taskTableMessages);
  const format = useFormat(timeZone);
  return <TaskDrawer {...shown} format={format} messages={messages} />;
}
