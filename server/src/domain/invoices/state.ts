import type { ChargePurpose, ChargeStatus, DisputeStatus } from '../../contract/invoices/charges.ts';
import type { InvoiceKind, InvoiceLineKind, InvoiceParty } from '../../contract/invoices/invoices.ts';
import type { PaidCommand } from '../../contract/subscription/subscription.ts';
import type { CreditUnit, UnitLabel } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';

/**
 * An account's unpaid invoices and carried balance. All invoices are kept in the history; a decision needs only the unpaid ones.
 */
export interface BillingState {
  /** Who buys, as invoices name them; null prints the account's name alone. */
  readonly buyer: InvoiceParty | null;
  /** Numbers given so far, by kind. A number is given in the decision that makes the invoice, so none is left out. */
  readonly numbered: Readonly<Record<InvoiceKind, number>>;
  /** The balance carried to the next invoice, by currency; negative in the account's favour. 0 is left out. */
  readonly carried: Readonly<Record<string, Micros>>;
  /** By metric, units beyond allowances that no line says, since they came to less than the currency's smallest part. */
  readonly unbilled: Readonly<Record<string, Micros>>;
  /** Oldest first. */
  readonly unpaid: readonly UnpaidInvoice[];
  /** A change of plan that waits for its payment. At most one. */
  readonly pendingChange: PendingChange | null;
}

/** The billing of an account without an invoice. */
export const nothingBilled: BillingState = {
  buyer: null,
  numbered: { invoice: 0, credit_note: 0 },
  carried: {},
  unbilled: {},
  unpaid: [],
  pendingChange: null,
};

/** How an invoice that is owed is being collected. */
export interface UnpaidInvoice {
  readonly id: string;
  readonly number: string;
  readonly currency: string;
  readonly amountDue: Micros;
  readonly issuedAtMs: number;
  /** Past due from this instant; null if the server does not collect. */
  readonly dueAtMs: number | null;
  /** Its due date has passed, or a charge of it has failed. */
  readonly isPastDue: boolean;
  /** Charges of it that were ordered so far. */
  readonly attempts: number;
  /** Attempts that have failed, also for want of a payment method. */
  readonly failures: number;
  /** When it is charged next by itself; null while a charge is under way, and when there are no further attempts. */
  readonly nextChargeAtMs: number | null;
  /** The charge that is under way. While there is one, no other is made. */
  readonly charge: ChargeUnderWay | null;
  /** Why the last charge failed, in words for people. */
  readonly lastFailure: string | null;
}

/** A charge that the provider has not ended yet. */
export interface ChargeUnderWay {
  readonly id: string;
  readonly status: Extract<ChargeStatus, 'ordered' | 'settling' | 'needs_action'>;
  /** Where a person confirms it, while it needs that. */
  readonly actionUrl: string | null;
}

/** A change that is charged before it is made: a charge that fails leaves everything as it was and grants nothing. */
export interface PendingChange {
  readonly chargeId: string;
  /** The requested change; once it is paid it is decided again as of the order's instant. */
  readonly change: PaidCommand;
  readonly memberId: string | null;
  readonly commandId: string;
  readonly orderedAtMs: number;
  readonly charge: ChargeUnderWay;
}

/** An invoice or credit note as it was issued. Its lines never change. */
export interface InvoiceRecord {
  readonly id: string;
  readonly accountId: string;
  readonly kind: InvoiceKind;
  readonly number: string;
  /** The invoice that a credit note takes back from. */
  readonly corrects: { readonly id: string; readonly number: string } | null;
  /** `open` is also kept of one that is past due: that follows from the account's state. */
  readonly status: 'open' | 'paid' | 'void' | 'uncollectible';
  readonly currency: string;
  readonly periodStartsAtMs: number;
  readonly periodEndsAtMs: number;
  /** When it was issued. */
  readonly createdAtMs: number;
  readonly dueAtMs: number;
  readonly paidAtMs: number | null;
  readonly seller: InvoiceParty;
  readonly buyer: InvoiceParty;
  readonly lines: readonly InvoiceLineRecord[];
  /** The sum of the lines. */
  readonly total: Micros;
  readonly amountPaid: Micros;
  /** The sum of its credit notes. */
  readonly credited: Micros;
  readonly note: string | null;
  readonly timeZone: string;
  /** Present where its account was erased and the document had to stay: it names the buyer still. */
  readonly keepsName?: true;
}

