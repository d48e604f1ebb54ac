import type { ActivityRecord } from '../activity/state.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { DecisionContext } from '../decision.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import { nextNumber } from './invoice-number.ts';
import { invoiceActivity } from './parties.ts';
import type { InvoiceRecord } from './state.ts';

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
  const { billing } = state;
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
    lines: [
      {
        id: deriveId(id, 'line', '1'),
        kind: 'credit_note',
        subject: reason,
        metric: null,
        quantity: null,
        unit: null,
        rateText: '',
        rate: null,
        ratePer: null,
        share: null,
        coversFromMs: invoice.periodStartsAtMs,
        coversToMs: invoice.periodEndsAtMs,
        amount: -credit,
        causeId,
      },
    ],
    total: -credit,
    amountPaid: 0n,
    credited: 0n,
    timeZone: state.profile.timeZone,
  };
  return {
    state: {
      ...state,
      billing: {
        ...billing,
        numbered: { ...billing.numbered, credit_note: billing.numbered.credit_note + 1 },
      },
    },
    creditNote,
    invoice: { ...invoice, credited: invoice.credited + credit },
    activity: invoiceActivity(creditNote, 'issued', nowMs, { reason }),
  };
}
