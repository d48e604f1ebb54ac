import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import * as fixtures from '../../../../sdk/gallery/fixtures/subscription.ts';
import { PlanCard } from '../../../../sdk/src/components/plan-card/index.ts';

describe('PlanCard', () => {
  it.each([
    ['Active', fixtures.pro],
    ['Trial', fixtures.trial],
    ['Past due', fixtures.pastDue],
  ] as const)('B2: shows the plan, its next date and the status %s', (status, data) => {
    render(<PlanCard data={data} />);
    expect(screen.getByRole('heading', { name: 'Pro' })).toBeInTheDocument();
    expect(document.querySelector('.uk-pill')).toHaveTextContent(status);
    expect(document.querySelector('.uk-plan-next')).toHaveTextContent(/December 1|November 28/);
  });

  it('B2: shows price and interval with the next billing date', () => {
    const { container } = render(<PlanCard data={fixtures.pro} />);
    expect(container).toHaveTextContent('$49 a month · Renews on December 1');
  });

  it.each(['change', 'cancel'] as const)(
    'A5, B9: offers to keep the plan while its %s is scheduled',
    async (kind) => {
      const onAction = vi.fn();
      const manage = { kind: 'manage_plan', label: 'Keep Pro', allowed: true } as const;
      const scheduled = {
        kind,
        at: fixtures.pro.periodEndsAt,
        planId: 'free',
        planName: 'Free',
        interval: null,
      };
      const { rerender } = render(
        <PlanCard data={{ ...fixtures.pro, scheduled, actions: [manage] }} onAction={onAction} />,
      );
      await userEvent.click(screen.getByRole('button', { name: 'Keep Pro' }));
      expect(onAction).toHaveBeenCalledWith(manage);
      rerender(<PlanCard data={{ ...fixtures.pro, actions: [manage] }} onAction={onAction} />);
      expect(screen.getByRole('button', { name: 'Manage plan' })).toBeInTheDocument();
    },
  );

  it('A1: shows each thing that is included with its use', () => {
    render(<PlanCard data={fixtures.pro} />);
    expect(screen.getByRole('meter', { name: 'Credits' })).toHaveAttribute(
      'aria-valuetext',
      '1,587.5 of 2,000 credits used',
    );
    expect(screen.getByText('Workspaces').closest('.uk-meter')).toHaveTextContent('3 · Unlimited');
  });

  it('A1: shows what is nearest to its limit however late the plan names it, and the others in the plan’s order', () => {
    const [first] = fixtures.pro.includes;
    if (!first) throw new Error('The plan includes nothing');
    const named = (label: string, percent: number, level: typeof first.level) => ({
      ...first,
      label,
      percent,
      level,
    });
    const includes = [
      ...['A', 'B', 'C', 'D', 'E'].map((label, place) => named(label, 20 - place, 'ok')),
      named('F', 4, 'ok'),
      named('G', 130, 'over'),
    ];
    const labels = () => screen.getAllByRole('meter').map((meter) => meter.getAttribute('aria-label'));
    const { rerender } = render(<PlanCard data={{ ...fixtures.pro, includes }} />);
    expect(labels()).toEqual(['A', 'B', 'C', 'D', 'G']);
    rerender(
      <PlanCard
        data={{
          ...fixtures.pro,
          includes: includes.map((each) => ({ ...each, percent: null, level: 'ok' as const })),
        }}
      />,
    );
    expect(document.querySelectorAll('.uk-meter')).toHaveLength(5);
    rerender(<PlanCard data={{ ...fixtures.pro, includes: [...includes, named('H', 85, 'warning')] }} />);
    expect(labels()).toEqual(['A', 'B', 'C', 'G', 'H']);
  });

  it('B3: asks for a payment method in a trial only where the plan needs one to go on', async () => {
    const { container, rerender } = render(<PlanCard data={fixtures.trial} />);
    await screen.findByText('Add a payment method to keep the plan. Nothing is deleted.');
    expect(screen.getByRole('link', { name: 'Add payment method' })).toBeInTheDocument();
    rerender(<PlanCard data={{ ...fixtures.trial, actions: fixtures.free.actions }} />);
    await screen.findByRole('img', { name: '6 days of the trial are left' });
    expect(container).not.toHaveTextContent('payment method');
  });

  it('B3: shows the days of a trial that remain', async () => {
    render(<PlanCard data={fixtures.trial} />);
    expect(await screen.findByRole('img', { name: '6 days of the trial are left' })).toBeInTheDocument();
  });

  it('B4: shows what is owed and the one button that settles it', async () => {
    const onAction = vi.fn();
    render(<PlanCard data={fixtures.pastDue} onAction={onAction} />);
    expect(await screen.findByText('$49.00 is due')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Update payment method' }));
    expect(onAction).toHaveBeenCalledWith(fixtures.pastDue.actions[0]);
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });

  it('E6: leads where the host says', () => {
    render(<PlanCard data={fixtures.pro} />);
    expect(screen.getByRole('link', { name: 'Upgrade' })).toHaveAttribute('href', '#plans');
  });

  it('B12: gives a member no price, no amount and no button, and says who can help', () => {
    const { container } = render(<PlanCard data={fixtures.pastDueForMember} />);
    expect(container).not.toHaveTextContent('$');
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.queryByRole('link')).toBeNull();
    expect(container).toHaveTextContent('An owner or admin can do this: Update payment method');
  });

  it('D15: warns of surcharges as long as the plan has them, in no live region, since nothing has happened', () => {
    const { rerender } = render(<PlanCard data={fixtures.withWarning} />);
    const [words] = fixtures.withWarning.warnings;
    const warning = screen.getByText(words ?? '');
    expect(warning.closest('.uk-notice')).toHaveAttribute('data-tone', 'warning');
    expect(warning.closest('[role="alert"], [role="status"]')).toBeNull();
    rerender(<PlanCard data={fixtures.pro} />);
    expect(screen.queryByText(words ?? '')).toBeNull();
  });
});
