import type { DecimalString, Instant, Money } from '../values/amount.ts';

/**
 * `ordered` until the payment provider has answered; `settling` is a bank debit that was taken and may still come back;
 * `needs_action` waits for a person who confirms it.
 */
export type ChargeStatus = 'ordered' | 'settling' | 'needs_action' | 'succeeded' | 'failed';

/** The purpose of a charge: an invoice, an upgrade or more of something before it takes effect, or a credit pack. */
export type ChargePurpose = 'invoice' | 'plan_change' | 'quantity_change' | 'purchase';

/**
 * `inquiry`: the bank asks, and has taken nothing yet; `open`: it has taken the money back until it is decided; `won`: the seller keeps the
 * money; `lost`: the payer has it.
 */
export type DisputeStatus = 'inquiry' | 'open' | 'won' | 'lost';

/** A charge that its payer has disputed at the bank. */
export interface ChargeDispute {
  status: DisputeStatus;
  amount: Money;
  openedAt: Instant;
  /** When it was won or lost; null before. */
  endedAt: Instant | null;
}

/** One attempt to take money, newest first in `GET /v1/accounts/{id}/charges`. */
export interface Charge {
  id: string;
  purpose: ChargePurpose;
  /** The invoice that it pays; null while the change or the purchase that it pays is not made. */
  invoiceId: string | null;
  status: ChargeStatus;
  amount: Money;
  /** What went back to the payer, by refunds and lost disputes. */
  refunded: Money;
  /** Oldest first; left out for none. */
  disputes?: ChargeDispute[];
  /** As the buyer's statement shows it. */
  description: string;
  /** The number of the invoice, or the name of the plan or the pack, that `purpose` speaks of; its id once the catalog has it no more. */
  subject: string;
  /** Why it failed, in the payment provider's words. */
  failure: string | null;
  /** Where a person confirms it, while it needs that. */
  actionUrl: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

/** Body of `POST /v1/accounts/{id}/charges/{chargeId}/refunds`, by the product team only. */
export interface RefundRequest {
  /** By default the whole rest of the charge. */
  amount?: DecimalString;
  /**
   * Of a charge that bought credits: what becomes of the same share of them. `take_back` takes what is left of them and makes a
   * debt of what was spent; `take_back_unspent` makes no debt; `keep` leaves all of them. `take_back` by default.
   */
  credits?: 'take_back' | 'take_back_unspent' | 'keep';
  /** Why, as the activity log shows it. */
  reason: string;
}

/** Body of `POST /v1/accounts/{id}/portal/session`. */
export interface PortalSessionRequest {
  /** Where the person comes back to; an address of the host's. */
  returnUrl: string;
}

/** The provider's own page of charges and methods. */
export interface PortalSession {
  url: string;
  expiresAt: Instant;
}
