import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { UsagePanel } from '@usagekit/react/usage-panel';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { november } from '../../../../sdk/gallery/fixtures/forecast.ts';
import { alerts, allSeries, creditsByDay, creditsByWeek } from '../../../../sdk/gallery/fixtures/series.ts';
import { usage } from '../../../../sdk/gallery/fixtures/usage.ts';
import { GivenUsageHistory } from '../../../../sdk/src/components/usage-history/index.ts';
import { sumDecimals } from '../../../../sdk/src/derive/decimal.ts';
import { evenTicks } from '../../../../sdk/src/derive/even-ticks.ts';
import { dayTotals } from '../../../../sdk/src/derive/usage/day-points.ts';
import { runningPoints } from '../../../../sdk/src/derive/usage/running-points.ts';
import automation from '../../../../server/src/catalogs/automation.ts';

const chart = (name: RegExp) => screen.findByRole('application', { name });
const sumSwitch = () => screen.findByRole('switch', { name: 'Running total' });

afterEach(() => {
  cleanupUsageKit();
  history.replaceState(null, '', location.pathname);
});

describe('the running total of a cycle', () => {
  it('F6: ends today at the sum of its days, and goes on at the mean so far to the end', () => {
    const { startsAt, endsAt } = usage.cycle;
    const points = runningPoints(creditsByDay, { startsAt, endsAt });
    const days = dayTotals(creditsByDay);
    expect(points.slice(0, days.length).map(({ amount }) => amount)).toEqual(
      days.map((_, place) => sumDecimals(days.slice(0, place + 1))),
    );
    const [passedMs, toComeMs] = [
      Date.parse(creditsByDay.asOf) - Date.parse(startsAt),
      Date.parse(endsAt) - Date.parse(creditsByDay.asOf),
    ];
    expect(points).toHaveLength(30);
    expect(points.at(-1)?.expected).toBeCloseTo(Number(creditsByDay.total) * (1 + toComeMs / passedMs), 3);
  });

  it.each([
    ['days', creditsByDay],
    ['weeks', creditsByWeek],
  ])(
    'F6: goes on by %s to the figures of the forecast, within a range that widens to its own',
    (_, series) => {
      const { startsAt, endsAt } = usage.cycle;
      const points = runningPoints(
        series,
        { startsAt, endsAt },
        { expected: '2410', low: '2180', high: '2650' },
      );
      const now = Number(series.total);
      const ahead = points.slice(series.buckets.length - 1);
      expect(
        points.slice(0, series.buckets.length - 1).filter(({ expected, range }) => expected || range),
      ).toEqual([]);
      expect(ahead[0]).toMatchObject({ expected: now, range: { low: now, high: now } });
      expect(ahead.at(-1)).toMatchObject({ expected: 2410, range: { low: 2180, high: 2650 } });
      const widths = ahead.map(({ range }) => (range?.high ?? 0) - (range?.low ?? 0));
      expect(widths).toEqual(widths.toSorted((one, other) => one - other));
      for (const [place, { expected = 0, range }] of ahead.entries()) {
        expect(range?.low).toBeLessThanOrEqual(expected);
        expect(range?.high).toBeGreaterThanOrEqual(expected);
        expect(range?.low).toBeGreaterThanOrEqual(ahead[place - 1]?.range?.low ?? now);
      }
    },
  );

  it('F6: expects no less than was used, where the forecast is older than the figures', () => {
    const { startsAt, endsAt } = usage.cycle;
    const points = runningPoints(
      creditsByDay,
      { startsAt, endsAt },
      { expected: '900', low: '800', high: '1400' },
    );
    const now = Number(creditsByDay.total);
    expect(points.at(-1)).toMatchObject({ expected: now, range: { low: now, high: 1400 } });
  });

  it('F6: has no range where nothing is to come', () => {
    const forecast = { expected: '2410', low: '2180', high: '2650' };
    const points = runningPoints(creditsByDay, { endsAt: creditsByDay.asOf }, forecast);
    expect(points.filter(({ expected, range }) => expected || range)).toEqual([]);
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

  it('F6: shows the range of the forecast around what is expected, and says both of a day to come', async () => {
    const { container } = render(
      <GivenUsageHistory
        series={allSeries}
        cycle={usage.cycle}
        forecast={november}
        defaultChoice={{ asSum: true }}
      />,
    );
    const drawing = await chart(/ as it adds up, /);
    const legend = () =>
      [...container.querySelectorAll('.uk-panel-lines > .uk-legend-item')].map(
        ({ textContent }) => textContent,
      );
    expect(legend()).toEqual(['Forecast', 'In 80% of cases']);
    expect(container.querySelectorAll('.uk-chart-band path')).toHaveLength(3);
    act(() => drawing.focus());
    fireEvent.keyDown(drawing, { key: 'End' });
    const status = within(drawing.closest('.uk-chart') as HTMLElement).getByRole('status');
    expect(status).toHaveTextContent(
      'November 30, Forecast: 2,410 credits, In 80% of cases: 2,180 to 2,650 credits',
    );
    fireEvent.keyDown(drawing, { key: 'ArrowLeft' });
    expect(status).toHaveTextContent(
      /^November 29, Forecast: 2,\d{3} credits, In 80% of cases: 2,\d{3} to 2,\d{3} credits$/,
    );
    fireEvent.keyDown(drawing, { key: 'Home' });
    expect(status).not.toHaveTextContent('Forecast');
  });

  it.each([
    ['has too little of', november.figures.filter(({ metric }) => metric !== 'credits')],
    ['is of a window of', november.figures.filter(({ window }) => window !== null)],
    [
      'ends with another cycle of',
      november.figures.map((figure) => ({ ...figure, endsAt: '2026-11-01T00:00:00.000Z' })),
    ],
  ])('F6: shows the mean so far and no range where the forecast %s the metric', async (_, figures) => {
    const { container } = render(
      <GivenUsageHistory
        series={allSeries}
        cycle={usage.cycle}
        forecast={{ ...november, figures }}
        defaultChoice={{ asSum: true }}
      />,
    );
    await chart(/ as it adds up, /);
    expect(screen.getByText('Expected, at the mean so far, today included')).toBeVisible();
    expect(container.querySelector('.uk-chart-band')).toBeNull();
  });

  it('F6: reads the forecast by itself', async () => {
    const mock = createUsageKitMock({ scenario: 'fresh', afterEach: onTestFinished });
    await mock.ready;
    for (let day = 0; day < 15; day += 1) {
      await mock.account().consume('emails', 10 + (day % 3));
      await mock.clock.advance({ days: 1 });
    }
    renderWithUsageKit(<UsagePanel />, { mock, role: 'owner' });
    await userEvent.click(await sumSwitch());
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Metric' }), 'Emails sent');
    await chart(/^Emails sent as it adds up, /);
    expect(await screen.findByText('In 80% of cases')).toBeVisible();
    expect(mock.requests('GET *forecast')).toHaveLength(1);
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
