import { apiBounds } from '../../../contract/api-bounds.ts';
import { csvLine } from '../../../contract/exports/csv-line.ts';
import { byteOrderMark } from '../../../contract/exports/spreadsheet-cell.ts';
import type { Invoice, InvoiceLine } from '../../../contract/invoices/invoices.ts';
import { invoiceExportQuery } from '../../../contract/invoices/invoices-schemas.ts';
import type { AccountState } from '../../../domain/state.ts';
import { textStream } from '../../http/reply/text-stream.ts';
import { readers, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { invoiceView } from './invoice-views.ts';
import { readBilling } from './read-invoice.ts';

const invoiceColumns = [
  'number',
  'kind',
  'status',
  'corrects',
  'currency',
  'period_starts_at',
  'period_ends_at',
  'issued_at',
  'due_at',
  'paid_at',
  'subtotal',
  'tax',
  'total',
  'amount_paid',
  'amount_due',
  'buyer',
  'amount_credited',
];
const lineColumns = [
  'number',
  'line',
  'kind',
  'subject',
  'metric',
  'quantity',
  'unit',
  'rate',
  'rate_per',
  'share_part',
  'share_of',
  'period_starts_at',
  'period_ends_at',
  'amount',
  'currency',
];

/** Every invoice and credit note of an account, or every line of them, as CSV, newest first. It is read and sent a page at a time. */
export const exportInvoices = route('GET /v1/accounts/:accountId/invoices/export', {
  words: 'All invoices, or all invoice lines, as CSV',
  callers: readers,
  query: invoiceExportQuery,
  answers: { 200: 'text/csv' },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { state } = await readBilling(services, accountId, caller);
    const ofLines = query.rows === 'lines';
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${ofLines ? 'invoice-lines' : 'invoices'}.csv"`,
      },
      body: textStream(csvOf({ services, accountId, state, ofLines })),
    };
  },
});

/** The document in pieces: its head, and then a page of invoices at a time. */
async function* csvOf({
  services,
  accountId,
  state,
  ofLines,
}: {
  services: Pick<Services, 'store'>;
  accountId: string;
  state: AccountState;
  ofLines: boolean;
}): AsyncGenerator<string> {
  yield `${byteOrderMark}${csvLine(ofLines ? lineColumns : invoiceColumns)}`;
  let cursor: string | undefined;
  do {
    const page = await services.store.listInvoices(accountId, {
      limit: apiBounds.pageSizeMax,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const rows = page.items.flatMap((record) => {
      const invoice = invoiceView(record, state);
      return ofLines ? invoice.lines.map((line) => lineCells(invoice, line)) : [invoiceCells(invoice)];
    });
    yield rows.map((cells) => csvLine(cells)).join('');
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function invoiceCells(invoice: Invoice): (string | null)[] {
  return [
    invoice.number,
    invoice.kind,
    invoice.status,
    invoice.correctsNumber,
    invoice.currency,
    invoice.periodStartsAt,
    invoice.periodEndsAt,
    invoice.issuedAt,
    invoice.dueAt,
    invoice.paidAt,
    invoice.subtotal.amount,
    invoice.tax.amount,
    invoice.total.amount,
    invoice.amountPaid.amount,
    invoice.amountDue.amount,
    invoice.buyer.name,
    invoice.amountCredited.amount,
  ];
}

function lineCells({ number }: Invoice, line: InvoiceLine): (string | null)[] {
  return [
    number,
    line.id,
    line.kind,
    line.subject ?? line.subjectKind ?? null,
    line.metric,
    line.quantity,
    line.unit?.other ?? null,
    line.rate?.amount ?? null,
    line.ratePer === null ? null : String(line.ratePer),
    line.share === null ? null : String(line.share.part),
    line.share === null ? null : String(line.share.of),
    line.periodStartsAt,
    line.periodEndsAt,
    line.amount.amount,
    line.amount.currency,
  ];
}
