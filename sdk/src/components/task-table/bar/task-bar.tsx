'use client';
import type { Task } from '@usagekit/server/contract';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';
import { taskToolsMessages } from '../../../messages/tasks/task-tools.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { LinkButton } from '../../parts/controls/link-button.tsx';
import { Segments } from '../../parts/controls/segments.tsx';
import type { PartsOf } from '../../parts/widget/optional-parts.ts';
import { ColumnMenu } from '../table/column-menu.tsx';
import { sortTasks } from '../table/sort-tasks.ts';
import type { ColumnChoice } from '../table/task-columns.ts';
import { useColumnChoice } from '../table/use-column-choice.ts';
import { newestFirst, type TaskFilter, type TaskSort } from '../task-view.ts';
import { ExportButton } from './export-button.tsx';
import { SearchField } from './search-field.tsx';
import type { TaskExport } from './task-export.ts';

export { TaskHead } from '../table/task-head.tsx';
export { FreshButton, MoreButton, NoneFits } from './list-buttons.tsx';

export interface TaskBarProps {
  /** Parts to leave out, such as `{ exports: false }`. */
  parts?: PartsOf<'TaskTable'> | undefined;
  filter: TaskFilter;
  onFilterChange: (filter: TaskFilter) => void;
  agentIds?: string[] | undefined;
  agentsOf?: Task[] | undefined;
  sort: TaskSort;
  rows: Task[];
  /** The same in the order that is shown. */
  shown: Task[];
  /** Takes the ids in the order of `sort`; undefined where that is the order of the rows. */
  setOrder: (ids: string[] | undefined) => void;
  /** Takes the columns that this browser's reader chose. */
  setChoice: (choice: ColumnChoice | undefined) => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMoreFailed?: boolean | undefined;
  onLoadMore?: ((pageSize?: number) => void) | undefined;
  exported?: TaskExport | undefined;
  format: Format;
  messages: Messages['taskTable'];
}

const ranges = ['any', 'day', 'week', 'month'] as const;
const statuses = ['pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const;

/**
 * The controls of the table: status, agent, time and text, CSV, a menu of columns. Renders a group of toggle buttons, two
 * `select`s, a search field and two buttons. Reads messages.
 */
export function TaskBar(props: TaskBarProps) {
  const { filter, onFilterChange, sort, rows, setOrder, setChoice, parts, format, messages } = props;
  const tools = useMessages('taskTools', taskToolsMessages);
  const [choice] = useColumnChoice();
  useEffect(() => setChoice(choice), [choice, setChoice]);
  // Put in order when an order is chosen and when rows join; a row that changes while it is read stays where it is.
  const key = `${JSON.stringify(filter)} ${sort} ${rows.length} ${rows[0]?.id} ${rows.at(-1)?.id}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: figures of the same rows do not change their order
  useEffect(() => {
    setOrder(sort === newestFirst ? undefined : sortTasks(rows, sort).map(({ id }) => id));
  }, [key]);
  const segments = [
    { value: 'all' as const, label: tools.all },
    ...statuses.map((value) => ({ value, label: messages.status[value] })),
  ];
  const seen = useSeenAgents(props.agentsOf ?? rows);
  const agentIds = props.agentIds ?? seen;
  // A link may name an agent that nothing has been seen of yet.
  const agents =
    filter.agentId === 'all' || agentIds.includes(filter.agentId) ? agentIds : [filter.agentId, ...agentIds];
  return (
    <>
      <div className="uk-task-filters">
        {parts?.status !== false && (
          <Segments
            label={tools.statusFilter}
            segments={segments}
            value={filter.status}
            onChange={(status) => onFilterChange({ ...filter, status })}
          />
        )}
        <div className="uk-task-selects">
          {parts?.search !== false && (
            <SearchField
              label={tools.search}
              value={filter.search}
              onChange={(search) => onFilterChange({ ...filter, search })}
            />
          )}
          {parts?.agentId !== false && agents.length > 0 && (
            <select
              className="uk-select"
              aria-label={tools.agentFilter}
              value={filter.agentId}
              onChange={(event) => onFilterChange({ ...filter, agentId: event.target.value })}
            >
              <option value="all">{tools.everyAgent}</option>
              {agents.map((agentId) => (
                <option key={agentId} value={agentId}>
                  {agentId}
                </option>
              ))}
            </select>
          )}
          {parts?.range !== false && (
            <select
              className="uk-select"
              aria-label={tools.rangeFilter}
              value={filter.range}
              onChange={(event) =>
                onFilterChange({ ...filter, range: event.target.value as TaskFilter['range'] })
              }
            >
              {ranges.map((range) => (
                <option key={range} value={range}>
                  {tools.ranges[range]}
                </option>
              ))}
            </select>
          )}
          {parts?.columns !== false && <ColumnMenu {...{ messages, tools }} />}
          {parts?.exports !== false && rows.length > 0 && (
            <ExportButton
              key={JSON.stringify(filter)}
              rows={props.shown}
              exported={props.exported}
              {...{ format, tools }}
            />
          )}
        </div>
      </div>
      <RestOfTasks {...props} tools={tools} />
    </>
  );
}

/** The agents of these tasks and of those before: a filtered answer names one agent only, and the others stay to be chosen. */
function useSeenAgents(tasks: Task[]): string[] {
  const [seen, setSeen] = useState<string[]>([]);
  const now = useMemo(() => [...new Set(tasks.flatMap(({ agentId }) => agentId ?? []))], [tasks]);
  const fresh = now.filter((each) => !seen.includes(each));
  if (fresh.length > 0) setSeen([...seen, ...fresh].sort());
  return seen;
}

/** Pages of this size while all are loaded: the largest that the server tells at once. */
const pageSizeMax = 200;

/**
 * Says that more rows exist than the sorted ones, and loads them. A search continues by itself until it has found a full page.
 */
function RestOfTasks(props: TaskBarProps & { tools: Messages['taskTools'] }) {
  const { filter, sort, rows, hasMore, isLoadingMore, loadMoreFailed, onLoadMore, format, tools } = props;
  const [isLoadingAll, setLoadingAll] = useState(false);
  const isSearching = filter.search !== '' && rows.length < 50;
  const goesOn = hasMore && !loadMoreFailed && (isLoadingAll || isSearching);
  const loadMore = useRef(onLoadMore);
  loadMore.current = onLoadMore;
  useEffect(() => {
    if (goesOn && !isLoadingMore) loadMore.current?.(pageSizeMax);
  }, [goesOn, isLoadingMore]);
  if (!hasMore || !onLoadMore) return null;
  if (isSearching && goesOn && !isLoadingAll)
    return <p className="uk-caption uk-task-rest">{tools.searching}</p>;
  const count = rows.length;
  const written = format.number(count);
  const isUnderWay = isLoadingAll && !loadMoreFailed;
  if (!isUnderWay && sort === newestFirst) return null;
  return (
    <p className="uk-caption uk-task-rest uk-figures">
      {isUnderWay ? tools.loadingAll(count, written) : tools.orderOf(count, written)}{' '}
      <LinkButton onClick={() => setLoadingAll(!isUnderWay)}>
        {isUnderWay ? tools.stop : tools.loadAll}
      </LinkButton>
    </p>
  );
}
