import type { PaymentMethod } from '../domain/accounts/state.ts';
import type { Micros } from '../domain/amounts/amounts.ts';

/** One charge. Its id is the purchase's or the invoice attempt's, so that the same order is never charged twice. */
export interface ChargeOrder {
  /** The charge, by an id that stays the same when it is tried again. */
  readonly id: string;
  /** The account that pays. */
  readonly accountId: string;
  /** In millionths of the currency's unit. */
  readonly amount: Micros;
  /** ISO 4217. */
  readonly currency: string;
  /** The payment method, by the id that the provider gave it. */
  readonly paymentMethodId: string;
  /** Whether nobody is there to confirm it, as with auto top-up or a renewal. */
  readonly unattended: boolean;
  /** As the buyer's statement shows it. */
  readonly description: string;
  /** How many charges for the same debt have failed before. */
  readonly attempt: number;
  /** When it was ordered: a provider forgets keys after a while, and looks before it charges then. */
  readonly orderedAtMs: number;
  /** By the clock that `orderedAtMs` is of. */
  readonly nowMs: number;
}

/**
 * The outcome of a charge. `settling` is a bank debit that was taken and may still come back: it is neither paid nor failed,
 * and nothing is charged again meanwhile.
 */
export type ChargeResult =
  | { readonly outcome: 'succeeded' }
  | { readonly outcome: 'settling' }
  | { readonly outcome: 'needs_action'; readonly actionUrl: string }
  | { readonly outcome: 'failed'; readonly message: string };

/** What became of a charge whose page was to end: it takes nothing any more, or it stands as the provider has it by now. */
export type WithdrawResult = { readonly outcome: 'withdrawn' } | ChargeResult;

/** Gives back a part of a charge, or the whole of it. Its id is the refund's own. */
export interface RefundOrder {
  /** The refund, by an id that stays the same when it is tried again. */
  readonly id: string;
  /** The account that gets it back. */
  readonly accountId: string;
  /** The id of the charge's order. */
  readonly chargeId: string;
  /** The payment method that paid. */
  readonly paymentMethodId: string;
  /** In millionths of the currency. */
  readonly amount: Micros;
  /** ISO 4217, in capitals. */
  readonly currency: string;
}

/** What became of a refund. */
export type RefundResult =
  | { readonly outcome: 'succeeded' }
  | { readonly outcome: 'failed'; readonly message: string };

/** Who enters a payment method, and where they come back to. */
export interface SessionOrder {
  /** The account that pays. */
  readonly accountId: string;
  /** The member who asks; null where the host does. */
  readonly memberId: string | null;
  /** Where the page leads back to. */
  readonly returnUrl: string;
  /** The method that the new one takes the place of; null for the first. */
  readonly paymentMethodId: string | null;
  /** ISO 4217, of what will be charged. */
  readonly currency: string;
  /** The present time. */
  readonly nowMs: number;
}

/** Who looks at the provider's own record of charges and methods. */
export interface PortalOrder {
  /** The account that pays. */
  readonly accountId: string;
  /** The payment method, by the id that the provider gave it. */
  readonly paymentMethodId: string;
  /** Where the page leads back to. */
  readonly returnUrl: string;
  /** The present time. */
  readonly nowMs: number;
}

/** A page of the provider that a person is sent to. */
export interface ProviderPage {
  /** The page that the person is sent to. */
  readonly url: string;
  /** When the page stops taking anything. */
  readonly expiresAtMs: number;
}

/** A payment method that a person has entered and the provider has confirmed. */
export interface EnteredMethod {
  readonly accountId: string;
  readonly memberId: string | null;
  readonly paymentMethod: PaymentMethod;
}

/** A refund of a charge as the provider has it. */
export interface ProviderRefund {
  /** The provider's id. */
  readonly id: string;
  /** The id of the refund's order; null where it was made on the provider's own pages. */
  readonly orderId: string | null;
  /** In millionths of the charge's currency. */
  readonly amount: Micros;
  /** False where it failed, or the bank has sent the money back. */
  readonly isGiven: boolean;
}

