'use client';
import type { Task } from '@usagekit/server/contract';
import { useFormat } from '../../format/use-format.ts';
import { useTask } from '../../hooks/use-task.ts';
import { taskTableMessages } from '../../messages/task-table.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { TaskDrawer } from './task-drawer.tsx';

export interface TaskInDrawerProps {
  /** Asked for with its line items; the task is shown as it is without. */
  taskId?: string | undefined;
  /** As the list has it; shown until the whole task has come. */
  task: Task | undefined;
  accountId?: string | undefined;
  timeZone: string | undefined;
  onClose: () => void;
}

/** One task with its line items. Renders a modal `dialog`, or nothing while nothing is known of it. */
export function TaskInDrawer({ taskId, task, accountId, ...view }: TaskInDrawerProps) {
  if (taskId !== undefined)
    return <FetchedTask {...view} taskId={taskId} task={task} accountId={accountId} />;
  return task ? <ShownTask {...view} task={task} /> : null;
}

function FetchedTask({
  taskId,
  task,
  accountId,
  ...view
}: Omit<TaskInDrawerProps, 'taskId'> & { taskId: string }) {
  const whole = useTask(taskId, { accountId }).data ?? task;
  return whole ? <ShownTask {...view} task={whole} /> : null;
}

interface ShownTaskProps extends Pick<TaskInDrawerProps, 'timeZone' | 'onClose'> {
  task: Task;
}

function ShownTask({ task, timeZone, onClose }: ShownTaskProps) {
  const messages = useMessages('taskTable', taskTableMessages);
  const format = useFormat(timeZone);
  return <TaskDrawer task={task} onClose={onClose} format={format} messages={messages} />;
}
