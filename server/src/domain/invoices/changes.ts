import type { InvoiceParty } from '../../contract/invoices/invoices.ts';
import { activityOf } from '../activity/activity.ts';
import { formatAmount, lesserOf, type Micros } from '../amounts/amounts.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { deriveId } from '../ids/derived-id.ts';
import { decidePurchaseRefund } from '../purchases/refund-purchase.ts';
import type { PurchaseRecord } from '../purchases/state.ts';
import { decideRefund, type RefundCommand, refundableOf, requireOwed } from './charges/charges.ts';
import { withStanding } from './collect.ts';
import { issueCreditNote } from './credit-note.ts';
import { payInvoice, withBalance } from './paid-invoice.ts';
import { invoiceActivity } from './parties.ts';
import type { ChargeRecord, InvoiceRecord } from './state.ts';
import { assertWholeParts } from './whole-parts.ts';

/** How an invoice stops being asked for. */
export interface CloseInvoice {
  /** `void`: it is not owed. `uncollectible`: it is, and is given up. `paid`: it was paid outside of the server. */
  readonly as: 'void' | 'uncollectible' | 'paid';
  readonly reason: string;
}

/**
 * Closes an invoice that is owed. What it took from the balance goes back with a void, since the invoice does not stand.
 * @throws DomainError `conflict` where it is not owed, or while a charge of it is under way.
 */
export function decideCloseInvoice(
  context: DecisionContext,
  invoice: InvoiceRecord,
  { as, reason }: CloseInvoice,
): Decision<InvoiceRecord> {
  const { state, catalog, nowMs } = context;
  const unpaid = requireOwed(state, invoice);
  if (unpaid.charge?.status === 'ordered' || unpaid.charge?.status === 'settling')
    throw new DomainError(
      'conflict',
      'A charge of the invoice is under way',
      '',
      'the same once it has ended',
    );
  if (as === 'paid') {
    const paid = payInvoice(context, invoice, unpaid.amountDue, { reason });
    return {
      outcome: paid.invoice,
      state: paid.state,
      facts: { ...noFacts, invoices: [paid.invoice], activity: [...paid.activity] },
    };
  }
  const closed: InvoiceRecord = { ...invoice, status: as };
  const others = state.billing.unpaid.filter(({ id }) => id !== invoice.id);
  const without = withStanding({ ...state, billing: { ...state.billing, unpaid: others } }, catalog);
  const back = as === 'void' ? balanceUsed(invoice) - invoice.amountPaid : 0n;
  return {
    outcome: closed,
    state: withBalance(without, invoice.currency, back),
    facts: { ...noFacts, invoices: [closed], activity: [invoiceActivity(closed, as, nowMs, { reason })] },
  };
}

/** The balance used by an invoice: negative, or a carried amount that is owed again. */
function balanceUsed({ lines }: InvoiceRecord): Micros {
  return lines.reduce((sum, { kind, amount }) => (kind === 'balance' ? sum + amount : sum), 0n);
}

export interface CreditNoteCommand {
  /** Null for all that is left of the invoice. */
  readonly amount: Micros | null;
  readonly reason: string;
  readonly give: 'balance' | 'refund';
}

/** What paid an invoice; both are there for one of a purchase. */
export interface PaidBy {
  readonly charge?: ChargeRecord | undefined;
  readonly purchase?: PurchaseRecord | undefined;
}

export interface CreditNoteMade {
  readonly creditNote: InvoiceRecord;
  readonly invoice: InvoiceRecord;
  /** The charge to refund in part; null if there is no refund. */
  readonly refunded: ChargeRecord | null;
}

/**
 * Credits a part of an invoice, or its whole rest, by a credit note with a number of its own series. The unpaid part is credited
 * first; a paid part goes to the balance, or back to the payment method.
 * @throws DomainError `conflict` for a void invoice, a credit note, or an invoice without a rest; while one of its charges is
 * under way; and for a refund that its charge does not cover. `amount_out_of_range` for more than the rest; `invalid_request` for finer
 * parts than the currency has.
 */
