import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CreditBalance, Gate, ModelPicker, PlanCard, TaskTable, UsagePanel } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  type MockViewer,
  renderWithUsageKit,
} from '@usagekit/react/testing';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

afterEach(cleanupUsageKit);

type Scenario = NonNullable<Parameters<typeof createUsageKitMock>[0]>['scenario'];

function show(ui: ReactNode, scenario: Scenario = 'healthy', role: MockViewer = 'owner') {
  const mock = createUsageKitMock({ scenario, afterEach: onTestFinished });
  return renderWithUsageKit(ui, { mock, role });
}

const widget = (name: string) => document.querySelector<HTMLElement>(`[data-widget="${name}"]`);
const whenIn = (name: string, state: string | RegExp) =>
  waitFor(() => expect(widget(name)?.dataset.state).toMatch(state));

// The mock lives through twelve days of use before it answers.
describe('widgets on the real server in memory', () => {
  it('B5: CreditBalance shows the balance that the server has', async () => {
    const { container } = show(<CreditBalance onBuyCredits={() => {}} />);
    await whenIn('credit-balance', /ok|low/);
    expect(container).toHaveTextContent('Available380credits');
  });

  it('F5: CreditBalance moves when a debit is made, without being asked', async () => {
    const { container, mock } = show(<CreditBalance />);
    await whenIn('credit-balance', /ok|low/);
    await waitFor(() => expect(mock.openStreams()).toBeGreaterThan(0));
    await mock.account().spend(30);
    await waitFor(() => expect(container).toHaveTextContent('Available350credits'), { timeout: 5_000 });
  });

  it('F3: CreditBalance shows what a running task holds', async () => {
    const { container } = show(<CreditBalance />, 'taskRunning');
    await whenIn('credit-balance', /ok|low/);
    expect(container).toHaveTextContent('45 credits held for running tasks');
  });

  it('C11: CreditBalance says that credits are out, and when new ones come', async () => {
    const { container } = show(<CreditBalance onBuyCredits={() => {}} />, 'outOfCredits');
    await whenIn('credit-balance', 'out');
    expect(container).toHaveTextContent(/Next addition: 1,000 credits in \d+ days/);
    expect(screen.getByRole('button', { name: 'Buy credits' })).toBeInTheDocument();
  });

  it('E1: UsagePanel shows budget, meters, my usage and history from one answer and its series', async () => {
    show(<UsagePanel plan={<PlanCard />} />);
    await whenIn('usage-panel', 'ok');
    await whenIn('plan-card', 'active');
    await screen.findByRole('heading', { name: 'History' });
    const titles = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
    expect(titles).toEqual(['Usage', 'Pro', 'Account meters', 'My usage', 'History']);
  });

  it('A9: UsagePanel shows credits over time with their trend, by tool, and its agents side by side', async () => {
    const mock = createUsageKitMock({ scenario: 'fresh', afterEach: onTestFinished });
    const spendDaily = async (credits: number, days: number) => {
      for (let day = 0; day < days; day += 1) {
        await mock.account().spend(credits, { agentId: 'research' });
        await mock.account().consume([{ tool: 'search', calls: credits }], 1, { agentId: 'inbox' });
        await mock.clock.advance('1d');
      }
    };
    await spendDaily(10, 4);
    await mock.clock.advanceToReset();
    await spendDaily(12, 4);
    renderWithUsageKit(<UsagePanel />, { mock });
    await whenIn('usage-history', 'ready');
    expect(
      await screen.findByText('In the first 4 days 20% more than in the period before'),
    ).toBeInTheDocument();
    const chart = /^Credits spent by day, .*: 72 credits in all/;
    expect(await screen.findByRole('application', { name: chart })).toBeInTheDocument();

    const history = within(widget('usage-history') as HTMLElement);
    const shownBy = async (name: string) => {
      await userEvent.click(history.getByRole('button', { name }));
      await history.findByRole('columnheader', { name });
      return history
        .getAllByRole('row')
        .slice(1)
        .map((row) => [
          within(row).getByRole('rowheader').textContent,
          within(row).getAllByRole('cell').at(-1)?.textContent,
        ]);
    };
    expect(await shownBy('Tool')).toEqual([
      ['Work', '48 credits'],
      ['Web search', '24 credits'],
      ['Total', '72 credits'],
    ]);
    expect(await shownBy('Agent')).toEqual([
      ['research', '48 credits'],
      ['inbox', '24 credits'],
      ['Total', '72 credits'],
    ]);
  });

  it('E10: UsagePanel says in words which meters are close to their limits', async () => {
    const { container } = show(<UsagePanel />, 'nearLimit');
    await whenIn('usage-panel', /high|warning|over/);
    for (const words of ['Nearing the limit', 'Almost used up', 'At the limit']) {
      expect(container).toHaveTextContent(words);
    }
  });

  it('E4: UsagePanel shows a viewer percentages only', async () => {
    const { container } = show(<UsagePanel />, 'healthy', 'viewer');
    await whenIn('usage-panel', 'ok');
    expect(container).toHaveTextContent(/You have used \d+(\.\d)?% of the/);
    expect(container).not.toHaveTextContent(/\d credits/);
    expect(screen.queryByRole('switch', { name: /^Show/ })).toBeNull();
  });

  it('C12: no widget shows a visitor a figure', async () => {
    const { container } = show(
      <>
        <UsagePanel />
        <CreditBalance />
        <TaskTable />
        <PlanCard />
      </>,
      'healthy',
      'visitor',
    );
    for (const name of ['usage-panel', 'credit-balance', 'task-table', 'plan-card']) {
      await whenIn(name, 'not_permitted');
    }
    expect(container).not.toHaveTextContent(/\d/);
  });

  it('A10: TaskTable filters on the server, and opens a task with its line items', async () => {
    const { mock } = show(<TaskTable />);
    await whenIn('task-table', 'ready');
    await userEvent.click(await screen.findByRole('button', { name: 'Failed' }));
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2));
    expect(mock.requests('GET /v1/tasks').some(({ query }) => query.status === 'failed')).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: /weekly report/ }));
    const drawer = await screen.findByRole('dialog');
    expect(drawer).toHaveTextContent('The report has no data for this range.');
    const lines = await within(drawer).findAllByRole('table');
    expect(Math.max(...lines.map((table) => within(table).getAllByRole('row').length))).toBeGreaterThan(2);
  });

  it('C9: ModelPicker shows what the rate card says now', async () => {
    show(<ModelPicker value={null} onChange={() => {}} />);
    await whenIn('model-picker', 'ready');
    for (const radio of screen.getAllByRole('radio')) {
      expect(radio).toHaveAccessibleDescription(/credits?|No cost|Not in this plan/);
    }
    expect(screen.getAllByText('Cheapest')).toHaveLength(1);
  });

  it('C11: Gate shows what would be run while it would be let through, and why not otherwise', async () => {
    const run = { items: [{ tool: 'work', calls: 10 }] };
    const gated = (
      <Gate use={run}>{(answer) => <button type="button">Run for {answer?.cost.amount ?? '?'}</button>}</Gate>
    );
    show(gated);
    expect(await screen.findByRole('button', { name: 'Run for 10' })).toBeInTheDocument();
    cleanupUsageKit();
    const { container } = show(gated, 'outOfCredits');
    await whenIn('out-of-credits', 'insufficient_credits');
    expect(container).toHaveTextContent('0 credits available, 10 credits needed.');
    expect(screen.queryByRole('button', { name: /^Run/ })).toBeNull();
  });

  it('says what failed and recovers when asked again', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const mend = mock.fault({ on: '*/credits', kind: 'problem' });
    renderWithUsageKit(<CreditBalance />, { mock });
    await whenIn('credit-balance', 'error');
    mend();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await whenIn('credit-balance', /ok|low/);
  });

  it('axe finds nothing in all four together', async () => {
    const { container } = show(
      <main>
        <UsagePanel />
        <CreditBalance onBuyCredits={() => {}} />
        <PlanCard />
        <TaskTable />
      </main>,
    );
    await whenIn('usage-panel', 'ok');
    await whenIn('credit-balance', /ok|low/);
    await whenIn('plan-card', 'active');
    await whenIn('task-table', 'ready');
    const rules = { 'color-contrast': { enabled: false }, 'page-has-heading-one': { enabled: false } };
    const { violations } = await axe.run(container, { rules });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });
});