/** A dispute of a charge as the provider has it. */
export interface ProviderDispute {
  /** The provider's id. */
  readonly id: string;
  /** In millionths of the charge's currency. */
  readonly amount: Micros;
  /** `inquiry`: the bank asks and has taken nothing; `open`: it has taken the money until it is decided. */
  readonly status: 'inquiry' | 'open' | 'won' | 'lost';
  /** The provider's word for it; null for none. */
  readonly reason: string | null;
  readonly openedAtMs: number;
}

/** The report of a provider's own page or notification; the app turns it into a command. */
export type PaymentReport =
  | { readonly kind: 'method_entered'; readonly entered: EnteredMethod }
  | { readonly kind: 'method_removed'; readonly accountId: string; readonly paymentMethodId: string }
  | {
      readonly kind: 'charge_ended';
      readonly accountId: string;
      readonly purchaseId: string;
      readonly result: ChargeResult;
    }
  | {
      /** What was given back of a charge, or is disputed, as it stands now: it may be told twice and in any order. */
      readonly kind: 'money_returned';
      readonly accountId: string;
      readonly chargeId: string;
      readonly refunds: readonly ProviderRefund[];
      readonly disputes: readonly ProviderDispute[];
    };

/** How the app learns what a provider reports; it resolves once that is durable. */
export type ReportPayment = (report: PaymentReport) => Promise<void>;

/** A charge as the provider has it, to be held against what the ledger and the invoices say. */
export interface ProviderCharge {
  /** The id of the charge's order. */
  readonly id: string;
  /** The account that paid. */
  readonly accountId: string;
  /** In millionths of the currency. */
  readonly amount: Micros;
  /** How much of it went back, in millionths of the currency. */
  readonly refunded: Micros;
  /** ISO 4217, in capitals. */
  readonly currency: string;
  /** How it stands with the provider. */
  readonly status: 'succeeded' | 'settling' | 'failed' | 'needs_action';
  /** When it was made, by the clock of the provider. */
  readonly createdAtMs: number;
}

/**
 * Where money is moved. Credits are granted only on `succeeded`.
 *
 * A charge is idempotent by its order's id: asked again, after a crash or from another process, it answers what became
 * of the first and charges nothing. It throws only where it does not know, and may then be asked again. A refund is
 * idempotent by its own id in the same way.
 */
export interface PaymentProvider {
  /** Takes money. It may be asked again for the same id and then gives the same result. */
  charge(order: ChargeOrder): Promise<ChargeResult>;
  /**
   * Ends the page on which a charge waits to be confirmed, so that nobody can pay there any more. Where it was paid meanwhile, that is the
   * result. It may be asked again.
   */
  withdraw(order: Pick<ChargeOrder, 'id' | 'paymentMethodId'>): Promise<WithdrawResult>;
  /** Gives money back. It may be asked again for the same id and then gives the same result. */
  refund(order: RefundOrder): Promise<RefundResult>;
  /** A page, the provider's own, on which a person enters a payment method. */
  startSession(order: SessionOrder): Promise<ProviderPage>;
  /** The provider's own page of charges and methods; null where it has none. */
  openPortal(order: PortalOrder): Promise<ProviderPage | null>;
  /** Every charge of the half-open span, in any order; null where the provider keeps none. */
  listCharges(fromMs: number, toMs: number): AsyncIterable<ProviderCharge> | null;
  /** The charges of one order, whenever they were made; null where the provider keeps none. */
  findCharges(order: Pick<ChargeOrder, 'id' | 'paymentMethodId'>): Promise<readonly ProviderCharge[]> | null;
  /**
   * Requests under `/v1/payments/`: the provider's pages and notifications. Null where the address is none of its.
   *
   * @param returnUrl the host's billing page, for pages that know no other to lead back to; null where the catalog gives no whole address
   */
  handle(
    request: Request,
    report: ReportPayment,
    nowMs: number,
    returnUrl?: string | null,
  ): Promise<Response | null>;
}
