import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Task } from '@usagekit/server/contract';
import { describe, expect, it, vi } from 'vitest';
import { manyTasks, tasks } from '../../../../sdk/gallery/fixtures/tasks.ts';
import { noTaskFilter, TaskTable, TaskTableView } from '../../../../sdk/src/components/task-table/index.ts';
import { sumDecimals } from '../../../../sdk/src/derive/decimal.ts';
import { tasksCsv } from '../../../../sdk/src/derive/tasks/tasks-csv.ts';
import { resourceOf } from '../../../../sdk/src/hooks/base/resource.ts';
import { patience } from '../../../support/patience.ts';

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('button').textContent);
const firstCells = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

// Roles are looked up in a large tree, on machines that do other work as well.
describe('TaskTable', () => {
  it.each([
    ['Pending', 'pending'],
    ['In progress', 'in_progress'],
    ['Completed', 'completed'],
    ['Failed', 'failed'],
    ['Cancelled', 'cancelled'],
  ] as const)('A10: the filter %s leaves only such tasks', async (label, status) => {
    render(<TaskTable data={tasks} />);
    await userEvent.click(await screen.findByRole('button', { name: label }));
    expect(screen.getByRole('button', { name: label })).toHaveAttribute('aria-pressed', 'true');
    const expected = tasks.filter((task) => task.status === status);
    expect(names()).toEqual(expected.map(({ name }) => name));
    for (const row of screen.getAllByRole('row').slice(1)) expect(row).toHaveTextContent(label);
  });

  it('says how many tasks are shown, and that there are more where there are', () => {
    const view = (hasMore: boolean) => (
      <TaskTableView
        resource={resourceOf({ items: tasks.slice(0, 5), nextCursor: null })}
        filter={noTaskFilter}
        onFilterChange={() => {}}
        agentIds={[]}
        onOpenTask={() => {}}
        hasMore={hasMore}
      />
    );
    const { rerender } = render(view(false));
    expect(screen.getByRole('status')).toHaveTextContent(/^5 tasks$/);
    rerender(view(true));
    expect(screen.getByRole('status')).toHaveTextContent(/^5\+ tasks$/);
  });

  it('A10: filters by agent', async () => {
    render(<TaskTable data={tasks} />);
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Agent' }), 'inbox-agent');
    expect(names()).toHaveLength(tasks.filter(({ agentId }) => agentId === 'inbox-agent').length);
  });

  it('A10: filters by time, counted back from the present that it is given', async () => {
    render(<TaskTable data={manyTasks(150)} now={tasks[0]?.createdAt} />);
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Time' }), 'Last 24 hours');
    // One task every 17 minutes, and the day's first instant is within.
    expect(document.querySelectorAll('.uk-task')).toHaveLength(Math.floor((24 * 60) / 17) + 1);
  });

  it('A10: opens a completed task with its result', async () => {
    render(<TaskTable data={tasks} />);
    const completed = tasks.findIndex(({ status }) => status === 'completed');
    await userEvent.click(
      within(screen.getAllByRole('row')[completed + 1] as HTMLElement).getByRole('button'),
    );
    const drawer = await screen.findByRole('dialog');
    expect(drawer).toHaveTextContent(tasks[completed]?.result ?? 'no result');
    await userEvent.click(within(drawer).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('A10, B13: says in its drawer whose task it was, for which project and workspace, and by which key it came', async () => {
    const [task] = tasks.filter(({ status }) => status === 'completed');
    const of = { memberId: 'ada', projectId: 'atlas', workspaceId: 'north', apiKeyId: 'key_7' };
    render(<TaskTable data={[{ ...(task as Task), ...of }]} />);
    await userEvent.click(within(screen.getAllByRole('row')[1] as HTMLElement).getByRole('button'));
    const facts = within(await screen.findByRole('dialog')).getAllByRole('term');
    const told = Object.fromEntries(facts.map((term) => [term.textContent, term.nextSibling?.textContent]));
    expect(told).toMatchObject({ Member: 'ada', Project: 'atlas', Workspace: 'north', 'API key': 'key_7' });
  });

  it('A10: shows the error of a failed task before anything else in its drawer', async () => {
    render(<TaskTable data={tasks} />);
    const failed = tasks.findIndex(({ status }) => status === 'failed');
    await userEvent.click(within(screen.getAllByRole('row')[failed + 1] as HTMLElement).getByRole('button'));
    const titles = within(await screen.findByRole('dialog')).getAllByRole('heading', { level: 3 });
    expect(titles[0]).toHaveTextContent('What went wrong');
  });

  it('B13: heads no column of what a run was charged while it was charged nothing', async () => {
    const running = tasks.find(({ status }) => status === 'in_progress') as Task;
    render(<TaskTable data={[{ ...running, cost: '0', lineItems: [] }]} />);
    await userEvent.click(within(screen.getAllByRole('row')[1] as HTMLElement).getByRole('button'));
    const drawer = within(await screen.findByRole('dialog'));
    expect(drawer.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'What it cost',
    ]);
    expect(drawer.getByRole('rowheader', { name: 'Total credits' })).toBeVisible();
  });

  it('B13: the line items of a run sum to its cost, digit by digit', async () => {
    render(<TaskTable data={tasks} />);
    await userEvent.click(within(screen.getAllByRole('row')[2] as HTMLElement).getByRole('button'));
    const rows = within(within(await screen.findByRole('dialog')).getByRole('table')).getAllByRole('row');
    const amounts = rows
      .slice(1, -1)
      .map((row) => within(row).getAllByRole('cell').at(-1)?.textContent ?? '');
    const total = within(rows.at(-1) as HTMLElement).getByRole('cell').textContent;
    expect(sumDecimals(amounts)).toBe(total);
    expect(total).toBe(tasks[1]?.cost);
  });

  it('C10: shows the credits of each run', async () => {
    render(<TaskTable data={tasks} />);
    expect(screen.getAllByTitle('12.604125')).toHaveLength(tasks.filter(({ cost }) => cost !== '0').length);
    // It comes with the part for tasks that run.
    await screen.findAllByText('14 held', {}, patience);
    expect(firstCells()[0]).toContain('14 held');
  });

  it('F4, C10: says of a task that was charged nothing yet what is held or estimated, and shows no cost of 0', async () => {
    const running = tasks.find(({ status }) => status === 'in_progress') as Task;
    const open = { ...running, cost: '0', lineItems: [], endedAt: null };
    const costs = [
      { ...open, id: 'a', held: '14' },
      { ...open, id: 'b', held: '0', status: 'pending' as const, startedAt: null, estimate: '25.6' },
      { ...open, id: 'c', held: '0', status: 'pending' as const, startedAt: null, estimate: null },
      { ...open, id: 'd', held: '3', cost: '12.6' },
      { ...open, id: 'e', held: '0', status: 'cancelled' as const, endedAt: running.createdAt },
    ];
    render(<TaskTable data={costs} />);
    await screen.findByText('≈25.6', {}, patience);
    expect(
      [...document.querySelectorAll('.uk-task-cell-cost')].map(({ textContent }) => textContent),
    ).toEqual(expect.arrayContaining(['—14 held', '—≈25.6', '—', '12.63 held', '0.0']));
  });

  it('A10: says the year of what began in another one, in its row and in its drawer', async () => {
    const [newest, ...others] = tasks as [Task, ...Task[]];
    const old = { ...newest, startedAt: '2025-12-31T10:00:00.000Z' };
    render(<TaskTable data={[old, ...others]} now={newest.createdAt} timeZone="UTC" />);
    expect(screen.getAllByText(/Dec 31, 2025/).length).toBeGreaterThan(0);
    const began = others.find(({ startedAt }) => startedAt !== null)?.startedAt ?? '';
    const shown = document.querySelectorAll(`time[datetime="${began}"]`);
    expect(shown.length).toBeGreaterThan(0);
    for (const time of shown) expect(time).not.toHaveTextContent('2026');
    await userEvent.click(within(screen.getAllByRole('row')[1] as HTMLElement).getByRole('button'));
    expect(await screen.findByRole('dialog')).toHaveTextContent('Dec 31, 2025');
  });

  it('keeps the rows that are read where they are until the new ones are asked for', async () => {
    const { rerender } = render(<TaskTable data={tasks.slice(3)} />);
    const before = names();
    rerender(<TaskTable data={tasks} />);
    expect(names()).toEqual(before);
    await userEvent.click(await screen.findByRole('button', { name: 'Show 3 new tasks' }));
    expect(names()).toEqual(tasks.map(({ name }) => name));
    expect(screen.queryByRole('button', { name: /Show .* new/ })).toBeNull();
  });

  it('changes a row that is read in its place', () => {
    const [first, ...rest] = tasks;
    const { rerender } = render(<TaskTable data={tasks} />);
    rerender(<TaskTable data={[{ ...(first as Task), status: 'cancelled' }, ...rest]} />);
    expect(firstCells()[0]).toContain('Cancelled');
    expect(screen.queryByRole('button', { name: /new task/ })).toBeNull();
  });

  it('draws only what is in sight of 100,000 rows, each with its place in the whole', async () => {
    const data = manyTasks(100_000);
    render(<TaskTable data={data} />);
    expect(document.querySelector('table')).toHaveAttribute('aria-rowcount', '100001');
    await waitFor(() => expect(document.querySelectorAll('.uk-task').length).toBeLessThan(60));
    const region = document.querySelector('.uk-scroll') as HTMLElement;
    const drawnRows = () => [...document.querySelectorAll('.uk-task')];
    // Once more if the table is drawn again meanwhile, as it is when its later parts have loaded.
    await waitFor(() => {
      region.scrollTop = 52 * 50_000;
      fireEvent.scroll(region);
      expect(drawnRows().map((row) => Number(row.getAttribute('aria-rowindex')))).toContain(50_002);
    });
    const drawn = drawnRows();
    expect(drawn.length).toBeLessThan(60);
    const spacers = [...document.querySelectorAll('.uk-spacer-cell')].map((cell) =>
      Number(cell.getAttribute('height')),
    );
    expect(spacers.reduce((sum, height) => sum + height, drawn.length * 52)).toBe(100_000 * 52);
  });

  it('F19: gives the tasks of the present filter as CSV', async () => {
    const blobs: Blob[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL(blob: Blob) {
          blobs.push(blob);
          return 'blob:tasks';
        },
        revokeObjectURL: () => {},
      }),
    );
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    render(<TaskTable data={tasks} />);
    await userEvent.click(screen.getByRole('button', { name: 'Failed' }));
    await userEvent.click(screen.getByRole('button', { name: 'Download CSV' }));
    const expected = tasksCsv(tasks.filter(({ status }) => status === 'failed'));
    await waitFor(() => expect(blobs).toHaveLength(1));
    expect(await blobs[0]?.text()).toBe(expected);
    const bytes = new Uint8Array((await blobs[0]?.arrayBuffer()) ?? []);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('says that no task fits, and clears the filters', async () => {
    render(
      <TaskTable
        data={tasks.filter(({ status }) => status === 'completed')}
        defaultFilter={{ status: 'failed' }}
      />,
    );
    expect(await screen.findByText('No task fits these filters')).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }));
    expect(names().length).toBeGreaterThan(0);
  });
});

describe('tasksCsv', () => {
  it('quotes what would break a line, and disarms what a spreadsheet would take for a formula', () => {
    const task = { ...(tasks[0] as Task), name: '=HYPERLINK("x"), a\nb', error: '-12', agentId: '@all' };
    const [, line] = tasksCsv([task]).split('\r\n');
    expect(line).toContain('"\'=HYPERLINK(""x""), a\nb"');
    expect(line).toContain("'@all");
    expect(line).toContain(',-12,');
    expect(tasksCsv([{ ...task, name: 'a\n\uFF1D1' }])).toContain(`"a\n'\uFF1D1"`);
  });
});
