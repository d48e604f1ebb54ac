import type { TaskStatus as Status } from '@usagekit/server/contract';
import type { Messages } from '../../../messages/messages.ts';
import type { Drawing } from '../../parts/icons/icon.tsx';
import { Icon } from '../../parts/icons/icon.tsx';
import { overIcon } from '../../parts/icons/level-icons.ts';
import { checkIcon, clockIcon, dashIcon, runningIcon } from '../../parts/icons/state-icons.ts';

const icons: Record<Status, Drawing> = {
  pending: clockIcon,
  in_progress: runningIcon,
  completed: checkIcon,
  failed: overIcon,
  cancelled: dashIcon,
};

/** A task's status as shape and word. Renders a `span`. Reads nothing. */
export function TaskStatus({ status, messages }: { status: Status; messages: Messages['taskTable'] }) {
  return (
    <span className="uk-task-status" data-status={status}>
      <Icon drawing={icons[status]} />
      <span className="uk-task-status-word">{messages.status[status]}</span>
    </span>
  );
}
