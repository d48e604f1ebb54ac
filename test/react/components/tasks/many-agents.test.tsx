import { render, screen, within } from '@testing-library/react';
import type { UsageSeries } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { byAgent } from '../../../../sdk/gallery/fixtures/series.ts';
import { usage } from '../../../../sdk/gallery/fixtures/usage.ts';
import { GivenUsageHistory } from '../../../../sdk/src/components/usage-history/index.ts';
import { sumDecimals } from '../../../../sdk/src/derive/decimal.ts';
import { rowsCsv, seriesRows } from '../../../../sdk/src/derive/usage/series-csv.ts';
import { topShares } from '../../../../sdk/src/derive/usage/top-shares.ts';

const agents = 10_000;
const groups = Array.from({ length: agents }, (_, agent) => {
  const values = byAgent.buckets.map((_at, day) => (day === agent % 22 ? String(agents - agent) : '0'));
  return { value: `agent-${agent}`, label: `agent-${agent}`, total: sumDecimals(values), values };
});
const many: UsageSeries = { ...byAgent, groups, total: sumDecimals(groups.map(({ total }) => total)) };
const total: UsageSeries = {
  ...many,
  groupBy: null,
  groups: [
    {
      value: null,
      label: 'all',
      total: many.total,
      values: byAgent.buckets.map((_at, day) => sumDecimals(groups.map(({ values }) => values[day] ?? '0'))),
    },
  ],
};

describe('ten thousand agents', { timeout: 120_000 }, () => {
  it('A9: are the six largest and one line for the rest, in the chart, its legend and the CSV, which sum to the headline', async () => {
    const { container } = render(
      <GivenUsageHistory series={[total, many]} cycle={usage.cycle} defaultChoice={{ by: 'agent' }} />,
    );
    const table = await screen.findByRole('table', {}, { timeout: 60_000 });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getByRole('rowheader').textContent)).toEqual([
      'agent-0',
      'agent-1',
      'agent-2',
      'agent-3',
      'agent-4',
      'agent-5',
      '9,994 others',
      'Total',
    ]);
    await screen.findByRole('application', { name: /^Credits spent by day and agent/ }, { timeout: 60_000 });
    expect(container.querySelectorAll('.recharts-bar')).toHaveLength(7);
    const shares = topShares(many.groups, (count) => `${count} others`);
    expect(sumDecimals(shares.map((share) => share.total))).toBe(many.total);
    const csv = seriesRows(many, shares);
    expect(csv).toHaveLength(7 * many.buckets.length);
    expect(sumDecimals(csv.map(({ amount }) => amount))).toBe(many.total);
    expect(rowsCsv(csv).length).toBeLessThan(50_000);
  });
});
