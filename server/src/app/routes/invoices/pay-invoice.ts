import type { PayAnswer } from '../../../contract/invoices/invoices.ts';
import { payAnswer } from '../../../contract/invoices/invoices-schemas.ts';
import { decidePay } from '../../../domain/invoices/charges/charges.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { executeNew } from '../../execute.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';
import { chargeView, invoiceView } from './invoice-views.ts';
import { invoiceNotFound, readBilling } from './read-invoice.ts';

/**
 * Charges the amount due of an invoice now. It needs no idempotency key: a charge under way is the answer, and a paid invoice has
 * no amount due.
 */
export const payInvoice = route('POST /v1/accounts/:accountId/invoices/:invoiceId/pay', {
  words: 'Charges the amount due of an invoice now; if a charge is under way, it is the answer',
  callers: managers,
  answers: { 200: payAnswer },
  async handle({ services, params, caller }) {
    const { accountId, invoiceId } = params;
    const reading = await readBilling(services, accountId, caller);
    assertMaySee(reading.viewer.view.manage);
    const { outcome } = await executeNew(services, {
      accountId,
      needs: { invoices: [{ accountId, id: invoiceId }] },
      decide(context, loaded) {
        const invoice = loaded.invoice(accountId, invoiceId);
        if (invoice === undefined) throw invoiceNotFound(invoiceId);
        return decidePay(context, invoice);
      },
    });
    if (outcome.order !== null) await services.payments.settleCharge(services, outcome.order);
    const [{ state, catalog }, invoice, charge] = await Promise.all([
      readAccount(services, accountId, caller),
      services.store.readInvoice(accountId, invoiceId),
      services.store.readCharge(accountId, outcome.chargeId),
    ]);
    if (invoice === undefined || charge === undefined) throw invoiceNotFound(invoiceId);
    const answer: PayAnswer = { invoice: invoiceView(invoice, state), charge: chargeView(charge, catalog) };
    return readingReply({ state }, answer);
  },
});
