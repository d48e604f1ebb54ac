import type { UpcomingInvoice } from '../../../contract/invoices/invoices.ts';
import { upcomingInvoice as upcomingSchema } from '../../../contract/invoices/invoices-schemas.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import { usageCosts } from '../../../domain/invoices/charges/usage-costs.ts';
import { unpaidSum, upcomingInvoice } from '../../../domain/invoices/upcoming.ts';
import { moneyView } from '../../access/money-view.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import { meterView } from '../usage/usage-view.ts';
import { invoiceView } from './invoice-views.ts';
import { readBilling } from './read-invoice.ts';

export const getUpcomingInvoice = route('GET /v1/accounts/:accountId/invoices/upcoming', {
  words: 'The upcoming invoice, so far and projected, and the amount owed',
  callers: readers,
  answers: { 200: upcomingSchema },
  async handle({ services, params, caller }) {
    const reading = await readBilling(services, params.accountId, caller);
    return readingReply(reading, upcomingView(reading));
  },
});

function upcomingView(reading: AccountReading): UpcomingInvoice {
  const { state, catalog, nowMs } = reading;
  const { invoice, projected } = upcomingInvoice(state, catalog, nowMs);
  const unpaid = unpaidSum(state, catalog);
  const money = (amount: bigint, currency = catalog.currency) => moneyView(amount, { currency });
  return {
    invoice: invoiceView(invoice, state, true),
    projected:
      projected === null
        ? null
        : {
            total: money(projected.total, invoice.currency),
            overage: money(projected.overage, invoice.currency),
            method: projected.method,
            at: formatInstant(projected.atMs),
          },
    unpaid:
      unpaid === null
        ? null
        : {
            amountDue: money(unpaid.amountDue),
            invoices: unpaid.invoices,
            isPastDue: unpaid.isPastDue,
            dueAt: formatInstantOrNull(unpaid.dueAtMs),
            actionUrl: unpaid.actionUrl,
          },
    costs: usageCosts(state, catalog).map(({ metric, beyond, rate, amount }) => ({
      meter: meterView(reading, metric),
      beyond: formatAmount(beyond),
      rate: rate === null ? null : money(rate.amount),
      ratePer: rate === null ? null : Number(rate.per),
      amount: money(amount),
    })),
    asOf: formatInstant(nowMs),
  };
}
