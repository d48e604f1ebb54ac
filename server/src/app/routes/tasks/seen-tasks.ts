import type { TaskRecord } from '../../../domain/tasks/state.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import type { Services } from '../../services.ts';

/** Tasks by id. */
export type SeenTasks = ReadonlyMap<string, TaskRecord>;

/** The tasks that uses are of, as far as the caller may see them. */
export async function readSeenTasks(
  { store }: Pick<Services, 'store'>,
  { state, viewer }: AccountReading,
  taskIds: Iterable<string | null | undefined>,
): Promise<SeenTasks> {
  const ids = [...new Set(taskIds)].filter((id) => typeof id === 'string');
  const found = await Promise.all(ids.map((id) => store.readTask(state.profile.id, id)));
  return new Map(found.flatMap((task) => (task && maySeeTask(viewer, task) ? [[task.id, task]] : [])));
}

function maySeeTask({ view, memberId }: Viewer, { dimensions }: TaskRecord): boolean {
  return view.tasks === 'all' || (view.tasks === 'own' && dimensions.memberId === memberId);
}
