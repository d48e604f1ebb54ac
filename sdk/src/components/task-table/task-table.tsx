'use client';
import { type Instant, msPerDay, type Task } from '@usagekit/server/contract';
import { lazy, useMemo, useState } from 'react';
import { resourceOf } from '../../hooks/resource.ts';
import { type TaskFilters, useTasks } from '../../hooks/use-tasks.ts';
import { asWidget } from '../parts/as-widget.tsx';
import { noTaskFilter, type TaskFilter, TaskTableView, type TaskTableViewProps } from './task-table-view.tsx';

// Nobody has opened a task yet when the table is shown.
const TaskInDrawer = lazy(() =>
  import('./task-in-drawer.tsx').then(({ TaskInDrawer: Loaded }) => ({ default: Loaded })),
);

export interface TaskTableProps
  extends Pick<TaskTableViewProps, 'className' | 'id' | 'headingLevel' | 'timeZone'> {
  /** Tasks that the host already has, newest first; nothing is fetched then, and filters apply to these. */
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
 * Runs of agents and workflows with status, duration and cost, live. Renders a `section` with
 * `data-widget="task-table"`. Reads `data`, or `GET /v1/tasks` page by page and the stream through `useTasks`.
 */
export const TaskTable = asWidget(function TaskTable({ data, ...rest }: TaskTableProps) {
  return data ? <GivenTaskTable {...rest} data={data} /> : <ConnectedTaskTable {...rest} />;
});

function GivenTaskTable(props: TaskTableProps & { data: Task[] }) {
  const { data, accountId: _accountId, defaultFilter, now, onOpenTask, ...view } = props;
  const [filter, setFilter] = useState<TaskFilter>({ ...noTaskFilter, ...defaultFilter });
  const [openId, setOpenId] = useState<string>();
  const agentIds = useMemo(() => agentIdsOf(data), [data]);
  const { status, agentId, range } = filter;
  const from = useMemo(() => rangeStart(range, now), [range, now]);
  const resource = useMemo(() => {
    const items = data.filter(
      (task) =>
        (status === 'all' || task.status === status) &&
        (agentId === 'all' || task.agentId === agentId) &&
        (from === undefined || task.createdAt >= from),
    );
    return resourceOf({ items, nextCursor: null });
  }, [data, status, agentId, from]);
  const open = data.find(({ id }) => id === openId);
  return (
    <TaskTableView
      {...view}
      resource={resource}
      filter={filter}
      onFilterChange={setFilter}
      agentIds={agentIds}
      onOpenTask={onOpenTask ?? setOpenId}
      drawer={
        open && <TaskInDrawer task={open} timeZone={view.timeZone} onClose={() => setOpenId(undefined)} />
      }
    />
  );
}

function ConnectedTaskTable(props: Omit<TaskTableProps, 'data'>) {
  const { accountId, defaultFilter, now, onOpenTask, ...view } = props;
  const [filter, setFilter] = useState<TaskFilter>({ ...noTaskFilter, ...defaultFilter });
  const [openId, setOpenId] = useState<string>();
  const [agentIds, setAgentIds] = useState<string[]>([]);
  const { status, agentId, range } = filter;
  const from = useMemo(() => rangeStart(range, now), [range, now]);
  const filters: TaskFilters = useMemo(
    () => ({
      ...(status !== 'all' && { status }),
      ...(agentId !== 'all' && { agentId }),
      ...(from !== undefined && { from }),
    }),
    [status, agentId, from],
  );
  const resource = useTasks(filters, { accountId });
  // A filtered answer names one agent only; the others that have been seen stay to be chosen.
  const seen = agentIdsOf(resource.data?.items ?? []).filter((each) => !agentIds.includes(each));
  if (seen.length > 0) setAgentIds([...agentIds, ...seen].sort());
  return (
    <TaskTableView
      {...view}
      resource={resource}
      filter={filter}
      onFilterChange={setFilter}
      agentIds={agentIds}
      hasMore={resource.hasMore}
      isLoadingMore={resource.isLoadingMore}
      onLoadMore={() => void resource.loadMore()}
      onOpenTask={onOpenTask ?? setOpenId}
      drawer={
        openId !== undefined && (
          <TaskInDrawer
            taskId={openId}
            task={resource.data?.items.find(({ id }) => id === openId)}
            accountId={accountId}
            timeZone={view.timeZone}
            onClose={() => setOpenId(undefined)}
          />
        )
      }
    />
  );
}

const rangeDays = { day: 1, week: 7, month: 30 };

function rangeStart(range: TaskFilter['range'], now: Instant | undefined): Instant | undefined {
  if (range === 'any') return undefined;
  const nowMs = now === undefined ? Date.now() : Date.parse(now);
  return new Date(nowMs - rangeDays[range] * msPerDay).toISOString();
}

function agentIdsOf(tasks: Task[]): string[] {
  const ids = new Set<string>();
  for (const { agentId } of tasks) if (agentId !== null) ids.add(agentId);
  return [...ids].sort();
}
