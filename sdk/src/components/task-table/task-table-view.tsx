'use client';
import type { Page, Task, TaskStatus } from '@usagekit/server/contract';
import { type ReactNode, Suspense } from 'react';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/resource.ts';
import type { Messages } from '../../messages/messages.ts';
import { taskTableMessages } from '../../messages/task-table.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { asWidget } from '../parts/as-widget.tsx';
import { Button } from '../parts/button.tsx';
import { Card } from '../parts/card.tsx';
import { Icon } from '../parts/icon.tsx';
import { downloadIcon, upIcon } from '../parts/icons.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import type { WidgetProps } from '../parts/widget-root.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { TaskFiltersBar } from './task-filters-bar.tsx';
import { TaskRows } from './task-rows.tsx';
import { useSettledRows } from './use-settled-rows.ts';

/** What the table is narrowed to; `all` stands for no bound. */
export interface TaskFilter {
  status: TaskStatus | 'all';
  /** An agent's id, or `all`. */
  agentId: string;
  /** How far back from the present a task may have been made. */
  range: 'any' | 'day' | 'week' | 'month';
}

export const noTaskFilter: TaskFilter = { status: 'all', agentId: 'all', range: 'any' };

export interface TaskTableViewProps extends WidgetProps {
  /** Tasks that fit the filter, newest first. */
  resource: Resource<Page<Task>>;
  filter: TaskFilter;
  onFilterChange: (filter: TaskFilter) => void;
  /** Agents to choose from. */
  agentIds: string[];
  hasMore?: boolean | undefined;
  isLoadingMore?: boolean | undefined;
  onLoadMore?: (() => void) | undefined;
  onOpenTask: (taskId: string) => void;
  /** The account's time zone. */
  timeZone?: string | undefined;
  /** The open task's drawer. */
  drawer?: ReactNode;
}

/**
 * Tasks with their status and cost: a filter by status and agent, CSV of what is shown, a drawer for one. Rows that come
 * in while the table is read wait behind a bar. Renders a `section` with a `table`. Reads locale and messages.
 */
export const TaskTableView = asWidget(function TaskTableView(props: TaskTableViewProps) {
  const { resource, filter, headingLevel = 2, drawer } = props;
  const messages = useMessages('taskTable', taskTableMessages);
  const format = useFormat(props.timeZone);
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
      skeleton={<TaskSkeleton />}
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

const isUnfiltered = ({ status, agentId, range }: TaskFilter) =>
  status === 'all' && agentId === 'all' && range === 'any';

function TaskCard(props: TaskCardProps) {
  const { page, state, resource, filter, onFilterChange, agentIds, headingLevel, format, messages } = props;
  const { hasMore = false, isLoadingMore = false, onLoadMore, onOpenTask } = props;
  const filterKey = `${filter.status} ${filter.agentId} ${filter.range}`;
  const { rows, fresh, showFresh } = useSettledRows(page?.items ?? noTasks, filterKey);
  const unfiltered = isUnfiltered(filter);
  const written = format.number(rows.length);
  const side = (
    <>
      {resource.status === 'stale' && resource.asOf && <StaleNote asOf={resource.asOf} format={format} />}
      {rows.length > 0 && (
        <>
          <span className="uk-caption uk-figures" role="status">
            {messages.shown(rows.length, hasMore ? `${written}+` : written)}
          </span>
          <Button
            kind="quiet"
            onClick={() => void import('./save-tasks.ts').then(({ saveTasks }) => saveTasks(rows))}
          >
            <Icon drawing={downloadIcon} />
            {messages.csv}
          </Button>
        </>
      )}
    </>
  );
  const foot = hasMore && onLoadMore && (
    <div className="uk-tasks-foot">
      <Button
        kind="quiet"
        onClick={isLoadingMore ? undefined : onLoadMore}
        aria-disabled={isLoadingMore || undefined}
      >
        {messages.loadMore}
      </Button>
    </div>
  );
  const banner = fresh.length > 0 && (
    <div className="uk-fresh" role="status">
      <Button kind="primary" className="uk-fresh-button" onClick={showFresh}>
        <Icon drawing={upIcon} />
        {messages.showNew(fresh.length, format.number(fresh.length))}
      </Button>
    </div>
  );
  const nothing = unfiltered ? (
    <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
  ) : (
    <EmptyState
      title={messages.noneTitle}
      detail={messages.noneDetail}
      action={<Button onClick={() => onFilterChange(noTaskFilter)}>{messages.clearFilters}</Button>}
    />
  );
  return (
    <Card title={messages.title} headingLevel={headingLevel} side={side}>
      {(rows.length > 0 || !unfiltered) && (
        <TaskFiltersBar
          filter={filter}
          onFilterChange={onFilterChange}
          agentIds={agentIds}
          messages={messages}
        />
      )}
      {rows.length === 0 ? (
        (state ?? nothing)
      ) : (
        <TaskRows
          key={filterKey}
          tasks={rows}
          hasMore={hasMore}
          onOpen={onOpenTask}
          foot={foot}
          banner={banner}
          format={format}
          messages={messages}
        />
      )}
    </Card>
  );
}

function TaskSkeleton() {
  return (
    <>
      <Skeleton height={30} widthPercent={60} before={10} />
      {[1, 2, 3, 4, 5, 6, 7, 8].map((line) => (
        <Skeleton key={line} height={30} before={22} />
      ))}
    </>
  );
}
