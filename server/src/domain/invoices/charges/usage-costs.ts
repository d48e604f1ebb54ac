import type { Micros } from '../../amounts/amounts.ts';
import type { Catalog, Metric, Rate } from '../../catalog/catalog-types.ts';
import { planOf } from '../../limits/limits.ts';
import { policies } from '../../limits/policies.ts';
import type { AccountState } from '../../state.ts';
import { invoicePrice, invoiceRate } from '../../subscription/billing/usage-facts.ts';

/** One metric's use beyond its allowance, in money. */
export interface UsageCostFigures {
  readonly metric: Metric;
  readonly beyond: Micros;
  /** Null where it depends on the quantity. */
  readonly rate: Rate | null;
  readonly amount: Micros;
}

/** Each metric whose use beyond the allowance goes on the invoice, with the amount that no line bills yet, in the catalog's order. */
export function usageCosts(state: AccountState, catalog: Catalog): UsageCostFigures[] {
  const { limits } = planOf(state, catalog);
  return [...catalog.metrics.values()].flatMap((metric) => {
    const limit = limits.get(metric.id);
    if (limit === undefined || limit.included === null || !policies[limit.policy].chargesBeyond) return [];
    if (limit.beyond !== 'invoice' && limit.beyond !== 'credits_then_invoice') return [];
    const beyond = state.usage.invoiced[metric.id] ?? 0n;
    return {
      metric,
      beyond,
      rate: limit.overageTiers === null ? invoiceRate(limit) : null,
      amount: invoicePrice(limit, beyond, catalog.currency),
    };
  });
}
