import type { AddOn, CapacityBound, Plan, PlanLimit } from '../catalog/catalog-types.ts';
import type { SubscriptionState } from './state.ts';

// Every decision asks for it, and it changes only with the subscription, whose identity is kept while it stays the same.
const kept = new WeakMap<SubscriptionState, { readonly of: Plan; readonly plan: Plan }>();

/** The plan with what the account bought beside it: more of what is included, and capabilities that are switched on. */
export function effectivePlan(plan: Plan, subscription: SubscriptionState): Plan {
  const known = kept.get(subscription);
  if (known?.of === plan) return known.plan;
  const effective = withAddOns(plan, subscription);
  kept.set(subscription, { of: plan, plan: effective });
  return effective;
}

function withAddOns(plan: Plan, subscription: SubscriptionState): Plan {
  const held = [...plan.addOns.values()]
    .map((addOn) => ({ addOn, quantity: subscription.addOns[addOn.id]?.now ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
  if (held.length === 0) return plan;
  const limits = new Map(plan.limits);
  const capacities = new Map(plan.capacities);
  const features = new Set(plan.features);
  for (const { addOn, quantity } of held) {
    raiseLimit(limits, addOn, quantity);
    raiseCapacity(capacities, addOn, quantity);
    if (addOn.feature !== null) features.add(addOn.feature);
  }
  return { ...plan, limits, capacities, features };
}

function raiseLimit(limits: Map<string, PlanLimit>, { allowance }: AddOn, quantity: number): void {
  const limit = allowance === null ? undefined : limits.get(allowance.metric);
  if (allowance === null || limit === undefined || limit.included === null) return;
  const included = limit.included + allowance.quantity * BigInt(quantity);
  limits.set(limit.metric, { ...limit, included });
}

function raiseCapacity(capacities: Map<string, CapacityBound>, { capacity }: AddOn, quantity: number): void {
  const bound = capacity === null ? undefined : capacities.get(capacity.capacity);
  if (capacity === null || typeof bound !== 'bigint') return;
  capacities.set(capacity.capacity, bound + capacity.quantity * BigInt(quantity));
}
