import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UsageHistory } from '@usagekit/react/charts';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

afterEach(cleanupUsageKit);

describe('the range of UsageHistory', { timeout: 60_000 }, () => {
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
    await expect
      .poll(() => screen.queryByRole('option', { name: 'Last 7 days' }), { timeout: 20_000 })
      .not.toBeNull();
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
});
