import { invoicePage } from '../../../contract/invoices/invoices-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { formatInstant } from '../../http/instants.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { readers, route } from '../../http/route.ts';
import { invoiceView } from './invoice-views.ts';
import { readBilling } from './read-invoice.ts';

export const listInvoices = route('GET /v1/accounts/:accountId/invoices', {
  words: 'Invoices and credit notes, newest first',
  callers: readers,
  query: pageQuery,
  answers: { 200: invoicePage },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { state, nowMs } = await readBilling(services, accountId, caller);
    const page = await services.store.listInvoices(accountId, pageRequest(query));
    const view = pageView(page, (invoice) => invoiceView(invoice, state));
    return readingReply({ state }, { ...view, asOf: formatInstant(nowMs), timeZone: state.profile.timeZone });
  },
});
