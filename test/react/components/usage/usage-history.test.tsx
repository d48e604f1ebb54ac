import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { allSeries, byAgent, creditsByDay, emailsByDay } from '../../../../sdk/gallery/fixtures/series.ts';
import { usage } from '../../../../sdk/gallery/fixtures/usage.ts';
import { GivenUsageHistory } from '../../../../sdk/src/components/usage-history/index.ts';
import { LoadingUsageHistory } from '../../../../sdk/src/components/usage-history/loading-usage-history.tsx';
import { sumDecimals } from '../../../../sdk/src/derive/decimal.ts';

const shown = () => render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} />);
const chart = (name: RegExp) => screen.findByRole('application', { name });

// The chart library is loaded on the way, on machines that do other work as well.
describe('UsageHistory', () => {
  it('A9: draws credits over time, named by what it shows and its sum', async () => {
    shown();
    const drawn = await chart(
      /^Credits spent by day, Nov 1.–.Nov 22, 2026: [\d,.]+ credits in all, most on November 13/,
    );
    expect(drawn.querySelectorAll('.recharts-bar-rectangle path')).toHaveLength(creditsByDay.buckets.length);
  });

  it('B10: shows use by day, by agent and by line item', async () => {
    shown();
    const tabs = within(screen.getByRole('group', { name: 'Shown by' })).getAllByRole('button');
    expect(tabs.map(({ textContent }) => textContent)).toEqual(['Time', 'Agent', 'Line item']);
    await userEvent.click(screen.getByRole('button', { name: 'Line item' }));
    const rows = (await screen.findAllByRole('rowheader')).map(({ textContent }) => textContent);
    expect(rows).toEqual(['Models', 'Tools', 'Storage', 'Total']);
  });

  it('A9, C10: compares agents, the six largest and the rest, and their sum is the headline', async () => {
    shown();
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    const rows = (await screen.findAllByRole('row')).slice(1);
    expect(rows).toHaveLength(8);
    expect(rows.map((row) => within(row).getByRole('rowheader').textContent)).toEqual([
      'research-agent',
      'report-agent',
      'inbox-agent',
      'enrichment-agent',
      'No agent',
      'lead-agent',
      '2 others',
      'Total',
    ]);
    const exact = rows.map((row) => {
      const amount = within(row).getAllByRole('cell').at(-1)?.firstElementChild;
      return (amount?.getAttribute('title') ?? amount?.textContent ?? '').replace(/[, a-z]/g, '');
    });
    expect(sumDecimals(exact.slice(0, -1))).toBe(exact.at(-1));
    expect(exact.at(-1)).toBe(byAgent.total);
  });

  it('names a metric in the head of a breakdown as in the choice above it', async () => {
    const series = allSeries.map((each) => (each.groupBy ? each : { ...each, label: `All ${each.label}` }));
    render(<GivenUsageHistory series={series} cycle={usage.cycle} />);
    const { label } = series.find(({ metric, groupBy }) => metric === byAgent.metric && !groupBy) ?? byAgent;
    expect(label).not.toBe(byAgent.label);
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    expect(await screen.findByRole('columnheader', { name: label })).toBeInTheDocument();
  });

  it('A9, C10: draws each day parted by agent, and takes a part out of the drawing and back', async () => {
    const { container } = shown();
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    await chart(/^Credits spent by day and agent, Nov 1.–.Nov 22, 2026: [\d,.]+ credits in all$/);
    const parts = () => container.querySelectorAll('.recharts-bar').length;
    expect(parts()).toBe(7);
    const toggle = screen.getByRole('button', { name: 'research-agent' });
    expect(toggle).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(toggle);
    expect(toggle).toHaveAttribute('aria-pressed', 'false');
    expect(parts()).toBe(6);
    await userEvent.click(toggle);
    expect(parts()).toBe(7);
  });

  it('A9: gives each part of a bar a texture of its own, so that none needs its colour, and its legend the same', async () => {
    const { container } = shown();
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    await chart(/^Credits spent by day and agent/);
    const texture = (pattern: Element) => pattern.querySelector('path')?.getAttribute('d') ?? 'plain';
    const drawn = [...container.querySelectorAll('.uk-textures pattern')].map(texture);
    expect(drawn).toHaveLength(7);
    expect(new Set(drawn).size).toBe(7);
    const legend = [...container.querySelectorAll('table .uk-swatch pattern')].map(texture);
    expect(legend).toHaveLength(7);
    expect(new Set(legend)).toEqual(new Set(drawn));
  });

  it('names each line of a chart in its legend, the dashed one as well', async () => {
    const { container } = shown();
    await chart(/^Credits spent by day/);
    const lines = [...container.querySelectorAll('.uk-panel-lines .uk-legend-item')];
    expect(lines.map(({ textContent }) => textContent)).toContain(
      'Expected, at the mean so far, today included',
    );
  });

  it('D2: compares two metrics, each on a panel of its own', async () => {
    shown();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Second metric' }), 'emails');
    expect(await chart(/^Credits spent by day/)).toBeInTheDocument();
    expect(await chart(/^Emails by day/)).toBeInTheDocument();
  });

  it('gives the same figures as a table, with their sums', async () => {
    render(
      <GivenUsageHistory series={allSeries} cycle={usage.cycle} defaultChoice={{ compare: 'emails' }} />,
    );
    await userEvent.click(screen.getByRole('switch', { name: 'As table' }));
    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(rows).toHaveLength(creditsByDay.buckets.length + 2);
    expect(rows.at(-1)).toHaveTextContent(`Total1,383.48${Number(emailsByDay.total).toLocaleString('en')}`);
  });

  it('takes no choice that it would lose: its fields are disabled until it is loaded', async () => {
    const metrics = [
      { id: 'credits', label: 'Credits spent' },
      { id: 'job_runs', label: 'Job runs' },
    ];
    const { rerender } = render(<LoadingUsageHistory metrics={metrics} dimensions={['agent', 'tool']} />);
    const fields = () => [...screen.getAllByRole('combobox'), ...screen.getAllByRole('button')];
    expect(fields().length).toBeGreaterThan(4);
    for (const field of fields()) expect(field, field.textContent ?? '').toBeDisabled();
    rerender(<GivenUsageHistory series={allSeries} cycle={usage.cycle} />);
    for (const field of fields()) expect(field, field.textContent ?? '').toBeEnabled();
  });
});