export function decideCreditNote(
  context: DecisionContext,
  invoice: InvoiceRecord,
  { charge, purchase }: PaidBy,
  { amount, reason, give }: CreditNoteCommand,
): Decision<CreditNoteMade> {
  const { state, catalog, nowMs, commandId } = context;
  const { billing } = state;
  // The credits of a purchase go back with its price, whichever way that goes back.
  const orderRefund = (moment: DecisionContext, of: ChargeRecord, command: RefundCommand) =>
    of.purpose === 'purchase'
      ? decidePurchaseRefund(moment, { charge: of, purchase }, { ...command, credits: 'take_back' }, 'noted')
      : decideRefund(moment, of, command, 'noted');
  const credit = creditable(invoice, amount);
  const unpaid = billing.unpaid.find(({ id }) => id === invoice.id);
  if (unpaid?.charge?.status === 'ordered' || unpaid?.charge?.status === 'settling')
    throw new DomainError(
      'conflict',
      'A charge of the invoice is under way',
      '',
      'the same once it has ended',
    );
  // An amount that was given up was not paid, so it is not given back.
  const givenUp =
    invoice.status === 'uncollectible' ? invoice.total - invoice.amountPaid - invoice.credited : 0n;
  const notOwed = lesserOf(credit, unpaid?.amountDue ?? givenUp);
  const given = credit - notOwed;
  if (give === 'refund' && given > 0n && (charge === undefined || refundableOf(charge) < given))
    throw new DomainError(
      'conflict',
      'The invoice was not paid by a charge that covers it',
      '/give',
      'balance',
    );
  const issued = issueCreditNote(context, invoice, {
    id: deriveId(commandId, 'credit-note'),
    causeId: commandId,
    credit,
    reason,
  });
  const isSettled = unpaid !== undefined && notOwed === unpaid.amountDue;
  const changed: InvoiceRecord = {
    ...issued.invoice,
    status: isSettled ? 'paid' : invoice.status,
    paidAtMs: isSettled ? nowMs : invoice.paidAtMs,
  };
  const left = billing.unpaid.flatMap((each) => {
    if (each.id !== invoice.id) return [each];
    return isSettled ? [] : [{ ...each, amountDue: each.amountDue - notOwed }];
  });
  const numbered = issued.state;
  const base = withStanding({ ...numbered, billing: { ...numbered.billing, unpaid: left } }, catalog);
  const refunded =
    give === 'refund' && given > 0n && charge !== undefined
      ? orderRefund({ ...context, state: base, commandId }, charge, { amount: given, reason }).outcome
      : null;
  const after = refunded === null ? withBalance(base, invoice.currency, -given) : base;
  return {
    outcome: { creditNote: issued.creditNote, invoice: changed, refunded },
    state: after,
    facts: {
      ...noFacts,
      invoices: [issued.creditNote, changed],
      charges: refunded === null ? [] : [refunded],
      activity: [issued.activity],
    },
  };
}

/** How much is taken back. */
function creditable(invoice: InvoiceRecord, amount: Micros | null): Micros {
  if (invoice.kind === 'credit_note' || invoice.status === 'void')
    throw new DomainError(
      'conflict',
      `${invoice.number} ${invoice.kind === 'credit_note' ? 'is a credit note' : 'is void'}`,
      '',
      'an invoice that stands',
    );
  const left = invoice.total - invoice.credited;
  if (left === 0n) throw new DomainError('conflict', 'The whole invoice was credited already');
  if (amount === null) return left;
  if (amount > left)
    throw new DomainError(
      'amount_out_of_range',
      `${formatAmount(left)} ${invoice.currency} remain of the invoice`,
      '/amount',
      `at most ${formatAmount(left)}`,
    );
  assertWholeParts(amount, invoice.currency);
  return amount;
}

/** Sets the buyer named on the next invoices; issued invoices do not change. */
export function decideBuyer(
  context: DecisionContext,
  buyer: InvoiceParty,
  memberId: string | null,
): Decision<'changed'> {
  const { state } = context;
  const activity = activityOf(context, {
    kind: 'billing_details_changed',
    event: { kind: 'billing_details_set', name: buyer.name },
    memberId,
  });
  return {
    outcome: 'changed',
    state: { ...state, billing: { ...state.billing, buyer } },
    facts: { ...noFacts, activity: [activity] },
  };
}
