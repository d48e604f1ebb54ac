import type {
  CreditUnit,
  DecimalString,
  ExpectedTotal,
  Instant,
  Money,
  NamedTax,
  ShownUnit,
} from '../values/amount.ts';

/** How a purchase stands. `needs_action` waits for the person at the payment provider. */
export type PurchaseStatus = 'ordered' | 'needs_action' | 'succeeded' | 'failed';

/** One purchase of credits. While it is not `succeeded` nothing of it can be spent. */
export interface Purchase {
  id: string;
  packId: string;
  /** Bought by a person, or by auto top-up. */
  source: 'purchase' | 'top_up';
  status: PurchaseStatus;
  credits: DecimalString;
  bonus: DecimalString;
  unit: CreditUnit;
  /** Before tax. */
  price: Money;
  /** As the order fixed them. */
  taxes: NamedTax[];
  /** `price` plus `taxes`: what is charged. */
  total: Money;
  /** Its invoice once it is paid; null before, and for one that costs nothing or was paid before purchases had invoices. */
  invoiceId: string | null;
  /** Why it failed, in words for people. */
  failure: string | null;
  /** Where a person confirms it, while it needs that. */
  actionUrl: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

/** Body of `POST /v1/accounts/{id}/credit-packs/{packId}/purchase`; it can be left out. */
export interface PurchaseRequest extends ExpectedTotal {}

/** Answer of `POST /v1/accounts/{id}/credit-packs/{packId}/purchase`. */
export interface PurchaseAnswer {
  purchase: Purchase;
  available: DecimalString;
}

/** Body of `POST /v1/accounts/{id}/adjustments`, by the product team only. */
export interface AdjustmentRequest {
  /** Signed and not 0. What the balance does not cover of a negative one becomes a debt. */
  amount: DecimalString;
  unit?: CreditUnit;
  /** Adjusts this live grant alone; of a negative amount no more than remains of it. */
  grantId?: string;
  /** Why, as ledger and activity log show it. */
  reason: string;
}

/** The balance after an adjustment. */
export interface AdjustmentAnswer {
  available: DecimalString;
  debt: DecimalString;
}

/** Body of `PUT /v1/accounts/{id}/auto-top-up`. `expectedTotal` is of one charge; later charges are at the price of their own day. */
export interface AutoTopUpInput extends ExpectedTotal {
  enabled: boolean;
  /** Bought when Available falls below it, once for each time it falls; at most what one charge buys. */
  threshold: DecimalString;
  /** The pack that is bought each time. */
  packId: string;
  /** 1 to 100; null without a cap, by default. */
  chargesPerCycleMax?: number | null;
}

/**
 * `ready` waits for the threshold; `pending` has a charge in flight; `failed` tries again at `retryAt`; `capped` waits for the
 * next cycle; `waiting` has bought and the balance is below the threshold all the same: it buys again once the balance has
 * been at the threshold and falls below it; `not_sold` buys nothing, since plan or catalog no longer sell the pack.
 */
export type AutoTopUpStatus =
  | 'off'
  | 'ready'
  | 'pending'
  | 'failed'
  | 'capped'
  | 'waiting'
  | 'not_sold'
  | 'no_payment_method';

/** Answer of `GET` and `PUT /v1/accounts/{id}/auto-top-up`. */
export interface AutoTopUp {
  status: AutoTopUpStatus;
  enabled: boolean;
  /** The unit of `threshold`, `credits` and `creditsThisCycle`. */
  unit: ShownUnit;
  threshold: DecimalString | null;
  packId: string | null;
  /** The credits of one charge, including the bonus. */
  credits: DecimalString | null;
  /** Of one charge, before tax. */
  price: Money | null;
  /** `price` with the taxes that a charge would bear now. */
  total: Money | null;
  chargesPerCycleMax: number | null;
  chargesThisCycle: number;
  creditsThisCycle: DecimalString;
  /** The last error, in words for people. */
  failure: string | null;
  retryAt: Instant | null;
  /** The account's zone. */
  timeZone?: string;
  /** When it was read, by the account's clock. */
  asOf?: Instant;
  paymentMethod: PaymentMethodView | null;
}

/** A payment method as members may see it. */
export interface PaymentMethodView {
  kind: 'card' | 'bank_account';
  brand: string;
  lastFour: string;
  confirmed: boolean;
}

/** Answer of `GET /v1/accounts/{id}/payment-method`, for everyone who may read the charges. */
export interface PaymentMethodAnswer {
  /** Null where the account has none. */
  paymentMethod: PaymentMethodView | null;
  /** Whether the caller may replace it. */
  canManage: boolean;
  /** When it was read, by the account's clock. */
  asOf?: Instant;
  /** The account's zone. */
  timeZone?: string;
}

/** Body of `POST /v1/accounts/{id}/payment-method/session`. */
export interface PaymentSessionRequest {
  /** Where the person comes back to; an address of the host's. */
  returnUrl: string;
}

/** Where the person enters a payment method; the provider's own page. */
export interface PaymentSession {
  url: string;
  expiresAt: Instant;
}
