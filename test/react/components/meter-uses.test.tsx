import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { UsagePanel } from '@usagekit/react/usage-panel';
import type { Usage } from '@usagekit/server/contract';
import { describe, expect, it, onTestFinished } from 'vitest';

const patience = { timeout: 20_000 };

async function show(scenario?: 'windowReached') {
  const mock = createUsageKitMock({ afterEach: onTestFinished, ...(scenario && { scenario }) });
  const client = mock.client();
  const session = mock.session();
  const usage: Usage = await client.withSession(session).usage(session.accountId);
  render(
    <UsageKitProvider client={client} session={session} locale="en-US">
      <UsagePanel defaultShowMoney />
    </UsageKitProvider>,
  );
  await screen.findAllByRole('button', { name: /^Show the uses behind/ }, patience);
  return usage;
}

/** The sum beneath the uses that the button of a figure opens. */
async function sumBehind(button: HTMLElement): Promise<number> {
  await userEvent.click(button);
  const dialog = await screen.findByRole('dialog', undefined, patience);
  await waitFor(() => expect(within(dialog).getByRole('table')).toBeInTheDocument(), patience);
  for (;;) {
    const more = within(dialog).queryByRole('button', { name: 'Load more' });
    if (!more) break;
    const rows = within(dialog).getAllByRole('row').length;
    await userEvent.click(more);
    await waitFor(() => {
      const isWhole = within(dialog).queryByRole('button', { name: 'Load more' }) === null;
      expect(isWhole || within(dialog).getAllByRole('row').length > rows).toBe(true);
    }, patience);
  }
  const foot = within(dialog).getAllByRole('row').at(-1) as HTMLElement;
  const cell = within(foot).getByRole('cell').firstElementChild as HTMLElement;
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), patience);
  return Number((cell.title || cell.textContent || '').replaceAll(/[^\d.-]/g, ''));
}

const card = (name: string) =>
  screen.getByRole('heading', { name }).closest<HTMLElement>('.uk-card') as HTMLElement;

/** The buttons of the figures in a card, by the name of the meter or category. */
const buttonOf = (within_: HTMLElement, label: string) =>
  within(within_).findByRole('button', { name: new RegExp(`^Show the uses behind ${label}:`) }, patience);

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
      expect(await sumBehind(await buttonOf(card('Usage'), label)), label).toBe(Number(used));
    for (const { label, used } of myUsage.filter((each) => Number(each.used) > 0).slice(0, 1))
      expect(await sumBehind(await buttonOf(card('My usage'), label)), label).toBe(Number(used));
  });

  it('F23: a limit by time opens the uses that count in it', async () => {
    const { windows } = await show('windowReached');
    const counted = windows.filter(({ used }) => Number(used) > 0);
    expect(counted.length).toBeGreaterThan(0);
    for (const { label, used } of counted)
      expect(await sumBehind(await buttonOf(card('Account meters'), label)), label).toBe(Number(used));
  });
});
