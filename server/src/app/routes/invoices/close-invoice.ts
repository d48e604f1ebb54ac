import { invoiceReason, invoice as invoiceSchema } from '../../../contract/invoices/invoices-schemas.ts';
import { type CloseInvoice, decideCloseInvoice } from '../../../domain/invoices/changes.ts';
import { execute } from '../../execute.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import type { Reply } from '../../http/reply/reply.ts';
import type { Idempotency } from '../../http/request/idempotency.ts';
import { backendOnly, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { invoiceView } from './invoice-views.ts';
import { invoiceNotFound } from './read-invoice.ts';

const closing = {
  callers: backendOnly,
  body: invoiceReason,
  idempotency: 'required',
  answers: { 200: invoiceSchema },
} as const;

export const voidInvoice = route('POST /v1/accounts/:accountId/invoices/:invoiceId/void', {
  ...closing,
  words: 'Voids an invoice; balance that it used is given back',
  audit: ({ body }) => ({ reason: body.reason }),
  handle: ({ services, params, body, idempotency }) =>
    close(services, params, { as: 'void', ...body }, idempotency),
});

export const giveUpInvoice = route('POST /v1/accounts/:accountId/invoices/:invoiceId/uncollectible', {
  ...closing,
  words: 'Marks an invoice as uncollectible',
  audit: ({ body }) => ({ reason: body.reason }),
  handle: ({ services, params, body, idempotency }) =>
    close(services, params, { as: 'uncollectible', ...body }, idempotency),
});

export const markInvoicePaid = route('POST /v1/accounts/:accountId/invoices/:invoiceId/paid', {
  ...closing,
  words: 'Records that an invoice was paid outside of the server, such as by transfer',
  audit: ({ body }) => ({ reason: body.reason }),
  handle: ({ services, params, body, idempotency }) =>
    close(services, params, { as: 'paid', ...body }, idempotency),
});

async function close(
  services: Services,
  { accountId, invoiceId }: { readonly accountId: string; readonly invoiceId: string },
  command: CloseInvoice,
  idempotency: Idempotency,
): Promise<Reply> {
  const executed = await execute(services, {
    accountId,
    idempotency,
    isPaid: true,
    needs: { invoices: [{ accountId, id: invoiceId }] },
    decide(context, loaded) {
      const invoice = loaded.invoice(accountId, invoiceId);
      if (invoice === undefined) throw invoiceNotFound(invoiceId);
      return decideCloseInvoice(context, invoice, command);
    },
    encode: (invoice, { state }) => ({ status: 200, body: JSON.stringify(invoiceView(invoice, state)) }),
  });
  return executedReply(executed);
}
