import type { Micros, PaymentMethod } from '../domain/state.ts';

/** One charge. Its id is the purchase's, so that the same order is never charged twice. */
export interface ChargeOrder {
  readonly id: string;
  readonly accountId: string;
  /** In millionths of the currency's unit. */
  readonly amount: Micros;
  /** ISO 4217. */
  readonly currency: string;
  readonly paymentMethodId: string;
  /** Whether nobody is there to confirm it, as with auto top-up. */
  readonly unattended: boolean;
  /** As the buyer's statement shows it. */
  readonly description: string;
}

/** What became of a charge. */
export type ChargeResult =
  | { readonly outcome: 'succeeded' }
  | { readonly outcome: 'needs_action'; readonly actionUrl: string }
  | { readonly outcome: 'failed'; readonly message: string };

/** Who enters a payment method, and where they come back to. */
export interface SessionOrder {
  readonly accountId: string;
  readonly memberId: string | null;
  readonly returnUrl: string;
  readonly nowMs: number;
}

/** A payment method that a person has entered and the provider has confirmed. */
export interface EnteredMethod {
  readonly accountId: string;
  readonly memberId: string | null;
  readonly paymentMethod: PaymentMethod;
}

/** What a provider's own page or notification reports back; the app turns it into a command. */
export type PaymentReport =
  | { readonly kind: 'method_entered'; readonly entered: EnteredMethod }
  | {
      readonly kind: 'charge_ended';
      readonly accountId: string;
      readonly purchaseId: string;
      readonly result: ChargeResult;
    };

/** How the app learns what a provider reports; it resolves once that is durable. */
export type ReportPayment = (report: PaymentReport) => Promise<void>;

/**
 * Where money is moved. Credits are granted only on `succeeded`.
 *
 * A charge is idempotent by its order's id: asked again, after a crash or from another process, it answers what became
 * of the first and charges nothing. It throws only where it does not know, and may then be asked again.
 */
export interface PaymentProvider {
  charge(order: ChargeOrder): Promise<ChargeResult>;
  /** A page, the provider's own, on which a person enters a payment method. */
  startSession(order: SessionOrder): Promise<{ readonly url: string; readonly expiresAtMs: number }>;
  /** Requests under `/v1/payments/`: the provider's pages and notifications. Null where the address is none of its. */
  handle(request: Request, report: ReportPayment, nowMs: number): Promise<Response | null>;
}
