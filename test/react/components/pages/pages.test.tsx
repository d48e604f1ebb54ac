import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BillingPage, createClient, TasksPage, UsageKitProvider, UsagePage } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  fetchAt,
  type MockViewer,
  renderWithUsageKit,
  type ScenarioName,
} from '@usagekit/react/testing';
import type { ReactElement } from 'react';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

const pages = { usage: '/usage', tasks: '/tasks', billing: '/billing' };

function show(element: ReactElement, role: MockViewer = 'owner', scenario: ScenarioName = 'healthy') {
  return renderWithUsageKit(element, {
    mock: createUsageKitMock({ scenario, afterEach: onTestFinished }),
    role,
  });
}
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-widget] [data-widget]')].map(
    ({ dataset }) => dataset.widget,
  );
const widgetsAre = (...names: string[]) => waitFor(() => expect(shown()).toEqual(names));

afterEach(cleanupUsageKit);

describe('the pages of usage, tasks and billing', () => {
  it('A1, D3: lead to each other, and each says which it is', () => {
    for (const [present, page] of [
      ['Usage', <UsagePage key="usage" pages={pages} />],
      ['Tasks', <TasksPage key="tasks" pages={pages} />],
      ['Billing', <BillingPage key="billing" pages={pages} />],
    ] as const) {
      const { unmount } = show(page);
      const nav = screen.getByRole('navigation', { name: 'Account' });
      expect(nav).toHaveTextContent('UsageTasksBilling');
      expect([...nav.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
        '/usage',
        '/tasks',
        '/billing',
      ]);
      expect(nav.querySelector('[aria-current="page"]')).toHaveTextContent(present);
      unmount();
    }
  });

  it('A1: follow the links of a host that has a router', async () => {
    const onPage = vi.fn();
    show(<TasksPage pages={pages} onPage={onPage} />);
    await userEvent.click(screen.getByRole('link', { name: 'Billing' }));
    expect(onPage).toHaveBeenCalledWith('billing');
  });

  it('E1, F10: ask for the figures of use alone, and for everything else once they are there', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const server = fetchAt(mock, 'https://usagekit.test');
    const asked: string[] = [];
    const answer = Promise.withResolvers<void>();
    const client = createClient({
      baseUrl: 'https://usagekit.test',
      getToken: () => mock.tokenFor(),
      fetch: async (input, init) => {
        asked.push(new URL(String(input)).pathname);
        await answer.promise;
        return server(input, init);
      },
    });
    render(
      <UsageKitProvider client={client} session={mock.session()}>
        <UsagePage pages={pages} />
      </UsageKitProvider>,
    );
    await waitFor(() => expect(asked).not.toEqual([]));
    // Whatever else were asked for would be by then.
    await import('../../../../sdk/src/live/line.ts');
    await act(() => new Promise((resolve) => setTimeout(resolve)));
    const ofAccount = `/v1/accounts/${mock.session().accountId}`;
    expect(asked).toEqual([`${ofAccount}/usage`]);
    answer.resolve();
    for (const view of ['usage/history', 'subscription', 'credits', 'stream'])
      await waitFor(() => expect(asked).toContain(`${ofAccount}/${view}`), { timeout: 20_000 });
    expect(asked.filter((path) => path === `${ofAccount}/usage`)).toHaveLength(1);
  });

  it('E1, E12: show an owner plan, use, balance and the shares of members', async () => {
    show(<UsagePage pages={pages} />);
    await widgetsAre('usage-panel', 'plan-card', 'usage-history', 'credit-balance', 'member-allocations');
  });

  it('E4: show a viewer nothing of money, balance or shares', async () => {
    const { container } = show(<UsagePage pages={pages} />, 'viewer');
    await waitFor(() => expect(shown()).toContain('usage-panel'));
    await waitFor(() => expect(container).toHaveTextContent(/%/));
    expect(shown()).not.toContain('credit-balance');
    expect(shown()).not.toContain('member-allocations');
    expect(container).not.toHaveTextContent('$');
  });

  it('A10, A11: show the tasks, and why work is blocked while it is', async () => {
    show(<TasksPage pages={pages} />, 'owner', 'outOfCredits');
    await widgetsAre('why-blocked', 'task-table');
    cleanupUsageKit();
    show(<TasksPage pages={pages} />, 'owner', 'healthy');
    await widgetsAre('task-table');
  });
});
