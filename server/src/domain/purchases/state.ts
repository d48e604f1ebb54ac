import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';

/** When a pack is bought by itself, which one, and how often in a cycle. */
export interface AutoTopUpSettings {
  readonly enabled: boolean;
  /** Credits are bought when the available amount falls below this, in the catalog's unit. */
  readonly threshold: Micros;
  /** The pack that is bought. */
  readonly packId: string;
  /** Charges a cycle at most; null without a cap. */
  readonly chargesPerCycleMax: number | null;
}

/** How auto top-up stands. At most one charge is in flight. */
export interface TopUpProgress {
  readonly inFlightPurchaseId: string | null;
  /** Charges that succeeded in the present cycle. */
  readonly chargesThisCycle: number;
  /** The bought credits, including the bonus. */
  readonly creditsThisCycle: Micros;
  /** Charges that failed since the last one that succeeded. */
  readonly failures: number;
  /** After a failure nothing is tried before it; null where nothing has failed. */
  readonly retryAtMs: number | null;
  /** Why the last charge failed, in words for people. */
  readonly lastFailure: string | null;
  /** Present after a charge until the balance has been at the threshold: one crossing buys once. */
  readonly awaitsRise?: true;
}

/** Nothing was bought by itself yet. */
export const idleTopUp: TopUpProgress = {
  inFlightPurchaseId: null,
  chargesThisCycle: 0,
  creditsThisCycle: 0n,
  failures: 0,
  retryAtMs: null,
  lastFailure: null,
};

/** A tax on a purchase, as its order fixed it. */
export interface PurchaseTax {
  readonly label: string;
  readonly amount: Micros;
}

/** One purchase of credits, from its order to its end. */
export interface PurchaseRecord {
  readonly id: string;
  readonly accountId: string;
  readonly packId: string;
  readonly source: 'purchase' | 'top_up';
  /** `ordered` until the payment provider has answered; `needs_action` until a person has confirmed it there. */
  readonly status: 'ordered' | 'needs_action' | 'succeeded' | 'failed';
  readonly credits: Micros;
  readonly bonus: Micros;
  readonly unit: CreditUnit;
  /** In millionths of the currency's unit, before tax. */
  readonly price: Micros;
  /** None of a purchase that was ordered before packs were taxed. */
  readonly taxes: readonly PurchaseTax[];
  readonly currency: string;
  readonly paymentMethodId: string;
  /** Its invoice once it is paid; null before, and where it has none. */
  readonly invoiceId: string | null;
  /** Why it failed, in words for people. */
  readonly failure: string | null;
  /** Where a person confirms it, while it needs that. */
  readonly actionUrl: string | null;
  readonly memberId: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
