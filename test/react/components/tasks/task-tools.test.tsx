import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TaskTable, UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import type { Task } from '@usagekit/server/contract';
import { StrictMode, useState } from 'react';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { tasks } from '../../../../sdk/gallery/fixtures/tasks.ts';
import type { UsageKitClient } from '../../../../sdk/src/client/create-client.ts';
import { exportTasks } from '../../../../sdk/src/client/tasks/export-tasks.ts';
import type { TaskTableValue } from '../../../../sdk/src/components/task-table/index.ts';
import { sortTasks } from '../../../../sdk/src/components/task-table/table/sort-tasks.ts';

afterEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/');
  vi.useRealTimers();
});

const shownNames = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('button').textContent);
const headOf = (name: string) => screen.findByRole('columnheader', { name: new RegExp(`^${name}`) });

function connected(ui = <TaskTable />) {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  const view = render(
    <UsageKitProvider client={mock.client()} session={mock.session()}>
      {ui}
    </UsageKitProvider>,
  );
  return { mock, ...view };
}

const table = () => screen.findByRole('table');

describe('what TaskTable finds, orders and shows', () => {
  it('A10: leaves the tasks that have the text that is looked for, and all of them once it is cleared', async () => {
    render(<TaskTable data={tasks} />);
    const field = await screen.findByRole('searchbox', { name: 'Search tasks' });
    const part = (tasks[0]?.name ?? '').slice(0, 6).toUpperCase();
    await userEvent.type(field, part);
    const expected = tasks.filter(({ name }) => name.toUpperCase().includes(part)).map(({ name }) => name);
    await waitFor(() => expect(shownNames()).toEqual(expected));
    expect(expected.length).toBeLessThan(tasks.length);
    await userEvent.clear(field);
    await waitFor(() => expect(shownNames()).toHaveLength(tasks.length));
  });

  it('A10: sorts by cost, duration, start and name, largest first and the other way at a second click', async () => {
    render(<TaskTable data={tasks} />);
    await userEvent.click(within(await headOf('Cost')).getByRole('button'));
    await waitFor(async () => expect(await headOf('Cost')).toHaveAttribute('aria-sort', 'descending'));
    const costs = sortTasks(tasks, '-cost').map(({ name }) => name);
    await waitFor(() => expect(shownNames()).toEqual(costs));
    await userEvent.click(within(await headOf('Cost')).getByRole('button'));
    await waitFor(() => expect(shownNames()).toEqual(sortTasks(tasks, 'cost').map(({ name }) => name)));
    await userEvent.click(within(await headOf('Task')).getByRole('button'));
    expect(await headOf('Task')).toHaveAttribute('aria-sort', 'ascending');
    await waitFor(() => expect(shownNames()).toEqual(tasks.map(({ name }) => name).sort()));
  });

  it('sorts by figures and not by their texts, those without one last either way', () => {
    const task = (name: string, cost: string | null): Task => ({
      ...(tasks[0] as Task),
      id: name,
      name,
      cost,
    });
    const some = [task('a', '9'), task('b', null), task('c', '100'), task('d', '9.5')];
    const order = (sort: 'cost' | '-cost') => sortTasks(some, sort).map(({ id }) => id);
    expect(order('-cost')).toEqual(['c', 'd', 'a', 'b']);
    expect(order('cost')).toEqual(['a', 'd', 'c', 'b']);
  });

  it('F5: keeps a row where it is while its cost changes, however the table is sorted', async () => {
    const data = tasks.map((task, place) => ({ ...task, name: `Task ${place}`, cost: String(10 + place) }));
    const { rerender } = render(<TaskTable data={data} />);
    await userEvent.click(within(await headOf('Cost')).getByRole('button'));
    const names = data.map(({ name }) => name);
    await waitFor(() => expect(shownNames()).toEqual(names.toReversed()));
    const [first, ...rest] = data;
    rerender(<TaskTable data={[{ ...(first as Task), cost: '9999' }, ...rest]} />);
    await waitFor(() => expect(screen.getAllByRole('row').at(-1)).toHaveTextContent('9,999'));
    expect(shownNames()).toEqual(names.toReversed());
  });

  it('A10: shows the columns that are chosen, remembers them, and goes back to the usual ones', async () => {
    const { unmount } = render(<TaskTable data={tasks} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Columns' }));
    const menu = screen.getByRole('group', { name: 'Columns' });
    await userEvent.click(within(menu).getByRole('checkbox', { name: 'Task ID' }));
    await userEvent.click(within(menu).getByRole('checkbox', { name: 'Started' }));
    const heads = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
    await waitFor(() => expect(heads()).toEqual(['Task', 'Status', 'Duration', 'Cost', 'Task ID']));
    expect(screen.getAllByRole('row')[1]).toHaveTextContent(tasks[0]?.id ?? '');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('group', { name: 'Columns' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Columns' })).toHaveFocus();
    unmount();
    render(<TaskTable data={tasks} />);
    await waitFor(() => expect(heads()).toEqual(['Task', 'Status', 'Duration', 'Cost', 'Task ID']));
    await userEvent.click(await screen.findByRole('button', { name: 'Columns' }));
    await userEvent.click(screen.getByRole('button', { name: 'Standard columns' }));
    await waitFor(() => expect(heads()).toEqual(['Task', 'Status', 'Started', 'Duration', 'Cost']));
  });

  it('A10: makes a column wider by the arrow keys, towards where reading goes', async () => {
    render(<TaskTable data={tasks} />);
    const handle = await screen.findByRole('separator', { name: 'Width of Status' });
    const width = () => Number(screen.getByRole('separator', { name: 'Width of Status' }).ariaValueNow);
    expect(width()).toBeGreaterThanOrEqual(Number(handle.ariaValueMin));
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(200);
    act(() => handle.focus());
    // What it is, before it is changed.
    await waitFor(() => expect(width()).toBe(200));
    fireEvent.keyDown(handle, { key: 'ArrowRight' });
    await waitFor(() => expect(width()).toBe(216));
    fireEvent.keyDown(handle, { key: 'ArrowRight' });
    await waitFor(() => expect(width()).toBe(232));
    fireEvent.keyDown(handle, { key: 'ArrowLeft' });
    await waitFor(() => expect(width()).toBe(216));
  });

  it('A10: says why a task failed in its row, and copies its id from its drawer', async () => {
    const user = userEvent.setup();
    render(<TaskTable data={tasks} />);
    const failed = tasks.find(({ status }) => status === 'failed') as Task;
    const row = screen.getAllByRole('row')[tasks.indexOf(failed) + 1] as HTMLElement;
    expect(row).toHaveTextContent(failed.error ?? 'no error');
    await user.click(within(row).getByRole('button'));
    const drawer = await screen.findByRole('dialog');
    await user.click(within(drawer).getByRole('button', { name: 'Copy ID' }));
    expect(await within(drawer).findByText('Copied')).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toBe(failed.id);
  });

  it('F4: counts the seconds of a task that runs, by the clock of the server', async () => {
    const task = { ...(tasks[0] as Task), startedAt: '2026-06-10T12:00:00.000Z', endedAt: null };
    render(<TaskTable data={[task]} now="2026-06-10T12:01:05.000Z" />);
    expect(await screen.findByText('1m 5s')).toBeInTheDocument();
    expect(await screen.findByText('1m 6s', undefined, { timeout: 3_000 })).toBeInTheDocument();
  });
});

describe('tasks of the server', () => {
  it('A10: looks for a text in all tasks of the account', async () => {
    const { mock } = connected();
    await table();
    for (let run = 0; run < 60; run += 1) await mock.account().runTask(`Task ${run}`, { memberId: 'owner' });
    await userEvent.type(await screen.findByRole('searchbox'), 'task 7');
    await waitFor(() => expect(shownNames()).toEqual(['Task 7']));
    expect(mock.requests('GET /v1/tasks').at(-1)?.query).toMatchObject({ search: 'task 7' });
  });

  it('A10: says that an order is that of the loaded tasks, and loads all of them', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    for (let run = 0; run < 120; run += 1) await mock.account().runTask(`Task ${run}`, { memberId: 'owner' });
    render(
      <UsageKitProvider client={mock.client()} session={mock.session()}>
        <TaskTable />
      </UsageKitProvider>,
    );
    await table();
    await userEvent.click(within(await headOf('Cost')).getByRole('button'));
    expect(await screen.findByText(/In order among the 50 tasks that are loaded/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Load all' }));
    await waitFor(() => expect(screen.queryByText(/In order among|Loading all/)).toBeNull());
    expect(shownNames().length).toBeGreaterThan(120);
  });

  it('F19: saves every task that fits as the CSV of the server, not only those that are loaded', async () => {
    const { mock } = connected();
    await table();
    for (let run = 0; run < 120; run += 1) await mock.account().runTask(`Task ${run}`, { memberId: 'owner' });
    const blobs: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`);
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await userEvent.click(await screen.findByRole('button', { name: 'Download CSV' }));
    await waitFor(() => expect(blobs).toHaveLength(1));
    const lines = (await blobs[0]?.text())?.trimEnd().split('\r\n') ?? [];
    expect(lines.filter((line) => line.includes(',Task '))).toHaveLength(120);
    expect(await screen.findByRole('button', { name: 'Download CSV' })).toHaveFocus();
  });

  it('F19: says that a download broke off, and saves nothing of it', async () => {
    const { mock } = connected();
    await table();
    const saved = vi.spyOn(URL, 'createObjectURL').mockImplementation(() => 'blob:none');
    mock.fault({ on: 'GET *tasks/export', kind: 'problem' });
    await userEvent.click(await screen.findByRole('button', { name: 'Download CSV' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The download broke off, and nothing was saved.',
    );
    expect(saved).not.toHaveBeenCalled();
  });

  it('F19: counts the tasks of a download as they come, line feeds within a cell aside', async () => {
    const parts = ['id,name\r\n1,a\r\n2,"b\r\n', 'c"\r\n3,d\r', '\n'];
    const open = async () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
          controller.close();
        },
      });
    const counts: number[] = [];
    const onProgress = (count: number) => counts.push(count);
    const file = await exportTasks({ open } as unknown as UsageKitClient, 'acme', {}, { onProgress });
    expect(counts).toEqual([1, 2, 3]);
    expect(await file.text()).toBe(parts.join(''));
  });
});

describe('the view of TaskTable', () => {
  it('A10: stands in the address, from which it opens again', async () => {
    const first = connected();
    await table();
    await userEvent.click(await screen.findByRole('button', { name: 'Failed' }));
    await userEvent.click(within(await headOf('Cost')).getByRole('button'));
    await waitFor(() => expect(location.search).toBe('?tasks.status=failed&tasks.sort=-cost'));
    const link = location.href;
    first.unmount();
    await waitFor(() => expect(location.search).toBe(''));

    history.replaceState(null, '', link);
    const second = connected();
    await table();
    expect(await screen.findByRole('button', { name: 'Failed' })).toHaveAttribute('aria-pressed', 'true');
    expect(await headOf('Cost')).toHaveAttribute('aria-sort', 'descending');
    const asked = second.mock.requests('GET /v1/tasks');
    expect(asked.every(({ query }) => query.status === 'failed')).toBe(true);
  });

  it('A10: opens the task of a link, and closes it by Back', async () => {
    const { mock } = connected();
    await table();
    await userEvent.click(within(screen.getAllByRole('row')[1] as HTMLElement).getByRole('button'));
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
    await waitFor(() => expect(location.search).toMatch(/^\?tasks\.open=./));
    expect(mock.requests('GET /v1/tasks').length).toBeGreaterThan(0);
    act(() => history.back());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(location.search).toBe('');
  });

  it('keeps the fields of others and what is no view of its own', async () => {
    history.replaceState({ key: 'router' }, '', '/?page=2&tasks.status=nonsense&tasks.sort=?#here');
    const { unmount } = connected(
      <StrictMode>
        <TaskTable />
      </StrictMode>,
    );
    await table();
    expect(await screen.findByRole('button', { name: 'All' })).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(await screen.findByRole('button', { name: 'Completed' }));
    await waitFor(() => expect(location.search).toBe('?page=2&tasks.status=completed'));
    expect([location.hash, history.state]).toEqual(['#here', { key: 'router' }]);
    unmount();
    await waitFor(() => expect(location.search).toBe('?page=2'));
  });

  it('is kept by a host that gives `value` and hears `onChange`, and then the address stays as it is', async () => {
    const heard: TaskTableValue[] = [];
    function Host() {
      const [value, setValue] = useState<TaskTableValue>({
        filter: { status: 'completed', agentId: 'all', range: 'any', search: '' },
        sort: '-started',
        openTaskId: null,
      });
      const onChange = (next: TaskTableValue) => {
        heard.push(next);
        setValue(next);
      };
      return <TaskTable value={value} onChange={onChange} />;
    }
    connected(<Host />);
    await table();
    await userEvent.click(await screen.findByRole('button', { name: 'Failed' }));
    expect(heard.map(({ filter }) => filter.status)).toEqual(['failed']);
    expect(location.search).toBe('');
  });

  it('keeps two tables apart by what their fields begin with', async () => {
    connected(
      <>
        <section aria-label="one">
          <TaskTable address="mine" />
        </section>
        <section aria-label="two">
          <TaskTable address={false} />
        </section>
      </>,
    );
    const one = within(screen.getByRole('region', { name: 'one' }));
    const two = within(screen.getByRole('region', { name: 'two' }));
    const failed = { name: 'Failed' };
    await userEvent.click(await two.findByRole('button', failed));
    await userEvent.click(await one.findByRole('button', { name: 'Completed' }));
    await waitFor(() => expect(location.search).toBe('?mine.status=completed'));
  });
});
