import { invoice as invoiceSchema } from '../../../contract/invoices/invoices-schemas.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import { invoiceView } from './invoice-views.ts';
import { readInvoice } from './read-invoice.ts';

export const getInvoice = route('GET /v1/accounts/:accountId/invoices/:invoiceId', {
  words: 'One invoice or credit note',
  callers: readers,
  answers: { 200: invoiceSchema },
  async handle({ services, params, caller }) {
    const { reading, invoice } = await readInvoice(services, params, caller);
    return readingReply(reading, invoiceView(invoice, reading.state));
  },
});
