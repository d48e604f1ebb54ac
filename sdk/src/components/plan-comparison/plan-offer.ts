import type { CatalogView, PlanView, ShownUnit, Subscription } from '@usagekit/server/contract';
import type { Resource } from '../../hooks/base/resource.ts';

/** All plans, and the account's own. */
export interface PlanOffer {
  /** Plans that are sold, from the lowest rank on. */
  plans: PlanView[];
  /** What the product calls its credits. */
  creditLabel?: ShownUnit | undefined;
  /** What the account has now. */
  subscription: Subscription;
}

/** The offer that catalog and subscription amount to, once both are known. */
export function planOffer(catalog: Resource<CatalogView>, plan: Resource<Subscription>): Resource<PlanOffer> {
  const parts = [catalog, plan];
  const of = (status: Resource<PlanOffer>['status']) => parts.find((part) => part.status === status);
  const failed = of('not_permitted') ?? of('error');
  const shared = {
    error: failed?.error ?? of('stale')?.error,
    refresh: async () => {
      await Promise.all(parts.map((part) => part.refresh()));
    },
  };
  const { data: sold } = catalog;
  const { data: subscription } = plan;
  if (failed || !sold || !subscription) {
    return { ...shared, status: failed?.status ?? 'loading', data: undefined, asOf: undefined };
  }
  const { plans, creditLabel } = sold;
  return {
    ...shared,
    status: of('stale') ? 'stale' : plans.length === 0 ? 'empty' : 'ready',
    data: { plans, creditLabel, subscription },
    asOf: subscription.asOf,
  };
}
