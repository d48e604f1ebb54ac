import type { Catalog } from '../catalog/catalog-types.ts';
import { availableOf } from '../credits/wallet.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { planOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import { packOnSale } from './pack-offer.ts';
import { orderTopUp } from './purchases.ts';

/**
 * Whether a top-up is to be ordered now: it is on, its pack may be bought and charged, nothing is in flight, the balance is
 * below the threshold, and no earlier charge has answered this crossing.
 */
export function isTopUpDue(state: AccountState, catalog: Catalog, nowMs: number): boolean {
  const { autoTopUp, paymentMethod } = state.profile;
  const { topUp } = state;
  if (autoTopUp === null || !autoTopUp.enabled || paymentMethod?.confirmed !== true) return false;
  if (topUp.inFlightPurchaseId !== null || topUp.awaitsRise === true) return false;
  if (topUp.retryAtMs !== null && topUp.retryAtMs > nowMs) return false;
  if (autoTopUp.chargesPerCycleMax !== null && topUp.chargesThisCycle >= autoTopUp.chargesPerCycleMax)
    return false;
  if (availableOf(state.wallet, catalog.unit) >= autoTopUp.threshold) return false;
  return packOnSale(catalog, planOf(state, catalog), autoTopUp.packId) !== undefined;
}

/** The account once its balance has been seen: at the threshold the next crossing may buy again. */
export function withRiseSeen(state: AccountState, catalog: Catalog): AccountState {
  return hasRisen(state, catalog) ? withoutAwaiting(state) : state;
}

function hasRisen({ topUp, profile, wallet }: AccountState, catalog: Catalog): boolean {
  if (topUp.awaitsRise === undefined || profile.autoTopUp === null) return false;
  return availableOf(wallet, catalog.unit) >= profile.autoTopUp.threshold;
}

function withoutAwaiting(state: AccountState): AccountState {
  const { awaitsRise: _, ...topUp } = state.topUp;
  return { ...state, topUp };
}

/**
 * Adds the order of a top-up to a decision that leaves the balance below the threshold, also to a refusal: where nothing is
 * left every use is refused, and none but a refusal could try again what failed. The order is part of that decision's own
 * commit and marks itself as in flight there, so however many decisions cross the threshold together, in however many
 * processes, one of them orders.
 */
export function withTopUp<Outcome>(context: DecisionContext, decision: Decision<Outcome>): Decision<Outcome> {
  const { catalog, nowMs } = context;
  const state = hasRisen(context.state, catalog)
    ? withoutAwaiting(decision.state)
    : withRiseSeen(decision.state, catalog);
  const settings = state.profile.autoTopUp;
  const pack =
    settings === null || !isTopUpDue(state, catalog, nowMs)
      ? undefined
      : packOnSale(catalog, planOf(state, catalog), settings.packId);
  if (pack === undefined) return state === decision.state ? decision : { ...decision, state };
  const purchase = orderTopUp({ ...context, state }, pack);
  return {
    ...decision,
    state: { ...state, topUp: { ...state.topUp, inFlightPurchaseId: purchase.id } },
    facts: { ...decision.facts, purchases: [...decision.facts.purchases, purchase] },
  };
}
