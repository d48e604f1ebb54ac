import type { CatalogConfig, PlanConfig } from '@usagekit/server/contract';
import type { Catalog } from '@usagekit/server/domain';
import { compiled } from './small-catalog.ts';

const unit = (one: string, other = `${one}s`) => ({ one, other });
export const usd = (amount: string) => ({ amount, currency: 'USD' });

/** A paid plan with round prices. */
export function paidPlan(id: string, rank: number, change: Partial<PlanConfig> = {}): PlanConfig {
  return { id, name: id, rank, kind: 'paid', limits: [], ...change };
}

/** A hundred runs; half a dollar for each further one, which is off until the account wants it. */
export const invoicedRuns: PlanConfig['limits'][number] = {
  metric: 'runs',
  included: '100',
  policy: 'overage',
  beyond: 'invoice',
  overageRate: { amount: '0.5' },
  additionalUse: { default: 'off' },
};

/** Plans with round prices, so that periods can be checked by eye; nothing is metered but runs. */
export const plansCatalogConfig: CatalogConfig = {
  creditLabel: unit('credit'),
  currency: 'USD',
  metrics: [
    { id: 'runs', label: 'Runs', unit: unit('run') },
    { id: 'contacts', label: 'Contacts', unit: unit('contact'), kind: 'gauge' },
  ],
  plans: [
    { id: 'free', name: 'Free', rank: 0, kind: 'free', monthlyCredits: '10', limits: [] },
    paidPlan('basic', 1, {
      price: { month: usd('30'), year: usd('300') },
      monthlyCredits: '100',
      limits: [{ metric: 'runs', included: '100', policy: 'hard' }],
    }),
    paidPlan('pro', 2, {
      price: { month: usd('60'), year: usd('600') },
      monthlyCredits: '250',
      limits: [{ metric: 'runs', included: '1000', policy: 'hard' }],
    }),
    paidPlan('max', 3, { price: { month: usd('90') }, limits: [] }),
    {
      id: 'enterprise',
      name: 'Enterprise',
      rank: 4,
      kind: 'enterprise',
      contact: 'mailto:sales@example.com',
      limits: [],
    },
  ],
};

/** The plans with other settings of the catalog. */
export function plansCatalog(change: Partial<CatalogConfig> = {}, version = 1): Catalog {
  return compiled({ ...plansCatalogConfig, ...change }, version);
}
