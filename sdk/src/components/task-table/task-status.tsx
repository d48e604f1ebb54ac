import type { TaskStatus as Status } from '@usagekit/server/contract';
import type { Messages } from '../../messages/messages.ts';
import { Icon, type IconName } from '../parts/icon.tsx';

const icons: Record<Status, IconName> = {
  pending: 'clock',
  in_progress: 'running',
  completed: 'check',
  failed: 'over',
  cancelled: 'dash',
};

/** A task's status as shape and word. Renders a `span`. Reads nothing. */
export function TaskStatus({ status, messages }: { status: Status; messages: Messages['taskTable'] }) {
  return (
    <span className="uk-task-status" data-status={status}>
      <Icon name={icons[status]} />
      <span className="uk-task-status-word">{messages.status[status]}</span>
    </span>
  );
}
