import type { ActivityRecord } from '../activity/state.ts';
import { lesserOf, type Micros } from '../amounts/amounts.ts';
import { divideToCurrency } from '../amounts/currency.ts';
import type { DecisionContext } from '../decision.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import { nextNumber, withNumberGiven } from './invoice-number.ts';
import { plainLine } from './issue.ts';
import { invoiceActivity } from './parties.ts';
import type { InvoiceLineRecord, InvoiceRecord } from './state.ts';

export interface CreditNoteDraft {
  readonly id: string;
  readonly causeId: string;
  /** At most the rest of the invoice. */
  readonly credit: Micros;
  readonly reason: string;
}

/** A credit note with the next number of its own series, and the invoice that it corrects. */
export interface IssuedCreditNote {
  readonly state: AccountState;
  readonly creditNote: InvoiceRecord;
  readonly invoice: InvoiceRecord;
  readonly activity: ActivityRecord;
}

/** Makes the document alone: where the credited amount goes is up to the caller. */
export function issueCreditNote(
  { state, catalog, nowMs }: Pick<DecisionContext, 'state' | 'catalog' | 'nowMs'>,
  invoice: InvoiceRecord,
  { id, causeId, credit, reason }: CreditNoteDraft,
): IssuedCreditNote {
  const creditNote: InvoiceRecord = {
    ...invoice,
    id,
    kind: 'credit_note',
    number: nextNumber(state, catalog, 'credit_note'),
    corrects: { id: invoice.id, number: invoice.number },
    status: 'paid',
    createdAtMs: nowMs,
    dueAtMs: nowMs,
    paidAtMs: nowMs,
    lines: linesOf(invoice, { id, causeId, credit, reason }),
    total: -credit,
    amountPaid: 0n,
    credited: 0n,
    timeZone: state.profile.timeZone,
  };
  return {
    state: withNumberGiven(state, 'credit_note'),
    creditNote,
    invoice: { ...invoice, credited: invoice.credited + credit },
    activity: invoiceActivity(creditNote, 'issued', nowMs, { reason }),
  };
}

/** What is credited without tax, and each tax in the same share: what all notes of an invoice give back of it is never more or less. */
function linesOf(
  invoice: InvoiceRecord,
  { id, causeId, credit, reason }: CreditNoteDraft,
): InvoiceLineRecord[] {
  const closes = { startsAtMs: invoice.periodStartsAtMs, endsAtMs: invoice.periodEndsAtMs };
  const taxes = invoice.lines
    .filter(({ kind }) => kind === 'tax')
    .map(({ subject, amount }) => {
      const back =
        shareOf(amount, invoice, invoice.credited + credit) - shareOf(amount, invoice, invoice.credited);
      return plainLine('tax', subject, -back, closes);
    })
    .filter(({ amount }) => amount !== 0n);
  const net = taxes.reduce((sum, { amount }) => sum - amount, -credit);
  const lines = [{ ...plainLine('credit_note', reason, net, closes), causeId }, ...taxes];
  return lines.map((line, index) => ({ ...line, id: deriveId(id, 'line', String(index + 1)) }));
}

/** The part of a tax that belongs to so much of an invoice's own amount, in whole smallest parts of the currency. */
function shareOf(tax: Micros, { lines, currency }: InvoiceRecord, credited: Micros): Micros {
  const own = lines.reduce((sum, { kind, amount }) => (kind === 'balance' ? sum : sum + amount), 0n);
  return own <= 0n ? 0n : divideToCurrency(tax * lesserOf(credited, own), own, currency);
}
