import { screen, waitFor, within } from '@testing-library/react';
import { UpcomingInvoice, UsageCosts } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import type { CatalogConfig } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';

const catalog: CatalogConfig = {
  ...plansCatalogConfig,
  defaultPlanId: 'free',
  billing: { paymentTermDays: 7 },
  metrics: [
    { id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } },
    { id: 'calls', label: 'Calls', unit: { one: 'call', other: 'calls' } },
  ],
  plans: [
    { id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [] },
    paidPlan('metered', 1, {
      price: { month: usd('30') },
      limits: [
        {
          metric: 'runs',
          included: '100',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.1' },
        },
        {
          metric: 'calls',
          included: '1000',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.5', per: 1_000 },
        },
      ],
    }),
  ],
};

async function metered() {
  const mock = createUsageKitMock({ catalog, scenario: 'fresh', afterEach: onTestFinished });
  await mock.ready;
  await mock.backend.putAccount('acme', { planId: 'metered' });
  await mock.backend.consume({ accountId: 'acme', items: [{ metric: 'runs', quantity: '130' }] });
  await mock.backend.consume({ accountId: 'acme', items: [{ metric: 'calls', quantity: '2500' }] });
  return mock;
}

afterEach(cleanupUsageKit);

describe('UsageCosts', () => {
  it('D3: shows each metric in money, units beyond the allowance at their rate, and the sum', async () => {
    renderWithUsageKit(<UsageCosts />, { mock: await metered(), role: 'owner' });
    await screen.findByRole('table');
    const table = screen.getByRole('table');
    expect(table).toHaveTextContent('$0.10 per run');
    expect(table).toHaveTextContent('$0.50 per 1,000 calls');
    const [, runs, calls, total] = within(table).getAllByRole('row');
    expect(runs).toHaveTextContent('30 runs');
    expect(runs).toHaveTextContent('$3.00');
    expect(calls).toHaveTextContent('1,500 calls');
    expect(calls).toHaveTextContent('$0.75');
    expect(total).toHaveTextContent('$3.75');
  });

  it('D3: shows units as exactly as the invoice bills them, so that they come to the amount next to them', async () => {
    const mock = await metered();
    await mock.backend.consume({ accountId: 'acme', items: [{ metric: 'runs', quantity: '0.659826' }] });
    renderWithUsageKit(<UsageCosts />, { mock, role: 'owner' });
    const row = await screen.findByRole('row', { name: /^Runs/ });
    expect(row).toHaveTextContent('30.659826 runs$0.10 per run$3.07');
  });

  it('D5, D6: has a gear and a bell for each metric where the viewer may set them, and nowhere else', async () => {
    const mock = await metered();
    renderWithUsageKit(<UsageCosts />, { mock, role: 'owner' });
    await waitFor(() => expect(screen.getAllByRole('button')).toHaveLength(4));
    const names = screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'));
    expect(names.filter((name) => name?.includes('Runs'))).toHaveLength(2);
  });

  it('B12: says who may see it to whom it is not shown', async () => {
    renderWithUsageKit(<UsageCosts />, { mock: await metered(), role: 'member' });
    await waitFor(() =>
      expect(document.querySelector('[data-widget="usage-costs"]')).toHaveAttribute(
        'data-state',
        'not_permitted',
      ),
    );
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('D9: the next invoice names the method of its projection', async () => {
    const mock = await metered();
    await mock.clock.advance('10d');
    renderWithUsageKit(<UpcomingInvoice />, { mock, role: 'owner' });
    await screen.findByText(/at the average of the days so far/);
  });
});
