'use client';
import { type Instant, msPerDay, type Task } from '@usagekit/server/contract';
import { Suspense, useMemo } from 'react';
import { isTaskOf } from '../../derive/tasks/is-task-of.ts';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useView, type ViewProps } from '../../hooks/base/use-view.ts';
import { type TaskFilters, useTasks } from '../../hooks/tasks/use-tasks.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { TaskTableView, type TaskTableViewProps } from './task-table-view.tsx';
import { msOf, newestFirst, noTaskFilter, type TaskFilter, type TaskTableValue } from './task-view.ts';

// Nobody has opened a task yet when the table is shown.
const TaskInDrawer = lazyPart(() => import('./opened-task.ts'), 'TaskInDrawer');

// Nothing was chosen yet, unless the address says so.
const TaskAddress = lazyPart(() => import('./task-address.tsx'), 'TaskAddress');

export interface TaskTableProps
  extends Pick<TaskTableViewProps, 'className' | 'id' | 'headingLevel' | 'timeZone' | 'parts'>,
    ViewProps<TaskTableValue> {
  /**
   * Tasks that the host already has, newest first; nothing is fetched then, filters apply to these, and the page's address stays as
   * it is unless `address` is given.
   */
  data?: Task[] | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Every status and agent by default. */
  defaultFilter?: Partial<TaskFilter> | undefined;
  /**
   * The present, which 'Last 7 days' is counted back from; the browser's clock by default. Give an account's own time
   * where it is on a test clock.
   */
  now?: Instant | undefined;
  /** Opens a task in the host's own place; in a drawer by default. */
  onOpenTask?: ((taskId: string) => void) | undefined;
}

/**
 * Runs of agents and workflows with status, duration and cost, live. What is filtered, sorted and open stands in the page's
 * address, so that a link opens it again. Renders a `section` with `data-widget="task-table"`. Reads `data`, or
 * `GET /v1/tasks` page by page and the stream through `useTasks`.
 */
export const TaskTable = asWidget(function TaskTable({ data, address, ...rest }: TaskTableProps) {
  return data ? (
    <GivenTaskTable {...rest} address={address ?? false} data={data} />
  ) : (
    <ConnectedTaskTable {...rest} address={address ?? 'tasks'} />
  );
});

/** What both kinds of table show, and what changes it. */
function useTaskView(props: TaskTableProps) {
  const { defaultFilter, now, timeZone, headingLevel, accountId, onOpenTask } = props;
  const initial: TaskTableValue = {
    filter: { ...noTaskFilter, ...defaultFilter },
    sort: newestFirst,
    openTaskId: null,
  };
  const { view, show, isRead, inAddress } = useView(props, initial);
  const { filter, sort, openTaskId } = view;
  const { status, agentId, range, search } = filter;
  const filters: TaskFilters = useMemo(
    () => ({
      ...(status !== 'all' && { status }),
      ...(agentId !== 'all' && { agentId }),
      ...(range !== 'any' && { from: rangeStart(range, now) }),
      ...(search.trim() && { search }),
    }),
    [status, agentId, range, now, search],
  );
  return {
    filters,
    isRead,
    openTaskId,
    address: inAddress && (
      <Suspense fallback={null}>
        <TaskAddress {...inAddress} />
      </Suspense>
    ),
    /** With the open task as far as it is known, in whole where it has an id to be asked for by. */
    drawer: (task: Task | undefined, taskId: string | null, asOf = now, zone = timeZone) =>
      (task || taskId) && (
        <TaskInDrawer
          {...{ taskId, task, accountId, timeZone: zone, now: asOf }}
          onClose={() => show({ ...view, openTaskId: null })}
        />
      ),

    props: {
      ...{ now, timeZone, headingLevel, filter, sort },
      parts: props.parts,
      onFilterChange: (next: TaskFilter) => show({ ...view, filter: next }),
      onSortChange: (next: TaskTableValue['sort']) => show({ ...view, sort: next }),
      onOpenTask: onOpenTask ?? ((id: string) => show({ ...view, openTaskId: id }, true)),
    },
  };
}

function GivenTaskTable(props: TaskTableProps & { data: Task[] }) {
  const { data } = props;
  const { filters, openTaskId, drawer, address, props: view } = useTaskView(props);
  const resource = useMemo(
    () => resourceOf({ items: data.filter((task) => isTaskOf(task, filters)), nextCursor: null }),
    [data, filters],
  );
  const open = data.find(({ id }) => id === openTaskId);
  return (
    <>
      <TaskTableView {...view} resource={resource} agentsOf={data} drawer={drawer(open, null)} />
      {address}
    </>
  );
}

function ConnectedTaskTable(props: Omit<TaskTableProps, 'data'>) {
  const { accountId } = props;
  const { filters, isRead, openTaskId, drawer, address, props: view } = useTaskView(props);
  const resource = useTasks(filters, { accountId, paused: !isRead });
  return (
    <>
      <TaskTableView
        {...view}
        resource={resource}
        hasMore={resource.hasMore}
        isLoadingMore={resource.isLoadingMore}
        loadMoreFailed={resource.loadMoreError !== undefined}
        onLoadMore={(pageSize) => void resource.loadMore(pageSize)}
        exported={{ accountId, filters }}
        drawer={drawer(
          resource.data?.items.find(({ id }) => id === openTaskId),
          openTaskId,
          resource.asOf,
          props.timeZone ?? resource.data?.timeZone,
        )}
      />
      {address}
    </>
  );
}

const rangeDays = { day: 1, week: 7, month: 30 };

function rangeStart(range: keyof typeof rangeDays, now: Instant | undefined): Instant {
  return new Date(msOf(now) - rangeDays[range] * msPerDay).toISOString();
}
