import { invoicePdfQuery } from '../../../contract/invoices/invoices-schemas.ts';
import { acceptedLanguage } from '../../callers/accepted-language.ts';
import { AppError } from '../../http/reply/problem.ts';
import { readers, route } from '../../http/route.ts';
import { invoiceView } from './invoice-views.ts';
import { readInvoice } from './read-invoice.ts';

/** The invoice as a file to be printed, in the language of the page or of the request. */
export const getInvoicePdf = route('GET /v1/accounts/:accountId/invoices/:invoiceId/pdf', {
  words:
    'One invoice or credit note as PDF, in the language that is asked for, or that Accept-Language names first',
  callers: readers,
  query: invoicePdfQuery,
  answers: { 200: 'application/pdf' },
  async handle({ services, request, params, query, caller }) {
    const { reading, invoice } = await readInvoice(services, params, caller);
    if (services.renderInvoice === null) throw new AppError('not_found', 'This server cannot write PDFs');
    const bytes = await services.renderInvoice(
      invoiceView(invoice, reading.state),
      query.language ?? acceptedLanguage(request.headers.get('accept-language')) ?? 'en',
    );
    return {
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${fileName(invoice.number)}.pdf"`,
      },
      body: new Response(bytes as Uint8Array<ArrayBuffer>).body,
    };
  },
});

function fileName(number: string): string {
  return number.replaceAll(/[^A-Za-z0-9-]/g, '-');
}