/** A line as it was billed; it never changes. */
export interface InvoiceLineRecord {
  readonly id: string;
  readonly kind: InvoiceLineKind;
  readonly subject: string;
  readonly metric: string | null;
  readonly quantity: Micros | null;
  readonly unit: UnitLabel | null;
  /** The price in words, such as `0.5 per 1,000 calls`; empty without one. */
  readonly rateText: string;
  readonly rate: Micros | null;
  readonly ratePer: number | null;
  readonly share: { readonly part: number; readonly of: number } | null;
  readonly coversFromMs: number;
  readonly coversToMs: number;
  /** In whole smallest parts of the currency. */
  readonly amount: Micros;
  /** The command, period, cycle or late use that it bills; null for tax and balance, and where it was not kept yet. */
  readonly causeId: string | null;
}

/** One attempt to move money: the order that the payment desk carries out, and what became of it. */
export interface ChargeRecord {
  readonly id: string;
  readonly accountId: string;
  readonly purpose: ChargePurpose;
  /** The invoice that it pays; of a change of plan or a purchase once that is made. */
  readonly invoiceId: string | null;
  readonly status: ChargeStatus;
  readonly amount: Micros;
  readonly refunded: Micros;
  /** The part of it that went to the account's balance, since no more was owed; null where that was not kept yet. */
  readonly surplus: Micros | null;
  readonly currency: string;
  readonly paymentMethodId: string;
  /** As the buyer's statement shows it. */
  readonly description: string;
  /** How many charges of the same invoice failed before. */
  readonly attempt: number;
  /** Whether a person waits for it and can confirm it. */
  readonly attended: boolean;
  readonly failure: string | null;
  readonly actionUrl: string | null;
  readonly refunds: readonly RefundRecord[];
  /** Oldest first; absent for none. */
  readonly disputes?: readonly DisputeRecord[];
  /** When it was ordered. */
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A charge that its payer has disputed at the bank. */
export interface DisputeRecord {
  /** The payment provider's. */
  readonly id: string;
  /** In the charge's currency, at most what it took. */
  readonly amount: Micros;
  readonly status: DisputeStatus;
  /** The provider's word for it; null for none. */
  readonly reason: string | null;
  readonly openedAtMs: number;
  /** When it was won or lost; null before. */
  readonly endedAtMs: number | null;
}

/** A refund of a charge by the provider. */
export interface RefundRecord {
  readonly id: string;
  readonly amount: Micros;
  readonly status: 'ordered' | 'succeeded' | 'failed';
  readonly reason: string;
  /** Of a purchase: the credits that are taken back once the money is; absent for none. */
  readonly credits?: {
    readonly grantId: string;
    readonly unit: CreditUnit;
    readonly amount: Micros;
    /** Whether those that were spent are owed. */
    readonly owesSpent: boolean;
  };
  /**
   * Present where the money comes off what it paid once it is given back: off the invoice by a credit note, and off the balance. Absent
   * where a credit note has ordered the refund.
   */
  readonly makesCreditNote?: true;
  /** Present where a credit note has ordered it: what is not given back is the account's. */
  readonly isNoted?: true;
  /** The lost dispute by which the money went back; absent of a refund. */
  readonly disputeId?: string;
  /** What of it came off the balance, since the invoice does not have it; absent for nothing. */
  readonly fromBalance?: Micros;
  readonly createdAtMs: number;
}
