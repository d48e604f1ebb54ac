import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BillingPage, TasksPage, UsagePage } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
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
