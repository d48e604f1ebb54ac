import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TaskTable, UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';

async function show() {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  render(
    <UsageKitProvider client={mock.client()} session={mock.session()}>
      <TaskTable />
    </UsageKitProvider>,
  );
  await screen.findByRole('table');
  await waitFor(() => expect(mock.requests('GET *stream').map(({ status }) => status)).toEqual([200]));
  return mock;
}

const shownNames = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('button').textContent);

// Roles are looked up in a large tree, on machines that do other work as well.
describe('a task table that is being read', () => {
  it('F5: keeps every row in its place, however many tasks are started elsewhere', async () => {
    const mock = await show();
    const before = shownNames();
    expect(before.length).toBeGreaterThan(20);
    for (let run = 0; run < 60; run += 1) await mock.account().runTask(`New ${run}`, { memberId: 'owner' });
    await screen.findByRole('button', { name: 'Show 60 new tasks' });
    expect(shownNames()).toEqual(before);
    await userEvent.click(screen.getByRole('button', { name: 'Show 60 new tasks' }));
    expect(shownNames()[0]).toBe('New 59');
  });

  it('keeps its filters in reach, and the focus on them, while their answer is on its way and where it fails', async () => {
    const mock = await show();
    const mend = mock.fault({ on: 'GET /v1/tasks', kind: 'problem' });
    const failed = await screen.findByRole('button', { name: 'Failed' });
    await userEvent.click(failed);
    await screen.findByRole('alert');
    expect(failed).toBeInTheDocument();
    expect(failed).toHaveFocus();
    mend();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('table');
    expect(screen.getByRole('button', { name: 'Failed' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('F5: says that it is no longer current, and since when, as soon as the browser is offline', async () => {
    await show();
    act(() => {
      window.dispatchEvent(new Event('offline'));
    });
    const widget = screen.getByRole('table').closest('[data-widget]');
    expect(widget).toHaveAttribute('data-state', 'stale');
    expect(within(widget as HTMLElement).getByText(/^Last updated/)).toBeInTheDocument();
    act(() => {
      window.dispatchEvent(new Event('online'));
    });
    await waitFor(() => expect(widget).toHaveAttribute('data-state', 'ready'));
  });
});
