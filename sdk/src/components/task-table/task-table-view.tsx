'use client';
import type { Instant, Page, Task } from '@usagekit/server/contract';
import { type ReactNode, Suspense, useMemo, useState } from 'react';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { Messages } from '../../messages/messages.ts';
import { taskTableMessages } from '../../messages/tasks/task-table.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton, type SkeletonLine, SkeletonLines } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import type { TaskExport } from './bar/task-export.ts';
import type { ColumnChoice } from './table/task-columns.ts';
import { TaskRows } from './table/task-rows.tsx';
import { useSettledRows } from './table/use-settled-rows.ts';
import { msOf, newestFirst, noTaskFilter, type TaskFilter, type TaskSort } from './task-view.ts';

// The table stands before what narrows it, which takes as much code again.
const loadBar = () => import('./bar/task-bar.tsx');
const TaskBar = lazyPart(loadBar, 'TaskBar');
const FreshButton = lazyPart(loadBar, 'FreshButton');
const MoreButton = lazyPart(loadBar, 'MoreButton');
const NoneFits = lazyPart(loadBar, 'NoneFits');

export interface TaskTableViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ exports: false }`. */
  parts?: PartsOf<'TaskTable'> | undefined;
  /** Tasks that fit the filter, newest first. */
  resource: Resource<Page<Task>>;
  /** Which tasks are shown. */
  filter: TaskFilter;
  /** Called with the filter that is chosen. */
  onFilterChange: (filter: TaskFilter) => void;
  /** Agents to choose from; those of the tasks that were seen by default. */
  agentIds?: string[] | undefined;
  /** The tasks whose agents can be chosen; those that fit the filter by default. */
  agentsOf?: Task[] | undefined;
  /** Newest first by default. */
  sort?: TaskSort | undefined;
  /** Called with the order that is chosen. */
  onSortChange?: ((sort: TaskSort) => void) | undefined;
  /** What the server is asked for as CSV; what is loaded, in the order that is shown, is saved where it is left out. */
  exported?: TaskExport | undefined;
  /** Whether the server has more; false by default. */
  hasMore?: boolean | undefined;
  /** Whether the next page is on its way; false by default. */
  isLoadingMore?: boolean | undefined;
  /** Loads the next page; of so many tasks where a size is given. */
  onLoadMore?: ((pageSize?: number) => void) | undefined;
  /** Whether the last page did not come. */
  loadMoreFailed?: boolean | undefined;
  /** Called with the id of the task whose details are wanted. */
  onOpenTask: (taskId: string) => void;
  /** The present, where the tasks do not tell when they were read; the browser's clock by default. */
  now?: Instant | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
  /** The open task's drawer. */
  drawer?: ReactNode;
}

/**
 * Tasks with their status and cost: filters, search, order, a choice of columns, CSV of all that fits, a drawer for one. Tasks
 * that come in while the table is read wait for a button, 'Show 3 new', which takes the place of the count of tasks. Renders a `section` with a `table`. Reads locale and messages.
 */
export const TaskTableView = asWidget(function TaskTableView(props: TaskTableViewProps) {
  const { resource, filter, headingLevel = 2, drawer } = props;
  const messages = useMessages('taskTable', taskTableMessages);
  const format = useFormat(props.timeZone ?? resource.data?.timeZone);
  const card = (page: Page<Task> | undefined, state?: ReactNode) => (
    <>
      <TaskCard
        {...props}
        headingLevel={headingLevel}
        page={page}
        state={state}
        format={format}
        messages={messages}
      />
      <Suspense fallback={null}>{drawer}</Suspense>
    </>
  );
  return (
    <ResourceFrame
      name="task-table"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={taskSkeleton}
      around={isUnfiltered(filter) ? undefined : (state) => card(undefined, state)}
    >
      {card}
    </ResourceFrame>
  );
});

interface TaskCardProps extends Omit<TaskTableViewProps, 'messages'> {
  /** Absent while a filter's first answer is on its way or has failed; `state` says which. */
  page: Page<Task> | undefined;
  state?: ReactNode;
  headingLevel: 2 | 3 | 4 | 5;
  format: Format;
  messages: Messages['taskTable'];
}

const noTasks: Task[] = [];

const isUnfiltered = (filter: TaskFilter) =>
  Object.entries(noTaskFilter).every(([name, value]) => filter[name as keyof TaskFilter] === value);

function TaskCard(props: TaskCardProps) {
  const { page, state, resource, filter, onFilterChange, headingLevel, format, messages } = props;
  const { hasMore = false, isLoadingMore = false, onLoadMore, onOpenTask } = props;
  const { sort = newestFirst } = props;
  const filterKey = Object.values(filter).join(' ');
  const { rows: settled, fresh, showFresh } = useSettledRows(page?.items ?? noTasks, filterKey);
  const [order, setOrder] = useState<string[]>();
  const [choice, setChoice] = useState<ColumnChoice>();
  const rows = useMemo(() => inOrder(settled, order), [settled, order]);
  const now = page?.asOf ?? props.now;
  const clock = useMemo(() => ({ atMs: msOf(now), seenAtMs: performance.now(), now }), [now]);
  const unfiltered = isUnfiltered(filter);
  const side = (
    <>
      {resource.status === 'stale' && resource.asOf && <StaleNote asOf={resource.asOf} format={format} />}
      {rows.length > 0 && (
        <span className="uk-caption uk-figures" role="status">
          {fresh.length > 0 ? (
            <Suspense>
              <FreshButton count={fresh.length} onClick={showFresh} format={format} />
            </Suspense>
          ) : (
            messages.shown(rows.length, format.number(rows.length) + (hasMore ? '+' : ''))
          )}
        </span>
      )}
    </>
  );
  const foot = hasMore && onLoadMore && (
    <div className="uk-tasks-foot">
      <Suspense fallback={<Skeleton height={30} />}>
        <MoreButton isLoading={isLoadingMore} onClick={() => onLoadMore()} />
      </Suspense>
    </div>
  );
  const nothing = unfiltered ? (
    <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
  ) : (
    <Suspense fallback={<Skeleton height={156} />}>
      <NoneFits onClick={() => onFilterChange(noTaskFilter)} />
    </Suspense>
  );
  return (
    <Card title={messages.title} headingLevel={headingLevel} side={side}>
      {(rows.length > 0 || !unfiltered) && (
        <Suspense fallback={<Skeleton height={30} before={12} />}>
          <TaskBar
            {...props}
            rows={settled}
            shown={rows}
            {...{ sort, setOrder, setChoice, hasMore, isLoadingMore }}
          />
        </Suspense>
      )}
      {rows.length === 0 ? (
        // A search that found nothing so far goes on by itself.
        (state ?? (hasMore && !props.loadMoreFailed ? taskSkeleton : nothing))
      ) : (
        <TaskRows
          key={filterKey}
          tasks={rows}
          onOpen={onOpenTask}
          onSort={props.onSortChange}
          {...{ hasMore, clock, choice, sort, foot, format, messages }}
        />
      )}
    </Card>
  );
}

/** Rows in the order of ids that was given. */
function inOrder(rows: Task[], order: string[] | undefined): Task[] {
  if (!order) return rows;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return order.flatMap((id) => byId.get(id) ?? []);
}

const taskSkeleton = <SkeletonLines lines={[[30, 60, 10], ...Array<SkeletonLine>(8).fill([30, 100, 22])]} />;
