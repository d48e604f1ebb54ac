import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Credits } from '@usagekit/server/contract';
import { describe, expect, it, vi } from 'vitest';
import * as fixtures from '../../../../sdk/gallery/fixtures/credits.ts';
import { failed, loading, notPermitted, stale } from '../../../../sdk/gallery/gallery-state.ts';
import { UsageKitError } from '../../../../sdk/src/client/usagekit-error.ts';
import { CreditBalance, CreditBalanceView } from '../../../../sdk/src/components/credit-balance/index.ts';
import { loadTrouble } from '../../../../sdk/src/components/states/use-trouble.ts';
import { deriveResource } from '../../../../sdk/src/hooks/base/resource.ts';

describe('CreditBalance', () => {
  it('B5: shows what is available and offers to buy to those who may', async () => {
    const onBuyCredits = vi.fn();
    const { container, rerender } = render(
      <CreditBalance data={fixtures.credits} onBuyCredits={onBuyCredits} />,
    );
    expect(container).toHaveTextContent('Available2,012.5credits');
    await userEvent.click(screen.getByRole('button', { name: 'Buy credits' }));
    expect(onBuyCredits).toHaveBeenCalledOnce();
    rerender(
      <CreditBalance data={{ ...fixtures.credits, canPurchase: false }} onBuyCredits={onBuyCredits} />,
    );
    expect(screen.queryByRole('button', { name: 'Buy credits' })).toBeNull();
  });

  it('C14: leads to support with a question about a charge, where the host names an address', () => {
    const { rerender } = render(<CreditBalance data={fixtures.credits} />);
    const link = screen.getByRole('link', { name: 'Ask support about a charge' });
    expect(link).toHaveAttribute('href', 'mailto:support@example.com');
    rerender(<CreditBalance data={fixtures.credits} parts={{ supportUrl: false }} />);
    expect(screen.queryByRole('link')).toBeNull();
    const { supportUrl: _, ...without } = fixtures.credits;
    rerender(<CreditBalance data={without} />);
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('F3: shows Held apart from Available, and leads to the tasks that hold it', async () => {
    const onShowHeld = vi.fn();
    render(<CreditBalance data={fixtures.credits} onShowHeld={onShowHeld} />);
    await userEvent.click(screen.getByRole('button', { name: '120 credits held for running tasks' }));
    expect(onShowHeld).toHaveBeenCalledOnce();
  });

  it('F4, F11: tells a task in one line, and its bookkeeping to who asks', async () => {
    render(<CreditBalance data={fixtures.credits} />);
    const [line] = screen.getAllByText('Research agent: competitor scan');
    const entry = line?.closest('li') ?? document.body;
    expect(entry).toHaveTextContent(
      /^Research agent: competitor scanSpent · Nov 22, 12:58 PM−12.504 entries$/,
    );
    const toggle = within(entry).getByRole('button', { name: '4 entries' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(toggle);
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    const entries = within(entry).getAllByRole('listitem');
    expect(entries.map((each) => each.querySelector('.uk-ledger-amount')?.textContent)).toEqual([
      '+7.50',
      '−12.50',
      '+12.50',
      '−20.00',
    ]);
  });

  it('lists grants in the order in which they are used, with what is left and until when', () => {
    render(<CreditBalance data={fixtures.credits} />);
    const rows = within(screen.getByRole('list', { name: 'In the order they are used' })).getAllByRole(
      'listitem',
    );
    expect(rows.map(({ textContent }) => textContent?.replaceAll('\u00a0', ' '))).toEqual([
      'Pro planUntil December 1412.5',
      'Launch weekUntil June 30, 2027500.0',
      'Pack of 1,000Does not expire1,100.0',
    ]);
    expect(screen.getByText('Next to expire: 412.5 on December 1')).toBeInTheDocument();
  });

  it('D11: writes what is left of a grant, and what expires next, as money where credits are money', () => {
    const [grant] = fixtures.moneyCredits.grants;
    if (!grant) throw new Error('The fixture has one grant.');
    const nextToExpire = { grantId: grant.id, amount: '1.5', expiresAt: '2026-12-01T00:00:00.000Z' };
    const { container } = render(<CreditBalance data={{ ...fixtures.moneyCredits, nextToExpire }} />);
    expect(container.querySelector('.uk-grant')).toHaveTextContent('$5.00');
    expect(screen.getByText('Next to expire: $1.50 on December 1')).toBeInTheDocument();
  });

  it('F6: says how long the credits last, counted from the answer and rounded down', () => {
    render(<CreditBalance data={fixtures.lowCredits} />);
    const line = screen.getByText('About 6 days at the pace of the last two weeks');
    expect(line).toHaveAttribute('title', '71.25 credits a day, the mean of the last 14 days with use');
  });

  it('F6: foretells nothing while there is no pace', () => {
    const { container } = render(<CreditBalance data={{ ...fixtures.credits, pace: null }} />);
    expect(container).not.toHaveTextContent(/pace|Lasts/);
  });

  it('shows the last five ledger lines, signed', () => {
    const { container } = render(<CreditBalance data={fixtures.credits} />);
    const amounts = [...container.querySelectorAll('.uk-ledger-amount')].map(
      ({ textContent }) => textContent,
    );
    expect(amounts).toEqual(['−12.50', '−120.00', '−0.000125', '+1,100.00', '+36.25']);
    expect(container).not.toHaveTextContent('Not among the last five');
  });

  it('never rounds up what is left, and gives the exact figure in the title', () => {
    render(<CreditBalance data={{ ...fixtures.credits, available: '999.999999' }} />);
    expect(screen.getByText('999.99')).toBeInTheDocument();
    expect(screen.getByTitle('999.999999 credits')).toBeInTheDocument();
  });

  it.each([
    ['ok', fixtures.credits, undefined],
    ['low', fixtures.lowCredits, 'Running low'],
    ['out', fixtures.outOfCredits, 'Out of credits'],
    ['debt', fixtures.overdrawnCredits, 'Overdrawn'],
    ['empty', fixtures.emptyCredits, undefined],
  ] as const)('draws the state %s in its own way and in words', (state, data, word) => {
    const { container } = render(<CreditBalance data={data} />);
    expect(container.querySelector('.uk-root')).toHaveAttribute('data-state', state);
    if (word) expect(screen.getByText(word)).toBeInTheDocument();
  });

  it('C11: says what being out of credits means, and who can help where the reader cannot', () => {
    render(<CreditBalance data={{ ...fixtures.outOfCredits, canPurchase: false }} />);
    expect(screen.getByText(/New work that uses the balance is refused/)).toBeInTheDocument();
    expect(screen.getByText('An owner or admin can add more.')).toBeInTheDocument();
  });

  it('says what is owed apart from what is available', () => {
    render(<CreditBalance data={fixtures.overdrawnCredits} />);
    expect(screen.getByText('84.25 credits owed. The next addition pays it first.')).toBeInTheDocument();
    expect(screen.getByText('0')).toBeInTheDocument();
  });

  it('is busy while it loads, without figures', () => {
    const { container } = render(<CreditBalanceView resource={loading()} />);
    const root = screen.getByRole('region', { name: 'Loading balance' });
    expect(root).toHaveAttribute('aria-busy', 'true');
    expect(container).not.toHaveTextContent(/\d/);
  });

  it('keeps stale figures on the screen with their age', async () => {
    await loadTrouble();
    vi.useFakeTimers({
      now: new Date('2026-11-22T13:17:00.000Z'),
      toFake: ['Date', 'setInterval', 'clearInterval'],
    });
    try {
      const { container } = render(<CreditBalanceView resource={stale(fixtures.credits)} />);
      expect(container).toHaveTextContent('2,012.5');
      expect(screen.getByText('Last updated 12 minutes ago')).toBeInTheDocument();
      act(() => vi.advanceTimersByTime(60_000));
      expect(screen.getByText('Last updated 13 minutes ago')).toBeInTheDocument();
      vi.setSystemTime(new Date(Date.parse(fixtures.credits.asOf) + 20_000));
      act(() => vi.advanceTimersByTime(30_000));
      expect(screen.getByText('Last updated less than a minute ago')).toBeInTheDocument();
    } finally {
      vi.useRealTimers();
    }
  });

  it('says what failed and asks again', async () => {
    const refresh = vi.fn(async () => {});
    render(<CreditBalanceView resource={{ ...failed(), refresh }} />);
    expect(screen.getByRole('alert')).toHaveTextContent('The balance could not be loaded');
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('tells those who may not see it whom to ask', async () => {
    render(<CreditBalanceView resource={notPermitted()} />);
    expect(screen.getByText('Your role does not include the balance')).toBeInTheDocument();
    expect(await screen.findByText(/An owner or admin can see it/)).toBeInTheDocument();
  });

  it('tells those who are signed out that they are, and nothing of a role', () => {
    const error = new UsageKitError({ code: 'not_available', message: 'No session', status: 401 });
    const resource = deriveResource<Credits>({ data: undefined, error });
    const { container } = render(<CreditBalanceView resource={resource} />);
    expect(screen.getByText('You are signed out')).toBeInTheDocument();
    expect(container).not.toHaveTextContent(/role|owner/);
  });

  it('tells those whose page has the token of another account what to do, and nothing of a role', async () => {
    const error = new UsageKitError({ code: 'other_account', message: 'Of another account', status: 403 });
    const resource = deriveResource<Credits>({ data: undefined, error });
    const { container } = render(<CreditBalanceView resource={resource} />);
    expect(screen.getByText('The balance could not be loaded')).toBeInTheDocument();
    expect(await screen.findByText(/Reload the page, or sign in again/)).toBeInTheDocument();
    expect(container).not.toHaveTextContent(/role|owner/);
  });
});
