import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { allSeries, creditsByDay } from '../../../sdk/gallery/fixtures/series.ts';
import { usage } from '../../../sdk/gallery/fixtures/usage.ts';
import { GivenUsageHistory } from '../../../sdk/src/components/usage-history/index.ts';
import { DayTable } from '../../../sdk/src/components/usage-history/panels/day-table.tsx';
import { createFormat } from '../../../sdk/src/format/create-format.ts';
import { chartMessages } from '../../../sdk/src/messages/chart.ts';

const statusOf = (chart: HTMLElement) =>
  within(chart.closest('.uk-chart') as HTMLElement).getByRole('status');

describe('what a chart says', () => {
  it('F10: is the figure at the cursor, once keys move it', async () => {
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} />);
    const chart = await screen.findByRole('application');
    expect(statusOf(chart)).toBeEmptyDOMElement();
    act(() => chart.focus());
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    await waitFor(() => expect(statusOf(chart)).toHaveTextContent(/^November \d+, [\d.]+ credits$/));
    const first = statusOf(chart).textContent;
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    await waitFor(() => expect(statusOf(chart).textContent).not.toBe(first));
  });

  it('F10: is nothing while a pointer moves over it', async () => {
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} />);
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    const chart = await screen.findByRole('application');
    fireEvent.mouseMove(chart, { clientX: 300, clientY: 100 });
    expect(statusOf(chart)).toBeEmptyDOMElement();
  });

  it('F10: stands in the table too, with the period before', () => {
    const before = {
      ...creditsByDay,
      total: '22',
      groups: creditsByDay.groups.map((group) => ({
        ...group,
        total: '22',
        values: creditsByDay.buckets.map(() => '1'),
      })),
    };
    render(
      <DayTable series={[creditsByDay]} previous={before} format={createFormat()} messages={chartMessages} />,
    );
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Day',
      'Credits spent',
      'Period before',
    ]);
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows).toHaveLength(creditsByDay.buckets.length + 1);
    expect(rows.map((row) => within(row).getAllByRole('cell').at(-1)?.textContent)).toEqual([
      ...creditsByDay.buckets.map(() => '1'),
      String(creditsByDay.buckets.length),
    ]);
  });
});
