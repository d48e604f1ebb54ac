import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { UsagePanel } from '@usagekit/react/usage-panel';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { months, twoMonths } from '../../../../sdk/gallery/fixtures/months.ts';
import { usage } from '../../../../sdk/gallery/fixtures/usage.ts';
import { MonthlyHistory } from '../../../../sdk/src/components/usage-history/index.ts';

const chart = (name: RegExp) => screen.findByRole('application', { name });
const meter = (container: HTMLElement, metric: string) =>
  container.querySelector<HTMLElement>(`.uk-meter[data-metric="${metric}"]`);

afterEach(cleanupUsageKit);

describe('six months', () => {
  it('E13: are area charts, each named by its metric and the figure of every month', async () => {
    const { container } = render(<MonthlyHistory data={months} />);
    const drawn = await chart(/^Emails: Jun 2,840 emails, Jul 3,120 emails, .*Nov 4,590 emails$/);
    expect(drawn.querySelector('.recharts-area-area')).not.toBeNull();
    const labels = [...container.querySelectorAll('.uk-month-head .uk-meter-name')].map(
      ({ textContent }) => textContent,
    );
    expect(labels).toEqual(['Emails', 'AI tokens', 'Contacts', 'Storage']);
    await userEvent.click(screen.getByRole('button', { name: '2 more' }));
    await chart(/^Workflow executions: /);
  });

  it('E13: stand in a table as well, with every month of every metric', async () => {
    render(<MonthlyHistory data={months} />);
    await userEvent.click(screen.getByRole('switch', { name: 'As table' }));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows[0]).toHaveTextContent('MetricJunJulAugSepOctNov');
    expect(rows[4]).toHaveTextContent('Storage9.211.012.612.115.818.4');
  });

  it('E13: are left out while there is not enough history', () => {
    const { container } = render(
      <>
        <MonthlyHistory data={twoMonths} />
        <UsagePanel data={usage} months={twoMonths} />
      </>,
    );
    expect(container.querySelector('[data-widget="monthly-history"]')).toBeNull();
    expect(container.querySelector('.uk-spark')).toBeNull();
  });

  it('E13: stand next to each meter that has enough of them, and say their figures', () => {
    const { container } = render(<UsagePanel data={usage} months={months} />);
    const drawn = within(meter(container, 'contacts') as HTMLElement).getByRole('img');
    expect(drawn).toHaveAccessibleName('Last 6 months: 5,210, 5,880, 6,340, 6,990, 7,720, 8,214');
    expect(meter(container, 'lead_captures')?.querySelector('.uk-spark')).toBeNull();
  });

  it('E13: come from the server to those who may see all use, and are nothing to others', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const asked = () => mock.requests('GET *usage/history').map(({ status }) => status);
    const { unmount } = renderWithUsageKit(<UsagePanel />, { mock });
    await waitFor(() => expect(asked()).toContain(200));
    unmount();
    const { container } = renderWithUsageKit(<UsagePanel />, { mock, role: 'member' });
    await waitFor(() => expect(asked()).toContain(403));
    await waitFor(() => expect(container.querySelector('.uk-meter')).not.toBeNull());
    expect(container).not.toHaveTextContent('Six months');
    expect(container.querySelector('[data-widget="usage-panel"]')).not.toHaveTextContent('Your role');
  });
});
