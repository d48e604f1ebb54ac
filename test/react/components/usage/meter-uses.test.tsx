import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { UsagePanel, type UsagePanelProps, type UsagePanelValue } from '@usagekit/react/usage-panel';
import { UsagePanel as UsagePanelWithoutCharts } from '@usagekit/react/usage-panel/no-charts';
import type { Usage } from '@usagekit/server/contract';
import { type ReactNode, useState } from 'react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

afterEach(() => history.replaceState(null, '', location.pathname));

interface ShowOptions {
  scenario?: 'windowReached';
  panel?: (props: UsagePanelProps) => ReactNode;
}

async function show({ scenario, panel: Panel = UsagePanel }: ShowOptions = {}) {
  const mock = createUsageKitMock({ afterEach: onTestFinished, ...(scenario && { scenario }) });
  const client = mock.client();
  const session = mock.session();
  const usage: Usage = await client.withSession(session).usage(session.accountId);
  render(
    <UsageKitProvider client={client} session={session} locale="en-US">
      <Panel defaultShowMoney />
    </UsageKitProvider>,
  );
  await screen.findAllByRole('button', { name: /^Show the uses behind/ });
  return usage;
}

/** The sum beneath the uses that the button of a figure opens. */
async function sumBehind(button: HTMLElement): Promise<number> {
  await userEvent.click(button);
  return sumShown();
}

/** The sum beneath the uses that are open, which are closed then. */
async function sumShown(): Promise<number> {
  const dialog = await screen.findByRole('dialog');
  await waitFor(() => expect(within(dialog).getByRole('table')).toBeInTheDocument());
  for (;;) {
    const more = within(dialog).queryByRole('button', { name: 'Load more' });
    if (!more) break;
    const rows = within(dialog).getAllByRole('row').length;
    await userEvent.click(more);
    await waitFor(() => {
      const isWhole = within(dialog).queryByRole('button', { name: 'Load more' }) === null;
      expect(isWhole || within(dialog).getAllByRole('row').length > rows).toBe(true);
    });
  }
  const foot = within(dialog).getAllByRole('row').at(-1) as HTMLElement;
  const cell = within(foot).getByRole('cell').firstElementChild as HTMLElement;
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  return Number((cell.title || cell.textContent || '').replaceAll(/[^\d.-]/g, ''));
}

const card = (name: string) =>
  screen.getByRole('heading', { name }).closest<HTMLElement>('.uk-card') as HTMLElement;

/** The buttons of the figures in a card, by the name of the meter or category. */
const buttonOf = (within_: HTMLElement, label: string) =>
  within(within_).findByRole('button', { name: new RegExp(`^Show the uses behind ${label}:`) });

// The mock lives through twelve days of use before it answers.
describe('figures of the panel', { timeout: 120_000 }, () => {
  it('F11: a meter opens the uses behind it, which sum to it', async () => {
    const usage = await show();
    const meters = usage.groups
      .flatMap((group) => group.meters)
      .filter(({ kind, used }) => kind === 'counter' && Number(used) > 0);
    expect(meters.length).toBeGreaterThan(0);
    for (const { label, used } of meters.slice(0, 3))
      expect(await sumBehind(await buttonOf(card('Account meters'), label)), label).toBe(Number(used));
  });

  it("F11: the budget and its categories open their uses, and my usage the caller's own", async () => {
    const usage = await show();
    const { budget, categories, myUsage } = usage;
    if (budget === null) throw new Error('The usual account has a budget');
    expect(await sumBehind(await buttonOf(card('Usage'), budget.label))).toBe(Number(budget.used));
    for (const { label, used } of categories.filter((each) => Number(each.used) > 0).slice(0, 2))
      expect(await sumBehind(await buttonOf(card('Usage'), label ?? 'Other')), label ?? 'Other').toBe(
        Number(used),
      );
    for (const { label, used } of myUsage.filter((each) => Number(each.used) > 0).slice(0, 1))
      expect(await sumBehind(await buttonOf(card('My usage'), label)), label).toBe(Number(used));
  });

  it('F11: a meter, the budget, a category and my usage open their uses without charts as well', async () => {
    const { groups, budget, categories, myUsage } = await show({ panel: UsagePanelWithoutCharts });
    if (budget === null) throw new Error('The usual account has a budget');
    const figures = [
      ['Account meters', groups.flatMap(({ meters }) => meters).find(({ kind }) => kind === 'counter')],
      ['Usage', budget],
      ['Usage', categories.find(({ used }) => Number(used) > 0)],
      ['My usage', myUsage.find(({ used }) => Number(used) > 0)],
    ] as const;
    for (const [title, of] of figures) {
      if (!of) throw new Error(`The usual account has a figure of ${title}`);
      const label = of.label ?? 'Other';
      expect(await sumBehind(await buttonOf(card(title), label)), label).toBe(Number(of.used));
    }
  });

  it('F23: a limit by time opens the uses that count in it', async () => {
    const { windows } = await show({ scenario: 'windowReached' });
    const counted = windows.filter(({ used }) => Number(used) > 0);
    expect(counted.length).toBeGreaterThan(0);
    for (const { label, used } of counted)
      expect(await sumBehind(await buttonOf(card('Account meters'), label)), label).toBe(Number(used));
  });

  it.each([
    ['with', UsagePanel],
    ['without', UsagePanelWithoutCharts],
  ])('A9: a link opens the uses of the same figure %s charts, and Back closes them', async (_, panel) => {
    const { budget } = await show({ panel });
    if (budget === null) throw new Error('The usual account has a budget');
    await userEvent.click(await buttonOf(card('Usage'), budget.label));
    await screen.findByRole('dialog');
    await waitFor(() => expect(location.search).toBe('?panel.open=budget%3A'));
    const link = location.href;
    act(() => history.back());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    cleanup();
    await waitFor(() => expect(location.search).toBe(''));

    history.replaceState(null, '', link);
    const again = await show({ panel });
    expect(await sumShown()).toBe(Number(again.budget?.used));
    await waitFor(() => expect(location.search).toBe(''));
  });

  it('A9: the host keeps which figure is open, and the address stays as it is', async () => {
    const values: UsagePanelValue[] = [];
    const usage = await show({ panel: Kept });
    const [meter] = usage.groups.flatMap(({ meters }) => meters).filter(({ kind }) => kind === 'counter');
    if (!meter) throw new Error('The usual account has a counter');
    expect(await sumBehind(await buttonOf(card('Account meters'), meter.label))).toBe(Number(meter.used));
    expect(values).toEqual([{ figure: { of: 'meter', id: meter.metric } }, { figure: null }]);
    expect(location.search).toBe('');

    function Kept(props: UsagePanelProps) {
      const [value, setValue] = useState<UsagePanelValue>({ figure: null });
      return (
        <UsagePanelWithoutCharts
          {...props}
          value={value}
          onChange={(next) => {
            values.push(next);
            setValue(next);
          }}
        />
      );
    }
  });
});
