import { screen } from '@testing-library/react';
import { PlanLimits } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import type { CatalogConfig } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';

const catalog: CatalogConfig = {
  ...plansCatalogConfig,
  defaultPlanId: 'studio',
  capacities: [
    { id: 'machines', label: 'Machines at once', unit: { one: 'machine', other: 'machines' } },
    { id: 'retention', label: 'Retention', unit: { one: 'day', other: 'days' } },
    { id: 'types', label: 'Machine types', kind: 'choice', choices: { small: 'Small', large: 'Large' } },
  ],
  plans: [
    ...plansCatalogConfig.plans,
    paidPlan('studio', 5, {
      price: { month: usd('95') },
      capacities: { machines: '4', retention: null, types: ['small', 'large'] },
      warnings: ['Surcharges can exceed the price of the plan.'],
    }),
  ],
};

afterEach(cleanupUsageKit);

describe('PlanLimits', () => {
  const show = () =>
    renderWithUsageKit(<PlanLimits />, {
      mock: createUsageKitMock({ catalog, scenario: 'fresh', afterEach: onTestFinished }),
      role: 'owner',
    });
  const value = async (label: string) => (await screen.findByText(label)).nextSibling?.textContent;

  it('D13: shows what the plan limits besides usage', async () => {
    show();
    expect(await value('Machines at once')).toBe('4 machines');
    expect(await value('Retention')).toBe('Unlimited');
    expect(await value('Machine types')).toBe('Small, Large');
  });

  it('D15: shows the standing warning of the plan', async () => {
    show();
    const warning = await screen.findByText('Surcharges can exceed the price of the plan.');
    expect(warning.closest('.uk-notice')).toHaveAttribute('data-tone', 'warning');
  });
});
