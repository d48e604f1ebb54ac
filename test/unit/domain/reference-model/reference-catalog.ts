import type { CatalogConfig, PlanWindowConfig } from '@usagekit/server/contract';
import { smallCatalogConfig } from '../../../support/small-catalog.ts';

const windows: PlanWindowConfig[] = [
  { id: 'session', label: 'Session', metric: 'runs', kind: 'first_use', minutes: 300, limit: '5' },
  { id: 'day', label: 'Day', metric: 'runs', kind: 'day', limit: '7' },
  { id: 'lately', label: 'Last 10 hours', metric: 'runs', kind: 'rolling', minutes: 600, limit: '6' },
  { id: 'spend', label: 'Spend', metric: 'credits', kind: 'rolling', minutes: 1_440, limit: '90' },
  { id: 'mine', label: 'Mine', metric: 'runs', of: 'member', kind: 'first_use', minutes: 300, limit: '3' },
  { id: 'my-week', label: 'My week', metric: 'credits', of: 'member', kind: 'week', limit: '30' },
];

/** The small catalog with a metric of its own that only windows limit: what the reference model knows by heart. */
export const referenceCatalogConfig: CatalogConfig = {
  ...smallCatalogConfig,
  metrics: [
    ...smallCatalogConfig.metrics,
    { id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } },
  ],
  plans: smallCatalogConfig.plans.map((plan) => (plan.id === 'free' ? { ...plan, windows } : plan)),
};
