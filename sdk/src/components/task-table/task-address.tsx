'use client';
import type { ViewInAddressProps } from '../../hooks/base/use-view.ts';
import { type ViewFields, ViewInAddress } from '../parts/widget/view-in-address.tsx';
import { newestFirst, type TaskSort, type TaskTableValue } from './task-view.ts';

const statuses = ['all', 'pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const;
const ranges = ['any', 'day', 'week', 'month'] as const;
const sortKeys = ['task', 'started', 'duration', 'cost'] as const;
const sorts = sortKeys.flatMap((key): TaskSort[] => [key, `-${key}`]);

/** The one of a list that a text names, or the list's own first. */
function oneOf<Value extends string>(values: readonly [Value, ...Value[]], text: string | undefined): Value {
  return values.find((value) => value === text) ?? values[0];
}

const fields: ViewFields<TaskTableValue> = {
  write: ({ filter, sort, openTaskId }) => ({ ...filter, sort, open: openTaskId ?? '' }),
  read: ({ status, agentId, range, search, sort, open }) => ({
    filter: {
      status: oneOf(statuses, status),
      agentId: agentId || 'all',
      range: oneOf(ranges, range),
      search: search ?? '',
    },
    sort: oneOf([newestFirst, ...sorts], sort),
    openTaskId: open || null,
  }),
};

/** Keeps what a table shows in the page's address. Renders nothing. */
export function TaskAddress(props: ViewInAddressProps<TaskTableValue>) {
  return <ViewInAddress {...props} fields={fields} />;
}
