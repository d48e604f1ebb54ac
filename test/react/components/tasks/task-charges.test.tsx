import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TaskTable, UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import type { Page, Task } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

afterEach(() => history.replaceState(null, '', '/'));

// The mock lives through twelve days of use before it answers.
describe('the trace in the drawer of a task', () => {
  it('F11: has its charges, which sum to its cost, and each explains rate, quantity and grants in words', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const session = mock.session();
    const client = mock.client();
    const account = client.withSession(session);
    const { items }: Page<Task> = await account.tasks(session.accountId, { status: 'completed' });
    const task = items.find(({ cost, refunded }) => Number(cost) > 0 && Number(refunded) === 0);
    if (!task) throw new Error('The usual account has a task that cost something');
    render(
      <UsageKitProvider client={client} session={session} locale="en-US">
        <TaskTable />
      </UsageKitProvider>,
    );
    const [name] = await screen.findAllByRole('button', { name: task.name });
    await userEvent.click(name as HTMLElement);
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByRole('heading', { name: 'How it was charged' });
    await within(dialog).findAllByRole('button', { name: 'Explain' });
    const table = within(dialog).getAllByRole('table').at(-1) as HTMLElement;
    const foot = within(table).getAllByRole('row').at(-1) as HTMLElement;
    const sum = within(foot).getByRole('cell').firstElementChild as HTMLElement;
    expect(Number((sum.title || sum.textContent || '').replaceAll(/[^\d.-]/g, ''))).toBe(Number(task.cost));
    await userEvent.click(within(table).getAllByRole('button', { name: 'Explain' })[0] as HTMLElement);
    await waitFor(() => expect(within(table).getAllByText(/ came from /)).not.toEqual([]));
    expect(within(table).getAllByText(/ makes /)).not.toEqual([]);
    expect(within(table).getAllByText(/ input tokens and [\d,]+ output tokens, /)).not.toEqual([]);
  });

  it('F10: counts one call as one, in the task and in the words that explain it', async () => {
    const mock = createUsageKitMock({ scenario: 'fresh', afterEach: onTestFinished });
    await mock.ready;
    await mock.account().runTask('Look it up', { items: [{ tool: 'search', calls: 1 }] });
    const session = mock.session();
    render(
      <UsageKitProvider client={mock.client().withSession(session)} session={session} locale="en-US">
        <TaskTable />
      </UsageKitProvider>,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Look it up' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Explain' }));
    expect(await within(dialog).findByText(/: 1 call, .* makes /)).toBeVisible();
    expect(dialog).toHaveTextContent(/1 call(?!s)/);
    expect(dialog).not.toHaveTextContent('1 calls');
  });
});
