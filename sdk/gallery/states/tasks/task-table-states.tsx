import type { Page, Task } from '@usagekit/server/contract';
import { type ReactElement, useEffect, useState } from 'react';
import {
  noTaskFilter,
  type TaskFilter,
  TaskTable,
  TaskTableView,
} from '../../../src/components/task-table/index.ts';
import { TaskDrawer } from '../../../src/components/task-table/parts.ts';
import { useFormat } from '../../../src/format/use-format.ts';
import { type Resource, resourceOf } from '../../../src/hooks/base/resource.ts';
import { taskTableMessages } from '../../../src/messages/tasks/task-table.ts';
import { useMessages } from '../../../src/messages/use-messages.ts';
import { manyTasks, tasks } from '../../fixtures/tasks.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const nothing = () => {};
/** Two minutes after the first task was made. */
const now = new Date(Date.parse(tasks[0]?.createdAt ?? '') + 120_000).toISOString();

function Shown({ resource, filter = noTaskFilter }: { resource: Resource<Page<Task>>; filter?: TaskFilter }) {
  return (
    <TaskTableView
      resource={resource}
      filter={filter}
      onFilterChange={nothing}
      agentIds={['research-agent', 'report-agent']}
      onOpenTask={nothing}
      onSortChange={nothing}
      now={now}
      hasMore={resource.data?.nextCursor != null}
      onLoadMore={nothing}
    />
  );
}

/** Three tasks come in after the table has been shown. */
function WithNewTasks() {
  const [items, setItems] = useState(tasks.slice(3));
  useEffect(() => setItems(tasks), []);
  return <Shown resource={resourceOf({ items, nextCursor: null })} />;
}

function Drawer({ place }: { place: number }) {
  const format = useFormat();
  const messages = useMessages('taskTable', taskTableMessages);
  const [open, setOpen] = useState(false);
  const task = tasks[place];
  return (
    <div className="uk-root">
      <button type="button" className="uk-button" onClick={() => setOpen(true)}>
        Open the drawer
      </button>
      {open && task && (
        <TaskDrawer task={task} onClose={() => setOpen(false)} format={format} messages={messages} />
      )}
    </div>
  );
}

const page = (items: Task[], nextCursor: string | null = null): Page<Task> => ({
  items,
  nextCursor,
  asOf: now,
  timeZone: 'UTC',
});
const shown = (state: string, element: ReactElement): GalleryState => ({
  widget: 'TaskTable',
  state,
  element,
});

export const taskTableStates: GalleryState[] = [
  shown('ready', <TaskTable data={tasks} now={now} />),
  shown('more to load', <Shown resource={resourceOf(page(tasks.slice(0, 5), 'next'))} />),
  shown('new tasks', <WithNewTasks />),
  shown('empty', <Shown resource={resourceOf(page([]))} />),
  shown(
    'nothing fits',
    <Shown resource={resourceOf(page([]))} filter={{ ...noTaskFilter, status: 'failed' }} />,
  ),
  shown('drawer with result', <Drawer place={1} />),
  shown('drawer with error', <Drawer place={3} />),
  shown('loading', <Shown resource={loading()} />),
  shown('stale', <Shown resource={stale(page(tasks.slice(0, 5)))} />),
  shown('error', <Shown resource={failed()} />),
  shown('not permitted', <Shown resource={notPermitted()} />),
  shown(
    'sorted and searched',
    <TaskTable
      data={tasks}
      now={now}
      value={{ filter: { ...noTaskFilter, search: 're' }, sort: '-cost', openTaskId: null }}
    />,
  ),
  shown('2,000 tasks', <TaskTable data={manyTasks(2_000)} now={now} />),
];
