import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Refusal } from '@usagekit/server/contract';
import { describe, expect, it, vi } from 'vitest';
import { OutOfCredits } from '../../../../sdk/src/components/out-of-credits/index.ts';
import { de } from '../../../../sdk/src/messages/languages/de.ts';

const refusal: Refusal = {
  reason: 'insufficient_credits',
  message: 'This run needs more credits than there are.',
  available: '3.5',
  requested: '12',
  resetsAt: '2026-12-01T00:00:00.000Z',
  actions: [
    { kind: 'buy_credits', label: 'Buy credits', href: '/credits', allowed: true },
    { kind: 'upgrade', label: 'Upgrade', href: '/plans', allowed: true },
  ],
};

describe('OutOfCredits', () => {
  it('C11: says what happened, what it means for work in progress, and what to do', async () => {
    const onAction = vi.fn();
    render(
      <OutOfCredits refusal={refusal} asOf="2026-11-22T13:05:00.000Z" timeZone="UTC" onAction={onAction} />,
    );
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('Out of credits');
    expect(alert).toHaveTextContent('3.5 credits available, 12 credits needed.');
    expect(alert).toHaveTextContent('Work that is running goes on; new work waits.');
    expect(alert).toHaveTextContent('It starts again in 9 days, on December 1.');
    await userEvent.click(screen.getByRole('button', { name: 'Buy credits' }));
    expect(onAction).toHaveBeenCalledWith(refusal.actions[0]);
  });

  it('C11: says who can do it where the reader cannot', () => {
    const actions = refusal.actions.map((action) => ({ ...action, allowed: false }));
    render(<OutOfCredits refusal={{ ...refusal, actions }} />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(
      screen.getByText(/Ask an owner or admin of this account: Buy credits · Upgrade/),
    ).toBeInTheDocument();
  });

  it('C11: begins with a word where the limit that was reached has no name', () => {
    const nameless: Refusal = { reason: 'plan_limit_reached', message: 'A limit is reached.', actions: [] };
    render(<OutOfCredits refusal={nameless} messages={{ outOfCredits: de.outOfCredits }} />);
    expect(screen.getByText('Das Limit des Tarifs ist erreicht.')).toBeInTheDocument();
  });

  it('C12: shows a visitor only a neutral message', () => {
    const { container } = render(<OutOfCredits />);
    expect(container).toHaveTextContent(
      /^Not availableThis assistant is not available right now\. Please try again later\.$/,
    );
    expect(container.innerHTML).not.toMatch(/credit(?!s"|-)|plan|billing/i);
  });
});
