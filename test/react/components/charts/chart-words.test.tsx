import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { allSeries, creditsByDay } from '../../../../sdk/gallery/fixtures/series.ts';
import { usage } from '../../../../sdk/gallery/fixtures/usage.ts';
import { GivenUsageHistory } from '../../../../sdk/src/components/usage-history/index.ts';
import { DayTable } from '../../../../sdk/src/components/usage-history/panels/day-table.tsx';
import { createFormat } from '../../../../sdk/src/format/create-format.ts';
import { chartMessages } from '../../../../sdk/src/messages/charts/chart.ts';

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

  it('F11: is the part of a bar that keys go up and down to', async () => {
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} defaultChoice={{ by: 'agent' }} />);
    const chart = await screen.findByRole('application');
    act(() => chart.focus());
    const whole = statusOf(chart).textContent;
    expect(whole).toMatch(/^November 1: [\d.]+ credits, .*research-agent [\d.]+ credits$/);
    fireEvent.keyDown(chart, { key: 'ArrowUp' });
    expect(statusOf(chart)).toHaveTextContent(/^November 1, research-agent [\d.]+ credits$/);
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    expect(statusOf(chart)).toHaveTextContent(/^November 2, research-agent [\d.]+ credits$/);
    fireEvent.keyDown(chart, { key: 'ArrowUp' });
    expect(statusOf(chart)).toHaveTextContent(/^November 2, report-agent [\d.]+ credits$/);
    expect(document.querySelector('.uk-tooltip-line[data-chosen]')).toHaveTextContent(/^report-agent/);
    fireEvent.keyDown(chart, { key: 'ArrowDown' });
    fireEvent.keyDown(chart, { key: 'ArrowDown' });
    expect(statusOf(chart)).toHaveTextContent(/^November 2: /);
    fireEvent.keyDown(chart, { key: 'Escape' });
    expect(statusOf(chart)).toBeEmptyDOMElement();
  });

  it('F10: goes with Escape, which closes what is around the chart only where nothing was said', async () => {
    const around: string[] = [];
    render(
      // biome-ignore lint/a11y/noStaticElementInteractions: stands for a host's dialog
      <div onKeyDown={({ key }) => around.push(key)}>
        <GivenUsageHistory series={allSeries} cycle={usage.cycle} />
      </div>,
    );
    const chart = await screen.findByRole('application');
    act(() => chart.focus());
    expect(document.querySelector('.uk-tooltip')).not.toBeNull();
    // An event that was prevented closes no native dialog.
    expect(fireEvent.keyDown(chart, { key: 'Escape' })).toBe(false);
    expect(document.querySelector('.uk-tooltip')).toBeNull();
    expect(around).toEqual([]);
    expect(fireEvent.keyDown(chart, { key: 'Escape' })).toBe(true);
    expect(around).toEqual(['Escape']);
  });

  it('F10: is nothing while a pointer moves over it', async () => {
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} />);
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    const chart = await screen.findByRole('application');
    fireEvent.pointerMove(chart, { clientX: 300, clientY: 100 });
    expect(document.querySelector('.uk-tooltip')).toHaveTextContent(/^November \d+: /);
    expect(statusOf(chart)).toBeEmptyDOMElement();
    fireEvent.pointerLeave(chart);
    expect(document.querySelector('.uk-tooltip')).toBeNull();
  });

  it('D2: moves the cursor of the second metric along, which says its own figure and reads none of it out', async () => {
    render(
      <GivenUsageHistory series={allSeries} cycle={usage.cycle} defaultChoice={{ compare: 'emails' }} />,
    );
    const [credits, emails] = await screen.findAllByRole('application');
    if (!credits || !emails) throw new Error('Two metrics have two charts.');
    act(() => credits.focus());
    fireEvent.keyDown(credits, { key: 'ArrowRight' });
    const tips = [...document.querySelectorAll('.uk-tooltip')].map(({ textContent }) => textContent);
    expect(tips).toHaveLength(2);
    expect(tips[0]).toMatch(/^November 2[\d.]+ credits$/);
    expect(tips[1]).toMatch(/^November 2[\d.]+ emails$/);
    expect(statusOf(credits)).not.toBeEmptyDOMElement();
    expect(statusOf(emails)).toBeEmptyDOMElement();
    act(() => credits.blur());
    expect(document.querySelector('.uk-tooltip')).toBeNull();
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
