import {
  chargePage,
  charge as chargeSchema,
  refundRequest,
} from '../../../../contract/invoices/charges-schemas.ts';
import { pageQuery } from '../../../../contract/values/primitive-schemas.ts';
import { parseAmount } from '../../../../domain/amounts/amounts.ts';
import { decideRefund } from '../../../../domain/invoices/charges/charges.ts';
import { decidePurchaseRefund } from '../../../../domain/purchases/refund-purchase.ts';
import { execute } from '../../../execute.ts';
import { formatInstant } from '../../../http/instants.ts';
import { executedReply } from '../../../http/reply/executed-reply.ts';
import { AppError, invalidParameter } from '../../../http/reply/problem.ts';
import { readingReply } from '../../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../../http/request/page-request.ts';
import { backendOnly, readers, route } from '../../../http/route.ts';
import { chargeView } from '../invoice-views.ts';
import { readBilling } from '../read-invoice.ts';

export const listCharges = route('GET /v1/accounts/:accountId/charges', {
  words: 'Charges, newest first',
  callers: readers,
  query: pageQuery,
  answers: { 200: chargePage },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { state, catalog, nowMs } = await readBilling(services, accountId, caller);
    const page = await services.store.listCharges(accountId, pageRequest(query));
    return readingReply(
      { state },
      {
        ...pageView(page, (charge) => chargeView(charge, catalog)),
        asOf: formatInstant(nowMs),
        timeZone: state.profile.timeZone,
      },
    );
  },
});

/** Orders that money goes back to where it came from; what became of it shows in the charge. */
export const createRefund = route('POST /v1/accounts/:accountId/charges/:chargeId/refunds', {
  words: 'Refunds a charge, in part or the whole rest, with a credit note for what it paid',
  callers: backendOnly,
  body: refundRequest,
  idempotency: 'required',
  answers: { 201: chargeSchema },
  audit: ({ body }) => ({ reason: body.reason ?? '' }),
  async handle({ services, params, body: { amount, reason, credits }, idempotency }) {
    const { accountId, chargeId } = params;
    const ids = [{ accountId, id: chargeId }];
    const executed = await execute(services, {
      accountId,
      idempotency,
      isPaid: true,
      // The charge of a purchase has the purchase's id.
      needs: { charges: ids, purchases: ids },
      decide(context, loaded) {
        const charge = loaded.charge(accountId, chargeId);
        if (charge === undefined)
          throw new AppError('not_found', `There is no charge '${chargeId}' in this account`);
        const command = { amount: amount === undefined ? null : parseAmount(amount), reason };
        if (charge.purpose === 'purchase') {
          const purchase = loaded.purchase(accountId, chargeId);
          return decidePurchaseRefund(
            context,
            { charge, purchase },
            { credits: 'take_back', ...command, ...(credits === undefined ? {} : { credits }) },
          );
        }
        if (credits !== undefined)
          throw invalidParameter('/credits', 'This charge bought no credits', 'a refund without credits');
        return decideRefund(context, charge, command);
      },
      encode: (charge, { catalog }) => ({ status: 201, body: JSON.stringify(chargeView(charge, catalog)) }),
    });
    return executedReply(executed);
  },
});
