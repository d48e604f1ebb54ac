import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UsageHistory } from '@usagekit/react/charts';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

afterEach(cleanupUsageKit);

const metrics = [{ id: 'credits', label: 'Credits spent' }];
const cycle = { startsAt: '2026-11-07T00:00:00.000Z', endsAt: '2026-12-07T00:00:00.000Z', timeZone: 'UTC' };

describe('the range of UsageHistory', () => {
  it('A9: asks for the chosen days and for as many before them, and for a span of one’s own once both dates stand', async () => {
    const mock = createUsageKitMock({ scenario: 'healthy', afterEach: onTestFinished });
    const asked = () => mock.requests('GET *usage/series').map(({ query }) => query);
    renderWithUsageKit(
      <UsageHistory
        metrics={[{ id: 'credits', label: 'Credits spent' }]}
        cycle={{ startsAt: '2026-11-07T00:00:00.000Z', endsAt: '2026-12-07T00:00:00.000Z', timeZone: 'UTC' }}
      />,
      { mock, role: 'owner' },
    );
    await expect.poll(() => screen.queryByRole('option', { name: 'Last 7 days' })).not.toBeNull();
    const range = screen.getByRole('combobox', { name: 'Range' });
    await userEvent.selectOptions(range, 'Last 7 days');
    await expect.poll(() => asked().map((query) => query.from)).toContain('2026-11-14T00:00:00.000Z');
    await expect
      .poll(() => asked().find((query) => query.to === '2026-11-14T00:00:00.000Z')?.from)
      .toBe('2026-11-07T00:00:00.000Z');
    await userEvent.selectOptions(range, 'From … to …');
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-10' } });
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-12' } });
    await expect
      .poll(() => asked().find((query) => query.to === '2026-11-13T00:00:00.000Z')?.from)
      .toBe('2026-11-10T00:00:00.000Z');
  });

  it('A9: takes hours for a day and weeks or months for a long span, and keeps the chosen step in the address', async () => {
    const mock = createUsageKitMock({ scenario: 'healthy', afterEach: onTestFinished });
    const intervals = () => mock.requests('GET *usage/series').map(({ query }) => query.interval);
    renderWithUsageKit(<UsageHistory metrics={metrics} cycle={cycle} />, { mock, role: 'owner' });
    await expect.poll(() => screen.queryByRole('option', { name: 'Last 90 days' })).not.toBeNull();
    const steps = () =>
      within(screen.getByRole('combobox', { name: 'Steps' }))
        .getAllByRole('option')
        .map(({ textContent }) => textContent);
    expect(steps()).toEqual(['Days', 'Weeks']);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Range' }), 'Last 90 days');
    expect(steps()).toEqual(['Days', 'Weeks', 'Months']);
    expect(intervals().filter(Boolean)).toEqual([]);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Steps' }), 'Weeks');
    await expect.poll(() => new URLSearchParams(location.search).get('usage.step')).toBe('week');
    expect(await screen.findByRole('application', { name: /^Credits spent by week/ })).toBeVisible();
    expect(intervals().filter(Boolean)).toEqual(['week']);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Range' }), 'From … to …');
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-12' } });
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-12' } });
    // A day has no weeks.
    expect(await screen.findByRole('application', { name: /^Credits spent by hour/ })).toBeVisible();
    expect(steps()).toEqual(['Hours', 'Days']);
  });

  it('F21: shows days and says so where there are too many uses to tell their hours by agent', async () => {
    const mock = createUsageKitMock({ scenario: 'healthy', afterEach: onTestFinished });
    mock.fault({
      on: ({ path, query }) =>
        path.endsWith('/usage/series') && query.interval === 'hour' && 'groupBy' in query,
      kind: 'problem',
      status: 400,
      code: 'invalid_request',
    });
    renderWithUsageKit(<UsageHistory metrics={metrics} cycle={cycle} />, { mock, role: 'owner' });
    await expect.poll(() => screen.queryByRole('option', { name: 'From … to …' })).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Range' }), 'From … to …');
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-18' } });
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-18' } });
    expect(
      await screen.findByRole('application', { name: /^Credits spent by day and agent, Nov 18, 2026: / }),
    ).toBeVisible();
    expect(
      await screen.findByText('Days are shown: there are too many uses to tell their hours.'),
    ).toBeVisible();
    expect(screen.getByRole('combobox', { name: 'Steps' })).toHaveValue('day');
    const refused = () =>
      mock.requests('GET *usage/series').filter(({ query }) => query.interval === 'hour' && query.groupBy)
        .length;
    const days = () =>
      mock.requests('GET *usage/series').filter(({ query }) => !query.interval && query.groupBy === 'agent')
        .length;
    const [refusedBefore, daysBefore] = [refused(), days()];
    await mock.account().consume('emails', 1);
    await expect.poll(days).toBeGreaterThan(daysBefore);
    // The server would read as many uses again, to refuse them again.
    expect(refused()).toBe(refusedBefore);
    await userEvent.click(screen.getByRole('button', { name: 'Time' }));
    // Hours of all use are summed: they are told however many uses there are.
    expect(await screen.findByRole('application', { name: /^Credits spent by hour/ })).toBeVisible();
    expect(screen.queryByText(/too many uses/)).toBeNull();
  });

  it('E11: lets a manager choose between everyone’s use and their own, and asks who they are only then', async () => {
    history.replaceState(null, '', location.pathname);
    const mock = createUsageKitMock({ scenario: 'healthy', afterEach: onTestFinished });
    renderWithUsageKit(<UsageHistory metrics={metrics} cycle={cycle} everyone />, { mock, role: 'owner' });
    const whose = await screen.findByRole('group', { name: 'Whose use' });
    expect(mock.requests('GET *whoami')).toEqual([]);
    await userEvent.click(within(whose).getByRole('button', { name: 'My usage' }));
    await expect
      .poll(() => mock.requests('GET *usage/series').flatMap(({ query }) => query.memberId ?? []).length)
      .toBeGreaterThan(1);
    expect(new URLSearchParams(location.search).get('usage.of')).toBe('mine');
    const named = mock.requests('GET *usage/series').flatMap(({ query }) => query.memberId ?? []);
    expect(new Set(named).size).toBe(1);
    expect(mock.requests('GET *whoami')).toHaveLength(1);
  });
});
