import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import * as fixtures from '../../../../sdk/gallery/fixtures/subscription.ts';
import { BillingBanner } from '../../../../sdk/src/components/billing-banner/index.ts';

describe('BillingBanner', () => {
  it('B3: shows the days of a trial that remain, and can be put away', async () => {
    const { container } = render(<BillingBanner data={fixtures.trial} />);
    expect(container).toHaveTextContent('6 days of the trial are left.');
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(container).toBeEmptyDOMElement();
  });

  it('B3: leads a trial to the first payment method where the plan goes on only with one', () => {
    const { rerender } = render(<BillingBanner data={fixtures.trial} />);
    expect(screen.getByRole('link', { name: 'Add payment method' })).toHaveAttribute('href', '#billing');
    rerender(<BillingBanner data={{ ...fixtures.trial, actions: fixtures.free.actions }} />);
    expect(screen.getByRole('link', { name: 'Upgrade' })).toHaveAttribute('href', '#plans');
    expect(screen.queryByRole('link', { name: 'Add payment method' })).toBeNull();
  });

  it('B4: shows a failed payment with the way to mend it, and cannot be put away', () => {
    render(<BillingBanner data={fixtures.pastDue} />);
    expect(screen.getByRole('alert')).toHaveTextContent(
      '$49.00 is due: the last payment did not go through.',
    );
    expect(screen.getByRole('link', { name: 'Update payment method' })).toHaveAttribute('href', '#billing');
    expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull();
  });

  it('B11: says that work is paused and that nothing is lost', () => {
    render(<BillingBanner data={fixtures.pausedPlan} />);
    expect(screen.getByRole('alert')).toHaveTextContent(
      /New runs are paused, since the trial is over\. Nothing was deleted\./,
    );
  });

  it('B12: tells a member who can help, without amounts', () => {
    const { container } = render(<BillingBanner data={fixtures.pastDueForMember} />);
    expect(container).not.toHaveTextContent('$');
    expect(container).toHaveTextContent('An owner or admin can do this: Update payment method');
  });

  it('A5: offers to keep a plan that is to end, and tells a member who can', () => {
    const { rerender, container } = render(<BillingBanner data={fixtures.cancelled} />);
    expect(container).toHaveTextContent('The plan ends on December 1.');
    expect(screen.getByRole('link', { name: 'Keep the plan' })).toHaveAttribute('href', '#plans');
    expect(screen.queryByRole('link', { name: 'Upgrade' })).toBeNull();
    rerender(<BillingBanner data={{ ...fixtures.cancelled, actions: [] }} />);
    expect(container).toHaveTextContent('An owner or admin can do this: Keep the plan');
  });

  it('shows nothing while all is well', () => {
    const { container } = render(<BillingBanner data={fixtures.pro} />);
    expect(container).toBeEmptyDOMElement();
  });
});
