import type { DecimalString, Instant, Money, UnitLabel } from './amount.ts';

/**
 * `draft` is the upcoming invoice; `open` waits for its payment; `past_due` was not paid at its due date; `void` is not owed
 * any more; `uncollectible` is owed and will not be asked for again.
 */
export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'past_due' | 'void' | 'uncollectible';

/** A `credit_note` takes back a part of an invoice or the whole of it; its amounts are negative. */
export type InvoiceKind = 'invoice' | 'credit_note';

/** What a line charges. The words for it are the reader's; the server sends none. */
export type InvoiceLineKind =
  | 'plan_fee'
  | 'minimum_commitment'
  | 'seats'
  | 'add_on'
  | 'dedicated_ips'
  | 'overage'
  | 'additional_use'
  | 'late_usage'
  | 'proration_charge'
  | 'proration_credit'
  | 'balance'
  | 'credit_note'
  | 'custom'
  | 'tax';

/** One line. The amounts of an invoice's lines add up to its total as they are shown. */
export interface InvoiceLine {
  /** Unique within the account, and the id that `GET /v1/accounts/{id}/explain/{entryId}` takes. */
  id: string;
  kind: InvoiceLineKind;
  /** The catalog's or the host's own name of what is charged, such as a plan's or a metric's. */
  subject: string;
  /** The metric that was used beyond its allowance; null where the line is of no metric. */
  metric: string | null;
  /** How much of it; null where the line has one amount and no number of pieces. */
  quantity: DecimalString | null;
  unit: UnitLabel | null;
  /** The price of `ratePer` units; null where the line has none. */
  rate: Money | null;
  /** 1, 1,000 or 1,000,000; null without a rate. */
  ratePer: number | null;
  /** The part of a period that a proration charges or gives back, as a fraction such as `{ part: 17, of: 31 }` days or seconds. */
  share: { part: number; of: number } | null;
  /** Half-open: what the line charges, in time. */
  periodStartsAt: Instant;
  periodEndsAt: Instant;
  /** In whole smallest units of the currency, such as cents; negative for what is given back. */
  amount: Money;
}

/** Who sells or who buys, as printed. */
export interface InvoiceParty {
  name: string;
  /** At most 8 lines. */
  addressLines: string[];
  /** Such as a VAT number, as it is to be printed. */
  taxId: string | null;
  email: string | null;
}

/** Answer of `GET /v1/accounts/{id}/invoices/{invoiceId}`, and one item of the list. */
export interface Invoice {
  id: string;
  kind: InvoiceKind;
  /** Without gaps within the account's series; null while it is a draft. */
  number: string | null;
  /** The number of the invoice that a credit note takes back from; null for an invoice. */
  correctsNumber: string | null;
  status: InvoiceStatus;
  /** ISO 4217. */
  currency: string;
  /** Half-open: the billing period that the invoice closes. */
  periodStartsAt: Instant;
  periodEndsAt: Instant;
  /** Null while it is a draft. */
  issuedAt: Instant | null;
  dueAt: Instant | null;
  paidAt: Instant | null;
  seller: InvoiceParty;
  buyer: InvoiceParty;
  lines: InvoiceLine[];
  /** The sum of the lines that are no tax. */
  subtotal: Money;
  tax: Money;
  /** `subtotal` plus `tax`. */
  total: Money;
  amountPaid: Money;
  /** 0 once it is paid or void. */
  amountDue: Money;
  /** The host's own words at the foot, such as the contract's number; null without any. */
  note: string | null;
  /** The zone that the periods are days of. */
  timeZone: string;
}
