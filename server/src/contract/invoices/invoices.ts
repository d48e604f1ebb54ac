import type { AccountKind } from '../accounts/account.ts';
import type { Page } from '../http/page.ts';
import type { Meter } from '../usage/usage.ts';
import type { DecimalString, Instant, Money, UnitLabel } from '../values/amount.ts';
import type { Charge } from './charges.ts';

/**
 * `draft` is the upcoming invoice; `open` waits for its payment; `past_due` was not paid at its due date; `void` is not owed
 * any more; `uncollectible` is owed and will not be asked for again.
 */
export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'past_due' | 'void' | 'uncollectible';

/** A `credit_note` takes back a part of an invoice or the whole of it; its amounts are negative. */
export type InvoiceKind = 'invoice' | 'credit_note';

/** The kind of charge of a line. The reader words it; the server sends no text. */
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
  | 'credit_pack'
  | 'tax';

/** One line. The amounts of an invoice's lines add up to its total as they are shown. */
export interface InvoiceLine {
  /** Unique within the account; `GET .../invoices/{invoiceId}/lines/{lineId}` explains it. */
  id: string;
  kind: InvoiceLineKind;
  /** The catalog's or the host's name for the charged thing, such as a plan or a metric; null where the kind tells all. */
  subject: string | null;
  /** Present where the line is of a plan or of fixed outgoing addresses, whatever kind of charge it is. */
  subjectKind?: 'plan' | 'dedicated_ips';
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
  /** In whole smallest units of the currency, such as cents; negative for credits. */
  amount: Money;
}

/** A use, and the part of it that a line bills. */
export interface InvoicedUse {
  /** `GET /v1/accounts/{id}/explain/{usageId}` explains it further. */
  usageId: string;
  at: Instant;
  /** Units that the line bills of it; negative for a use that was taken back. */
  quantity: DecimalString;
  memberId: string | null;
  /** The member's name; absent where there is no member, or no name. */
  memberName?: string;
  agentId: string | null;
  projectId: string | null;
  taskId: string | null;
  /** Null where it belongs to no task, or the caller may not see the task. */
  taskName: string | null;
}

/** Answer of `GET /v1/accounts/{id}/invoices/{invoiceId}/lines/{lineId}`: how the line's amount comes about. */
export interface ExplainedInvoiceLine {
  line: InvoiceLine;
  /** The price in English, such as `0.5 USD per 1000`, for those who read the API as it is; null without one. */
  price: string | null;
  /** The amount that the line is a share or a percentage of: the price of a whole period, or the sum that is taxed. */
  of: Money | null;
  /** The command, billing period, cycle or late use that made it billable; null for tax and balance. */
  causeId: string | null;
  /**
   * Of a line of use: the uses whose units add up to its quantity, oldest first. A page may hold fewer than asked for and have a
   * next one.
   */
  uses: Page<InvoicedUse>;
  /** False where a use was recorded by a version that did not keep what the invoice pays of it. */
  isComplete: boolean;
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
  /** Without gaps within the account's series, also where its prefix changes; null while it is a draft. */
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
  /** The sum of its credit notes, as a positive amount. */
  amountCredited: Money;
  /** 0 once it is paid or void. */
  amountDue: Money;
  /** The host's own words at the foot, such as the contract's number; null without any. */
  note: string | null;
  /** The zone that the periods are days of. */
  timeZone: string;
  /** Present where its account was erased: the document had to be kept, and names the buyer still. */
  keepsName?: true;
}

/** Answer of `GET /v1/accounts/{id}/invoices/upcoming`. */
export interface UpcomingInvoice {
  /** The next invoice so far, as if the period ended now with the present use. */
  invoice: Invoice;
  /** The projected total at the end of the period; null while there is too little use for a projection. */
  projected: ProjectedInvoice | null;
  /** The amount due of issued, unpaid invoices. */
  unpaid: UnpaidTotal | null;
  /** Each metric whose use beyond the allowance goes on the invoice, in the catalog's order. */
  costs: UsageCost[];
  asOf: Instant;
}

/** One metric in money: the use beyond its allowance, at its price. */
export interface UsageCost {
  meter: Meter;
  /** Units beyond the allowance that no invoice bills yet. */
  beyond: DecimalString;
  /** The price of `ratePer` units; null where it depends on the quantity. */
  rate: Money | null;
  /** 1, 1,000 or 1,000,000; null without a rate. */
  ratePer: number | null;
  /** The price of `beyond`, in whole smallest units of the currency. */
  amount: Money;
}

/** The upcoming invoice at the end of its period. */
export interface ProjectedInvoice {
  total: Money;
  /** The overage in it. */
  overage: Money;
  /** `daily_rate`: use goes on at the average rate of the period so far. `no_overage`: nothing of it depends on use. */
  method: 'daily_rate' | 'no_overage';
  /** When the invoice is made. */
  at: Instant;
}

