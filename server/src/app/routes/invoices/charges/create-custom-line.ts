import type { CustomLineAnswer } from '../../../../contract/invoices/invoices.ts';
import { customLineAnswer, customLineRequest } from '../../../../contract/invoices/invoices-schemas.ts';
import { parseAmount } from '../../../../domain/amounts/amounts.ts';
import { decideCustomLine } from '../../../../domain/invoices/charges/custom-line.ts';
import { execute } from '../../../execute.ts';
import { formatInstant, parseInstant } from '../../../http/instants.ts';
import { executedReply } from '../../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../../http/route.ts';
import { invoiceView } from '../invoice-views.ts';

/** Bills what no plan sells, such as a setup or a workshop of a contract. */
export const createCustomLine = route('POST /v1/accounts/:accountId/invoice-lines', {
  words: 'Bills what no plan sells once, on the next invoice or on one of its own',
  callers: backendOnly,
  body: customLineRequest,
  idempotency: 'required',
  answers: { 201: customLineAnswer },
  audit: ({ body }) => ({ subject: body.subject, amount: body.amount, reason: body.reason ?? '' }),
  async handle({ services, params: { accountId }, body, idempotency }) {
    const { subject, amount, quantity, periodStartsAt, periodEndsAt, when = 'boundary', reason } = body;
    const executed = await execute(services, {
      accountId,
      idempotency,
      decide: (context) =>
        decideCustomLine(context, {
          subject,
          amount: parseAmount(amount),
          quantity: quantity === undefined ? null : parseAmount(quantity),
          coversFromMs: periodStartsAt === undefined ? null : parseInstant(periodStartsAt),
          coversToMs: periodEndsAt === undefined ? null : parseInstant(periodEndsAt),
          due: when,
          reason: reason ?? null,
        }),
      encode({ invoice, invoicedAtMs }, { state }) {
        const answer: CustomLineAnswer = {
          invoice: invoice === null ? null : invoiceView(invoice, state),
          invoicedAt: formatInstant(invoicedAtMs),
        };
        return { status: 201, body: JSON.stringify(answer) };
      },
    });
    return executedReply(executed);
  },
});
