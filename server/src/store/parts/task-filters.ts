import type { TaskRecord } from '../../domain/tasks/state.ts';
import type { TaskFilter } from '../store.ts';

/** A field of a task that a list of tasks may ask for. */
export interface TaskFilterField {
  /** Its column in databases. */
  readonly column: string;
  readonly of: (task: TaskRecord) => string | undefined;
}

/** Every field of a filter that a task has to equal, in the order in which conditions on them are written. */
export const taskFilters: Readonly<Record<Exclude<keyof TaskFilter, 'fromMs' | 'toMs'>, TaskFilterField>> = {
  accountId: { column: 'account_id', of: (task) => task.accountId },
  agentId: { column: 'agent_id', of: (task) => task.dimensions.agentId },
  memberId: { column: 'member_id', of: (task) => task.dimensions.memberId },
  status: { column: 'status', of: (task) => task.status },
};

/** What a filter asks a task to equal. */
export function askedOf(filter: TaskFilter): { readonly field: TaskFilterField; readonly value: string }[] {
  return Object.entries(taskFilters).flatMap(([name, field]) => {
    const value = filter[name as keyof typeof taskFilters];
    return value === undefined ? [] : { field, value };
  });
}