/** What is open of all invoices in one currency. */
export interface UnpaidTotal {
  amountDue: Money;
  invoices: number;
  /** Whether one of them is past due. */
  isPastDue: boolean;
  /** The earliest due date; null where the server collects nothing. */
  dueAt: Instant | null;
  /** Where a person confirms a charge that needs it; null while none does. */
  actionUrl: string | null;
}

/** Answer of `POST /v1/accounts/{id}/invoices/{invoiceId}/pay`. */
export interface PayAnswer {
  invoice: Invoice;
  /** The charge that was made for it, or that was under way already. */
  charge: Charge;
}

/** Body of `POST /v1/accounts/{id}/invoices/{invoiceId}/credit-notes`, by the product team only. */
export interface CreditNoteRequest {
  /** The credited amount, with its share of the taxes; by default the whole rest of the invoice. */
  amount?: DecimalString;
  /** Why, as credit note and activity log show it. */
  reason: string;
  /**
   * Where a paid amount goes: `balance` (the default) lowers the next invoices, `refund` returns it to the payment method. An
   * unpaid amount is no longer owed.
   */
  give?: 'balance' | 'refund';
}

/** The credit note that was made, and the invoice that it corrects. */
export interface CreditNoteAnswer {
  creditNote: Invoice;
  invoice: Invoice;
}

/** Body of `POST /v1/accounts/{id}/invoice-lines`, by the product team only: what no plan sells, billed once. */
export interface CustomLineRequest {
  /** Its description, as the invoice prints it. */
  subject: string;
  /** In the catalog's currency and whole smallest parts of it; negative gives back. */
  amount: DecimalString;
  /** How many it is of; 1 by default. */
  quantity?: DecimalString;
  /** Half-open: the time that it covers, such as that of a support incident; the moment of the call by default. */
  periodStartsAt?: Instant;
  periodEndsAt?: Instant;
  /** `boundary` (the default) puts it on the next invoice, `now` on one of its own at once. */
  when?: 'now' | 'boundary';
  /** Why, as the activity log shows it. */
  reason?: string;
}

/** Where the line is billed: on `invoice`, or on the next one, which is closed at `invoicedAt`, while that is null. */
export interface CustomLineAnswer {
  /** The invoice that was made for it; null while it waits for the next one. */
  invoice: Invoice | null;
  /** When it is invoiced. */
  invoicedAt: Instant;
}

/** Body of `POST /v1/accounts/{id}/invoices/{invoiceId}/void` and `/uncollectible` and `/paid`, by the product team only. */
export interface InvoiceReason {
  /** Why, as the activity log shows it. */
  reason: string;
}

/** Answer of `GET` and `PUT /v1/accounts/{id}/billing-details`: who buys, as the next invoices name them. */
export interface BillingDetails extends InvoiceParty {}

/** Query of `GET /v1/accounts/{id}/invoices/{invoiceId}/pdf`. */
export interface InvoicePdfQuery {
  /** Of its words (BCP 47); that of `Accept-Language` by default, and English without either. */
  language?: string;
}

/** The rows that `GET /v1/accounts/{id}/invoices/export` gives as CSV. */
export interface InvoiceExportQuery {
  /** `invoices` by default. */
  rows?: 'invoices' | 'lines';
}

/** How the product team sells, in the catalog. */
export interface BillingConfig {
  seller?: {
    name: string;
    /** At most 8 lines. */
    addressLines?: string[];
    taxId?: string;
    email?: string;
  };
  /** Days from an invoice's issue to its due date, 0 to 365; 7 by default. An invoice is charged when it is issued. */
  paymentTermDays?: number;
  /** After each failed charge, days until the next one; 3, 5 and 7 by default. After the last one no more are made. */
  retryDays?: number[];
  /** Smaller totals are carried to the next invoice, in the currency; nothing by default. */
  minimumCharge?: DecimalString;
  /** Largest charge that the provider takes, in the currency; `999999.99` by default. What is more is not charged. */
  maximumCharge?: DecimalString;
  /**
   * What members may do that costs something at once, such as an upgrade, while the account has no confirmed payment method.
   * `refuse` (the default): nothing, they add one first. `invoice`: they get it at once and pay the invoice within
   * `paymentTermDays`. Your backend's own key may do both.
   */
  withoutPaymentMethod?: 'refuse' | 'invoice';
  /** Printed at an invoice's foot. */
  note?: string;
  /**
   * In front of each number; letters, digits, `-` and `/`, and no digit at its end; `INV-` by default. `{account}`, followed by `-` or `/`, stands for the account's own
   * code of 12 characters: with `INV-{account}-` no two accounts have the same number, which tax law asks of a seller. Numbers that
   * were given do not change.
   */
  numberPrefix?: string;
  /** Taxes that every invoice bears; a host with rules of its own gives the server `taxFor` instead. */
  taxes?: TaxConfig[];
}

/** A tax as a percentage of the taxed amount. */
export interface TaxConfig {
  label: string;
  /** Such as `19` or `8.875`; at most 100. */
  percent: DecimalString;
  /** Account kinds that bear it; both where it is left out. */
  accountKinds?: AccountKind[];
}
