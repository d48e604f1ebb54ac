import type { CatalogConfig, MetricConfig, PlanConfig, PlanLimitConfig } from './catalog.ts';
import type { AddOnConfig } from './plans.ts';

type LimitOf<MetricId extends string> = Omit<PlanLimitConfig, 'metric'> & { metric: MetricId };

type PlanOf<PlanId extends string, MetricId extends string> = Omit<PlanConfig, 'id' | 'limits'> & {
  id: PlanId;
  limits: LimitOf<MetricId>[];
};

type AddOnOf<PlanId extends string, MetricId extends string> = Omit<AddOnConfig, 'plans' | 'allowance'> & {
  plans?: PlanId[];
  allowance?: { metric: MetricId; quantity: string };
};

type Defined<MetricId extends string, PlanId extends string> = Omit<
  CatalogConfig,
  'metrics' | 'plans' | 'defaultPlanId' | 'addOns'
> & {
  metrics: (Omit<MetricConfig, 'id'> & { id: MetricId })[];
  plans: PlanOf<PlanId, NoInfer<MetricId>>[];
  defaultPlanId?: NoInfer<PlanId>;
  addOns?: AddOnOf<NoInfer<PlanId>, NoInfer<MetricId>>[];
};

/**
 * The same configuration, checked as it is typed: a limit or add-on of a metric that is not in `metrics`, or a plan that is not
 * in `plans`, does not compile. What else is wrong is told when the catalog is put, every mistake at once.
 *
 * @example
 * export default defineCatalog({
 *   creditLabel: { one: 'credit', other: 'credits' },
 *   currency: 'USD',
 *   metrics: [{ id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } }],
 *   plans: [{ id: 'free', name: 'Free', rank: 0, kind: 'free', limits: [{ metric: 'runs', included: '50', policy: 'hard' }] }],
 * });
 */
export function defineCatalog<const MetricId extends string, const PlanId extends string>(
  config: Defined<MetricId, PlanId>,
): CatalogConfig {
  return config;
}
