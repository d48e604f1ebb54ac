import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { UsagePanel } from '@usagekit/react/usage-panel';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { alerts, allSeries, creditsByDay } from '../../../sdk/gallery/fixtures/series.ts';
import { usage } from '../../../sdk/gallery/fixtures/usage.ts';
import { GivenUsageHistory } from '../../../sdk/src/components/usage-history/index.ts';
import { sumDecimals } from '../../../sdk/src/derive/decimal.ts';
import { evenTicks } from '../../../sdk/src/derive/even-ticks.ts';
import { dayTotals } from '../../../sdk/src/derive/usage/day-points.ts';
import { runningPoints } from '../../../sdk/src/derive/usage/running-points.ts';
import automation from '../../../server/src/catalogs/automation.ts';

const chart = (name: RegExp) => screen.findByRole('application', { name });
const sumSwitch = () => screen.findByRole('switch', { name: 'Running total' });

afterEach(() => {
  cleanupUsageKit();
  history.replaceState(null, '', location.pathname);
});

describe('the running total of a cycle', () => {
  it('F6: ends today at the sum of its days, and goes on at their mean to the end', () => {
    const { startsAt, endsAt } = usage.cycle;
    const points = runningPoints(creditsByDay, { startsAt, endsAt });
    const days = dayTotals(creditsByDay);
    expect(points.slice(0, days.length).map(({ amount }) => amount)).toEqual(
      days.map((_, place) => sumDecimals(days.slice(0, place + 1))),
    );
    const mean = Number(sumDecimals(days.slice(0, -1))) / (days.length - 1);
    expect(points).toHaveLength(30);
    expect(points.at(-1)?.expected).toBeCloseTo(Number(creditsByDay.total) + 8 * mean, 3);
  });

  it.each([
    [0, [0]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [7, [0, 2, 4, 6, 8]],
    [1_800, [0, 500, 1_000, 1_500, 2_000]],
    [5_000, [0, 1_000, 2_000, 3_000, 4_000, 5_000]],
    [5_001, [0, 2_000, 4_000, 6_000]],
  ])('F6: has an axis to %d or a little above it, in even steps', (most, ticks) => {
    expect(evenTicks(most)).toEqual(ticks);
  });

  it('D6: has a line at each alert, told in its name, and gives way to the table', async () => {
    const { container } = render(
      <GivenUsageHistory series={allSeries} cycle={usage.cycle} alerts={alerts} />,
    );
    await chart(/^Credits spent by day/);
    await userEvent.click(await sumSwitch());
    await chart(
      /^Credits spent as it adds up, .* so far, Alert at 1,000 credits, sent, Alert at 1,800 credits$/,
    );
    expect(container.querySelectorAll('.recharts-reference-line')).toHaveLength(2);
    const ticks = () =>
      [...container.querySelectorAll('.recharts-yAxis-tick-labels text')].map(
        ({ textContent }) => textContent,
      );
    await waitFor(() => expect(ticks()).toEqual(['0', '500', '1K', '1.5K', '2K']));
    await userEvent.click(screen.getByRole('switch', { name: 'As table' }));
    expect(await screen.findByRole('table')).toBeVisible();
    expect(screen.queryByRole('switch', { name: 'Running total' })).toBeNull();
  });

  it('D6: is where an alert is set: the bell opens its form, and its line is drawn at once', async () => {
    const defaultPlanId = automation.plans.find(({ kind }) => kind === 'paid')?.id ?? '';
    const mock = createUsageKitMock({
      catalog: { ...automation, defaultPlanId },
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    await mock.ready;
    await mock.account().consume('job_runs', 40);
    renderWithUsageKit(<UsagePanel />, { mock, role: 'owner' });
    // Until the history is loaded, what stands in its place has the same fields.
    await userEvent.click(await sumSwitch());
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Metric' }), 'Job runs');
    await chart(/^Job runs as it adds up, .*: 40 .* so far, 5,000 runs included$/);
    const figure = screen.getByText('Job runs', { selector: 'figcaption *' }).closest('figure');
    const bell = await within(figure as HTMLElement).findByRole('button', { name: 'Alerts for Job runs' });
    await userEvent.click(bell);
    const at = await within(screen.getByRole('dialog')).findByRole('textbox', { name: 'Tell us at' });
    await userEvent.clear(at);
    await userEvent.type(at, '60');
    const save = await screen.findByRole('button', { name: 'Save alerts' });
    await waitFor(() => expect(save).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(save);
    await chart(/^Job runs as it adds up, .*, Alert at 60 .*, 5,000 runs included$/);
    expect(new URLSearchParams(location.search).get('usage.sum')).toBe('yes');
  });

  it('D6: is where an alert of credits is set, as one of any metric', async () => {
    const mock = createUsageKitMock({ scenario: 'healthy', afterEach: onTestFinished });
    renderWithUsageKit(<UsagePanel />, { mock, role: 'owner' });
    await userEvent.click(await sumSwitch());
    await chart(/^Credits spent as it adds up, /);
    const bell = await screen.findByRole('button', { name: 'Alerts for Credits spent' });
    await userEvent.click(bell);
    await userEvent.type(
      await within(screen.getByRole('dialog')).findByRole('textbox', { name: 'Tell us at' }),
      '1500',
    );
    const save = await screen.findByRole('button', { name: 'Save alerts' });
    await waitFor(() => expect(save).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(save);
    await chart(/^Credits spent as it adds up, .*, Alert at 1,500 credits/);
  });

  it('B12: shows a member the sum without alerts, and asks for no subscription', async () => {
    const mock = createUsageKitMock({ scenario: 'healthy', afterEach: onTestFinished });
    renderWithUsageKit(<UsagePanel />, { mock, role: 'member' });
    await userEvent.click(await sumSwitch());
    await chart(/ as it adds up, /);
    expect(mock.requests('GET *subscription')).toEqual([]);
  });
});
