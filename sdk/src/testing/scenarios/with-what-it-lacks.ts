import type {
  CatalogConfig,
  LimitPolicy,
  MetricKind,
  PlanConfig,
  PlanLimitConfig,
} from '@usagekit/server/contract';
import { type LimitShape, limitsOf, usualPlan } from './catalog-shape.ts';
import type { ScenarioPlan } from './scenario.ts';

/** Changes the plan of a usual customer. */
export function changeUsualPlan(plan: ScenarioPlan, change: (usual: PlanConfig) => PlanConfig): void {
  plan.changeCatalog((catalog) => {
    const { id } = usualPlan(catalog);
    return { ...catalog, plans: catalog.plans.map((each) => (each.id === id ? change(each) : each)) };
  });
}

/** Which limit a state needs. */
export interface LimitWanted {
  policy?: LimitPolicy;
  kind?: MetricKind;
}

/**
 * The first such limit of the usual plan that includes something; where there is none, the catalog's last counter becomes one, so
 * that the state can be reached on any catalog.
 */
export function limitSuchThat(
  plan: ScenarioPlan,
  { policy: wanted, kind: wantedKind }: LimitWanted,
  otherwise: Omit<PlanLimitConfig, 'metric'>,
): LimitShape {
  const includes = otherwise.included !== null;
  const find = () =>
    limitsOf(plan.catalog, usualPlan(plan.catalog)).find(
      ({ policy, kind, included }) =>
        (wanted === undefined || policy === wanted) &&
        (wantedKind === undefined || kind === wantedKind) &&
        (!includes || included > 0n),
    );
  const found = find();
  if (found !== undefined) return found;
  const counters = limitsOf(plan.catalog, usualPlan(plan.catalog)).filter(({ kind }) => kind === 'counter');
  const metric = counters.at(-1)?.metric ?? 'further_requests';
  plan.changeCatalog((catalog) => withMetric(catalog, metric));
  changeUsualPlan(plan, (usual) => ({
    ...usual,
    limits: [
      ...usual.limits.filter((limit) => limit.metric !== metric),
      {
        metric,
        ...otherwise,
      },
    ],
  }));
  const made = find();
  if (made === undefined) throw new Error('The limit that was added is not such a one.');
  return made;
}

function withMetric(catalog: CatalogConfig, id: string): CatalogConfig {
  if (catalog.metrics.some((metric) => metric.id === id)) return catalog;
  const label = 'Further requests';
  return {
    ...catalog,
    metrics: [...catalog.metrics, { id, label, unit: { one: 'request', other: 'requests' } }],
  };
}

/** Invoices are collected: due at once, with further attempts after days. */
export function collecting(plan: ScenarioPlan): void {
  if (plan.catalog.billing?.retryDays !== undefined) return;
  plan.changeCatalog((catalog) => ({
    ...catalog,
    billing: { ...catalog.billing, paymentTermDays: 0, retryDays: [3, 5, 7] },
  }));
}

/** Everything is paused when a trial ends or a payment has failed for good. */
export function pausing(plan: ScenarioPlan, when: 'trial_over' | 'retries_exhausted'): void {
  if (plan.catalog.pauses?.some((rule) => rule.when === when)) return;
  plan.changeCatalog((catalog) => ({
    ...catalog,
    pauses: [...(catalog.pauses ?? []), { when, what: 'all' }],
  }));
}
