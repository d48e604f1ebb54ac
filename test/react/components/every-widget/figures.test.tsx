import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { UsageHistory } from '@usagekit/react/usage-history';
import type { Usage, UsageSeries } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

afterEach(() => history.replaceState(null, '', '/'));

async function show() {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  const client = mock.client();
  const session = mock.session();
  const account = client.withSession(session);
  const usage: Usage = await account.usage(session.accountId);
  const series = (groupBy?: 'agent'): Promise<UsageSeries> =>
    account.series(session.accountId, { metric: 'credits', ...(groupBy && { groupBy }) });
  const view = render(
    <UsageKitProvider client={client} session={session} locale="en-US">
      <UsageHistory
        metrics={[{ id: 'credits', label: 'Credits spent' }]}
        cycle={usage.cycle}
        asOf={usage.asOf}
      />
    </UsageKitProvider>,
  );
  await waitFor(() => expect(document.querySelector('[data-state="ready"]')).not.toBeNull());
  return { mock, series, ...view };
}

const drawer = () => screen.findByRole('dialog');

/** The sum under the uses, once all of them are there. */
async function sumShown(): Promise<number> {
  const dialog = await drawer();
  await waitFor(() => expect(within(dialog).getByRole('table')).toBeInTheDocument());
  while (within(dialog).queryByRole('button', { name: 'Load more' })) {
    await userEvent.click(within(dialog).getByRole('button', { name: 'Load more' }));
    await waitFor(() => expect(within(dialog).queryByText(/so far/)).toBeNull());
  }
  const foot = within(dialog).getAllByRole('row').at(-1) as HTMLElement;
  const cell = within(foot).getByRole('cell').firstElementChild as HTMLElement;
  return Number((cell.title || cell.textContent || '').replaceAll(/[^\d.-]/g, ''));
}

/** The figure that the address names. */
function opened(): Record<string, string | undefined> {
  const text = new URLSearchParams(location.search).get('usage.open') ?? '';
  return Object.fromEntries(new URLSearchParams(text));
}

