import { availableOf } from '../credits/wallet.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import type { AccountState } from '../state.ts';
import { orderTopUp } from './purchases.ts';

/** Whether a top-up is to be ordered now: it is on, can be charged, nothing is in flight, and the balance is below the threshold. */
export function isTopUpDue(state: AccountState, unit: string, nowMs: number): boolean {
  const { autoTopUp, paymentMethod } = state.profile;
  const { topUp } = state;
  if (autoTopUp === null || !autoTopUp.enabled || paymentMethod?.confirmed !== true) return false;
  if (topUp.inFlightPurchaseId !== null) return false;
  if (topUp.retryAtMs !== null && topUp.retryAtMs > nowMs) return false;
  if (autoTopUp.chargesPerCycleMax !== null && topUp.chargesThisCycle >= autoTopUp.chargesPerCycleMax)
    return false;
  return availableOf(state.wallet, unit) < autoTopUp.threshold;
}

/**
 * Adds the order of a top-up to a decision that leaves the balance below the threshold, be it a refusal: where nothing is
 * left every use is refused, and none but a refusal could try again what failed. The order is part of that decision's own
 * commit and marks itself as in flight there, so however many decisions cross the threshold together, in however many
 * processes, one of them orders.
 */
export function withTopUp<Outcome>(context: DecisionContext, decision: Decision<Outcome>): Decision<Outcome> {
  const { state } = decision;
  const settings = state.profile.autoTopUp;
  if (settings === null || !isTopUpDue(state, context.catalog.unit, context.nowMs)) return decision;
  // A pack that has left the catalog can no longer be bought; the settings' view says so.
  if (!context.catalog.creditPacks.has(settings.packId)) return decision;
  const purchase = orderTopUp({ ...context, state }, settings.packId);
  return {
    ...decision,
    state: { ...state, topUp: { ...state.topUp, inFlightPurchaseId: purchase.id } },
    facts: { ...decision.facts, purchases: [...decision.facts.purchases, purchase] },
  };
}
