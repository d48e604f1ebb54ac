import type { TaskSelection } from '../../../contract/tasks/tasks.ts';
import type { TaskFilter } from '../../../store/store.ts';
import type { Viewer } from '../../access/viewer.ts';
import { parseInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';

/** The member whose tasks a viewer is limited to. */
export function ownOnly({ view, memberId }: Viewer, asked: string | undefined): Pick<TaskFilter, 'memberId'> {
  if (view.tasks === 'all' || memberId === null) return {};
  if (asked !== undefined && asked !== memberId)
    throw new AppError('forbidden', "The caller's role sees its own tasks only");
  return { memberId };
}

/** A selection as the store takes it. */
export function filterOf({ status, agentId, memberId, from, to }: TaskSelection): TaskFilter {
  return {
    ...(status === undefined ? {} : { status }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(memberId === undefined ? {} : { memberId }),
    ...(from === undefined ? {} : { fromMs: parseInstant(from) }),
    ...(to === undefined ? {} : { toMs: parseInstant(to) }),
  };
}