async function close() {
  await userEvent.click(within(await drawer()).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

// The mock lives through twelve days of use before it answers.
describe('figures of the history', () => {
  it('F11: a bar opens the uses of its day, which sum to it', async () => {
    const { series } = await show();
    const { buckets, groups } = await series();
    await waitFor(() =>
      expect(document.querySelectorAll('.recharts-bar-rectangle path').length).toBeGreaterThan(2),
    );
    const values = (groups[0]?.values ?? []).map(Number);
    const place = values.findIndex((value) => value > 0);
    const bars = [...document.querySelectorAll('.recharts-bar-rectangle')];
    fireEvent.click((bars[place]?.querySelector('path') ?? bars[place]) as Element);
    expect(await sumShown()).toBe(values[place]);
    expect(opened().to).toBe(buckets[place + 1]);
    await close();
    expect(location.search).toBe('');
  });

  it('F11: Enter opens the uses of the bar at the cursor, as a click does', async () => {
    const { series } = await show();
    const { buckets, groups } = await series();
    const chart = await screen.findByRole('application');
    act(() => chart.focus());
    const values = (groups[0]?.values ?? []).map(Number);
    const place = values.findIndex((value, index) => index > 0 && value > 0);
    const status = within(chart.closest('.uk-chart') as HTMLElement).getByRole('status');
    for (let step = 0; step < place; step += 1) {
      const before = status.textContent;
      fireEvent.keyDown(chart, { key: 'ArrowRight' });
      await waitFor(() => expect(status.textContent).not.toBe(before));
    }
    fireEvent.keyDown(chart, { key: 'Enter' });
    expect(await sumShown()).toBe(values[place]);
    expect(opened().from).toBe(buckets[place]);
    await close();
    expect(chart).toHaveFocus();
  });

  it('F11: a day of the table opens its uses, and the sum opens those of all days', async () => {
    const { series } = await show();
    const { groups, total } = await series();
    await userEvent.click(screen.getByRole('switch', { name: 'As table' }));
    const region = await screen.findByRole('region', { name: /Credits spent by day/ });
    const rows = within(region).getAllByRole('row').slice(1);
    const values = (groups[0]?.values ?? []).map(Number).toReversed();
    const place = values.findIndex((value) => value > 0);
    await userEvent.click(
      within(rows[place] as HTMLElement).getByRole('button', { name: /^Show the uses behind/ }),
    );
    expect(await sumShown()).toBe(values[place]);
    await close();
    await userEvent.click(within(rows.at(-1) as HTMLElement).getByRole('button'));
    expect(await sumShown()).toBe(Number(total));
  });

  it('F11: a row of the breakdown opens its uses, and so does a part of a bar', async () => {
    const { series } = await show();
    const { groups, buckets } = await series('agent');
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    for (const { label, value, total } of groups.slice(0, 3)) {
      const name =
        value === null ? /^Show the uses behind/ : new RegExp(`^Show the uses behind ${label ?? ''}:`);
      const [row] = await screen.findAllByRole('button', { name });
      if (value === null) continue;
      await userEvent.click(row as HTMLElement);
      expect(await sumShown(), value).toBe(Number(total));
      await close();
    }
    const part = document.querySelector('.recharts-bar .recharts-bar-rectangle path');
    fireEvent.click(part as Element);
    const sum = await sumShown();
    const { from, value } = opened();
    expect(await drawer()).toHaveTextContent(value ? `${value} ·` : 'No agent ·');
    const group = groups.find((each) => (each.value ?? '') === value);
    const place = buckets.findLastIndex((bucket) => bucket <= (from ?? ''));
    expect(sum).toBe(Number(group?.values[place]));
    expect(sum).toBeGreaterThan(0);
  });

  it('F11: Enter opens the part of a bar that keys chose, and the focus comes back to it', async () => {
    const { series } = await show();
    const { groups, buckets } = await series('agent');
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    const chart = await screen.findByRole('application', { name: /by day and agent/ });
    act(() => chart.focus());
    const place = buckets.findIndex((_, index) => groups.some(({ values }) => Number(values[index]) > 0));
    for (let step = 0; step < place; step += 1) fireEvent.keyDown(chart, { key: 'ArrowRight' });
    fireEvent.keyDown(chart, { key: 'Enter' });
    expect(screen.queryByRole('dialog')).toBeNull();
    fireEvent.keyDown(chart, { key: 'ArrowUp' });
    const status = within(chart.closest('.uk-chart') as HTMLElement).getByRole('status');
    const said = status.textContent ?? '';
    fireEvent.keyDown(chart, { key: 'Enter' });
    const sum = await sumShown();
    const { from, value } = opened();
    // The first day of the cycle may begin after midnight.
    expect(buckets.findLastIndex((bucket) => bucket <= (from ?? ''))).toBe(place);
    expect(said).toContain(value || 'No agent');
    expect(sum).toBe(Number(groups.find((each) => (each.value ?? '') === value)?.values[place]));
    await close();
    expect(chart).toHaveFocus();
    expect(status).toHaveTextContent(said);
  });

  it('F11: a use leads to the words that explain it and to its task, and back', async () => {
    await show();
    await userEvent.click(screen.getByRole('switch', { name: 'As table' }));
    const region = await screen.findByRole('region', { name: /Credits spent by day/ });
    await userEvent.click(
      within(within(region).getAllByRole('row').at(-1) as HTMLElement).getByRole('button'),
    );
    const dialog = await drawer();
    const [explain] = await within(dialog).findAllByRole('button', { name: 'Explain' });
    await userEvent.click(explain as HTMLElement);
    expect(await within(dialog).findAllByText(/ makes .* credits?\./)).not.toEqual([]);
    expect(within(dialog).getAllByText(/ came from /)).not.toEqual([]);
    const [task] = within(dialog).getAllByRole('button', { name: /^Open the task / });
    await userEvent.click(task as HTMLElement);
    await waitFor(() => expect(screen.getAllByRole('dialog')).toHaveLength(2));
    const [, second] = screen.getAllByRole('dialog');
    await userEvent.click(within(second as HTMLElement).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.getAllByRole('dialog')).toHaveLength(1));
  });

  it('A9: a link opens the same metric, breakdown, span and figure, and Back closes the figure', async () => {
    const first = await show();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Range' }), 'Last 7 days');
    await userEvent.click(screen.getByRole('button', { name: 'Agent' }));
    const [figure] = await screen.findAllByRole('button', { name: /^Show the uses behind/ });
    await userEvent.click(figure as HTMLElement);
    const sum = await sumShown();
    const link = location.href;
    expect(location.search).toMatch(/usage\.by=agent.*usage\.range=days7.*usage\.open=/);
    act(() => history.back());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    first.unmount();
    await waitFor(() => expect(location.search).toBe(''));

    history.replaceState(null, '', link);
    await show();
    expect(await sumShown()).toBe(sum);
    expect(screen.getByRole('combobox', { name: 'Range', hidden: true })).toHaveValue('days7');
    expect(screen.getByRole('button', { name: 'Agent', hidden: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });
});
