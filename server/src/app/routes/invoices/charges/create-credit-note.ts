import type { CreditNoteAnswer } from '../../../../contract/invoices/invoices.ts';
import { creditNoteAnswer, creditNoteRequest } from '../../../../contract/invoices/invoices-schemas.ts';
import { parseAmount } from '../../../../domain/amounts/amounts.ts';
import { decideCreditNote } from '../../../../domain/invoices/changes.ts';
import { execute } from '../../../execute.ts';
import { executedReply } from '../../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../../http/route.ts';
import { invoiceView } from '../invoice-views.ts';
import { invoiceNotFound } from '../read-invoice.ts';
import { chargeOfInvoice } from './charge-of-invoice.ts';

/** Takes back a part of an invoice or the whole of it. */
export const createCreditNote = route('POST /v1/accounts/:accountId/invoices/:invoiceId/credit-notes', {
  words: 'Credits a part of an invoice; a paid amount goes to the balance or is refunded',
  callers: backendOnly,
  body: creditNoteRequest,
  idempotency: 'required',
  answers: { 201: creditNoteAnswer },
  audit: ({ body }) => ({ reason: body.reason }),
  async handle({ services, params, body, idempotency }) {
    const { accountId, invoiceId } = params;
    const { give = 'balance', reason, amount } = body;
    // The charge of a purchase has the purchase's id.
    const chargeId = give === 'refund' ? await chargeOfInvoice(services, accountId, invoiceId) : undefined;
    const executed = await execute(services, {
      accountId,
      idempotency,
      isPaid: true,
      needs: {
        invoices: [{ accountId, id: invoiceId }],
        charges: chargeId === undefined ? [] : [{ accountId, id: chargeId }],
        purchases: chargeId === undefined ? [] : [{ accountId, id: chargeId }],
      },
      decide(context, loaded) {
        const invoice = loaded.invoice(accountId, invoiceId);
        if (invoice === undefined) throw invoiceNotFound(invoiceId);
        const charge = chargeId === undefined ? undefined : loaded.charge(accountId, chargeId);
        const purchase = chargeId === undefined ? undefined : loaded.purchase(accountId, chargeId);
        const paidBy = { charge, purchase };
        return decideCreditNote(context, invoice, paidBy, {
          amount: amount === undefined ? null : parseAmount(amount),
          reason,
          give,
        });
      },
      encode({ creditNote, invoice }, { state }) {
        const answer: CreditNoteAnswer = {
          creditNote: invoiceView(creditNote, state),
          invoice: invoiceView(invoice, state),
        };
        return { status: 201, body: JSON.stringify(answer) };
      },
    });
    return executedReply(executed);
  },
});
