import type { Task } from '../../../contract/tasks/tasks.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import { memberNameOf, readMemberNames } from '../../accounts/member-names.ts';
import type { Services } from '../../services.ts';
import { taskView } from './task-view.ts';

/** How each of these tasks is shown to a viewer, with the name of its member. */
export async function namedTaskView(
  services: Pick<Services, 'store'>,
  { state, catalog, viewer }: AccountReading,
  tasks: readonly TaskRecord[],
): Promise<(task: TaskRecord) => Task> {
  const names = await readMemberNames(
    services,
    state.profile.id,
    tasks.map(({ dimensions }) => dimensions.memberId),
  );
  return (task) => ({
    ...taskView(task, catalog, viewer, state.holds),
    ...memberNameOf(task.dimensions.memberId, names),
  });
}
