import type { AddOn, CapacityBound, Catalog, Plan, PlanLimit } from '../../catalog/catalog-types.ts';
import { contractedPlan } from '../../catalog/contract.ts';
import type { SubscriptionState } from '../state.ts';

// Every decision asks for it, and it changes only with the subscription, whose identity is kept while it stays the same.
const kept = new WeakMap<SubscriptionState, { readonly of: Plan; readonly plan: Plan }>();
/** The one asked for last, since one decision asks a dozen times. */
let latest: { readonly subscription: SubscriptionState; readonly of: Plan; readonly plan: Plan } | undefined;

/** The plan with the contract's terms and the account's purchases: larger allowances, and enabled capabilities. */
export function effectivePlan(plan: Plan, subscription: SubscriptionState, catalog: Catalog): Plan {
  if (latest?.subscription === subscription && latest.of === plan) return latest.plan;
  const known = kept.get(subscription);
  if (known?.of === plan) {
    latest = { ...known, subscription };
    return known.plan;
  }
  const { contract } = subscription;
  const agreed = contract === null ? plan : contractedPlan(plan, contract.terms, catalog).plan;
  const effective = withSeatWindows(withAddOns(agreed, subscription), subscription);
  kept.set(subscription, { of: plan, plan: effective });
  return effective;
}

/** Resolves windows with a limit per seat: multiplied by the seats, or by the taken seats if seats have no bound. */
function withSeatWindows(plan: Plan, { seats, seatsTaken }: SubscriptionState): Plan {
  if (plan.windows.every(({ perSeat }) => perSeat === null)) return plan;
  const windows = plan.windows.map((window) => {
    if (window.perSeat === null) return window;
    const included = plan.seats.get(window.perSeat)?.included ?? null;
    const count =
      included === null ? (seatsTaken[window.perSeat] ?? 0) : included + (seats[window.perSeat]?.now ?? 0);
    return { ...window, limit: window.limit * BigInt(Math.max(count, 1)) };
  });
  return { ...plan, windows };
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
