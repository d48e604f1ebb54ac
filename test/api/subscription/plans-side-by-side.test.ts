import type { CatalogConfig, CatalogView, PlanView } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../support/plans-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const runs = { metric: 'runs', policy: 'overage' } as const;

const catalog: CatalogConfig = {
  ...plansCatalogConfig,
  comparison: [
    { id: 'support', label: 'Support' },
    { id: 'hosting', label: 'Hosting' },
  ],
  plans: [
    ...plansCatalogConfig.plans,
    paidPlan('flat', 5, {
      price: { month: usd('5') },
      facts: { hosting: 'Frankfurt', support: 'E-mail' },
      limits: [{ ...runs, included: '10', beyond: 'invoice', overageRate: { amount: '0.5', per: 1_000 } }],
    }),
    paidPlan('stepped', 6, {
      price: { month: usd('6') },
      facts: { support: 'Telephone' },
      limits: [
        {
          ...runs,
          included: '10',
          beyond: 'invoice',
          overageTiers: {
            mode: 'volume',
            steps: [
              { upTo: '100', amount: '0.1' },
              { upTo: null, amount: '0.05', flat: '2' },
            ],
          },
        },
      ],
    }),
    paidPlan('in-credits', 7, {
      price: { month: usd('7') },
      limits: [{ ...runs, included: '10', overageRate: { amount: '3' } }],
    }),
  ],
};

async function plansFor(role: 'admin' | 'viewer') {
  const server = createTestServer({ catalog });
  await server.account('acme', { planId: 'basic' });
  const token = await server.member('acme', 'ada', { role });
  const { body } = await server.get<CatalogView>('/v1/catalog?accountId=acme', token);
  return (id: string): PlanView => {
    const plan = body.plans.find((each) => each.id === id);
    if (!plan) throw new Error(`There is no plan ${id}`);
    return plan;
  };
}

describe('plans side by side', () => {
  it('B1: say what is not metered in one order, and where an enterprise plan leads to', async () => {
    const plan = await plansFor('admin');
    expect(plan('flat').facts).toEqual([
      { label: 'Support', text: 'E-mail' },
      { label: 'Hosting', text: 'Frankfurt' },
    ]);
    expect(plan('stepped').facts).toEqual([{ label: 'Support', text: 'Telephone' }]);
    expect(plan('enterprise').contact).toBe('mailto:sales@example.com');
    expect(plan('basic')).toMatchObject({ facts: [], contact: null });
  });

  it('D3: tell what units beyond the allowance cost, in what they are paid in', async () => {
    const plan = await plansFor('admin');
    const overage = (id: string) => plan(id).limits[0]?.overage;
    expect(overage('flat')).toEqual({
      unit: 'USD',
      mode: 'graduated',
      steps: [{ upTo: null, amount: '0.5', per: 1_000, flat: '0' }],
    });
    expect(overage('stepped')).toEqual({
      unit: 'USD',
      mode: 'volume',
      steps: [
        { upTo: '100', amount: '0.1', per: 1, flat: '0' },
        { upTo: null, amount: '0.05', per: 1, flat: '2' },
      ],
    });
    expect(overage('in-credits')).toMatchObject({ unit: 'credits', steps: [{ amount: '3', per: 1 }] });
    expect(overage('basic')).toBeNull();
  });

  it('B12: tell no prices to whom they are not shown', async () => {
    const plan = await plansFor('viewer');
    expect(plan('flat').price).toBeNull();
    expect(plan('flat').limits[0]?.overage).toBeNull();
  });
});
