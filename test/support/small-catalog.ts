import type { CatalogConfig } from '@usagekit/server/contract';
import { type Catalog, compileCatalog } from '@usagekit/server/domain';

const unit = (one: string, other = `${one}s`) => ({ one, other });

/** A catalog with one metric of each limit policy and round prices, so that tests can be checked by eye. */
export const smallCatalogConfig: CatalogConfig = {
  creditLabel: unit('credit'),
  currency: 'USD',
  metrics: [
    { id: 'emails', label: 'Emails', unit: unit('email') },
    { id: 'workflows', label: 'Workflow executions', unit: unit('execution') },
    { id: 'calls', label: 'API calls', unit: unit('call') },
    { id: 'exports', label: 'Exports', unit: unit('export') },
    { id: 'tokens', label: 'AI tokens', unit: unit('token'), countsFrom: 'llm_tokens' },
    { id: 'storage', label: 'Storage', unit: unit('GB', 'GB'), kind: 'gauge' },
    { id: 'clones', label: 'Clones', unit: unit('clone') },
  ],
  modelTiers: [
    { id: 'light', label: 'Light', rank: 1 },
    { id: 'frontier', label: 'Advanced Reasoning', rank: 3 },
  ],
  categories: [{ id: 'agent', label: 'Agent', tier: 'frontier' }],
  plans: [
    {
      id: 'free',
      name: 'Free',
      rank: 0,
      kind: 'free',
      monthlyCredits: '100',
      limits: [
        { metric: 'emails', included: '10', policy: 'hard' },
        { metric: 'workflows', included: '10', policy: 'soft' },
        {
          metric: 'calls',
          included: '10',
          policy: 'overage',
          beyond: 'credits',
          overageRate: { amount: '2' },
        },
        { metric: 'exports', included: null, policy: 'unlimited' },
        { metric: 'tokens', included: '1000', policy: 'observe' },
        { metric: 'storage', included: '5', policy: 'hard' },
      ],
    },
    {
      id: 'pro',
      name: 'Pro',
      rank: 1,
      kind: 'paid',
      price: { month: { amount: '20', currency: 'USD' } },
      monthlyCredits: '1000',
      overdraft: '50',
      concurrentTasksMax: 2,
      features: ['frontier_models'],
      limits: [
        { metric: 'emails', included: '1000', policy: 'hard' },
        { metric: 'workflows', included: '1000', policy: 'soft' },
      ],
    },
  ],
  models: [
    { id: 'swift-1', label: 'Swift 1', provider: 'acme', tier: 'light', prices: [{ perRequest: '1' }] },
    {
      id: 'deep-1',
      label: 'Deep 1',
      provider: 'acme',
      tier: 'frontier',
      prices: [{ perRequest: '110' }, { from: '2026-07-01T00:00:00.000Z', perRequest: '120' }],
    },
    {
      id: 'meter-1',
      label: 'Meter 1',
      provider: 'beta',
      tier: 'light',
      prices: [
        {
          input: { amount: '1', per: 1000 },
          output: { amount: '3', per: 1000 },
          cached: { amount: '0.1', per: 1000 },
        },
      ],
    },
  ],
  tools: [
    {
      id: 'search',
      label: 'Web search',
      prices: [{ amount: '2' }],
      integrations: { premium: [{ amount: '5' }] },
    },
  ],
  storage: [{ id: 'traces', label: 'Traces', unit: unit('MB', 'MB'), prices: [{ amount: '0.5' }] }],
  creditPacks: [
    { id: 'small', label: '500 credits', credits: '500', price: { amount: '5', currency: 'USD' } },
    {
      id: 'large',
      label: '5,000 credits',
      credits: '5000',
      bonus: '500',
      price: { amount: '40', currency: 'USD' },
      expiresAfterDays: { free: 365 },
    },
  ],
  links: { billing: 'https://app.example.com/billing' },
};

/** Compiles a configuration that a test knows to be right. */
export function compiled(
  config: CatalogConfig = smallCatalogConfig,
  version = 1,
  retired: Parameters<typeof compileCatalog>[2] = {},
): Catalog {
  const result = compileCatalog(config, version, retired);
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result.mistakes, null, 2));
  return result.catalog;
}
