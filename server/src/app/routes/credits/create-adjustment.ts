import type { AdjustmentAnswer } from '../../../contract/purchases/purchases.ts';
import { adjustmentAnswer, adjustmentRequest } from '../../../contract/purchases/purchases-schemas.ts';
import { decideAdjustment } from '../../../domain/accounts/account-settings.ts';
import { formatAmount, parseAmount } from '../../../domain/amounts/amounts.ts';
import { availableOf, debtOf } from '../../../domain/credits/wallet.ts';
import { execute } from '../../execute.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Corrects a balance by hand, with a reason. */
export const createAdjustment = route('POST /v1/accounts/:accountId/adjustments', {
  words: 'Corrects the balance, with a reason',
  callers: backendOnly,
  body: adjustmentRequest,
  idempotency: 'required',
  answers: { 201: adjustmentAnswer },
  audit: ({ body }) => ({ amount: body.amount, reason: body.reason }),
  async handle({ services, params, body: input, idempotency }) {
    const { accountId } = params;
    const executed = await execute(services, {
      accountId,
      idempotency,
      decide: (context) => {
        const unit = input.unit ?? context.catalog.unit;
        const { grantId, reason } = input;
        return decideAdjustment(context, { amount: parseAmount(input.amount), unit, grantId, reason });
      },
      encode: (_, { state, catalog }) => {
        const unit = input.unit ?? catalog.unit;
        const answer: AdjustmentAnswer = {
          available: formatAmount(availableOf(state.wallet, unit)),
          debt: formatAmount(debtOf(state.wallet, unit)),
        };
        return { status: 201, body: JSON.stringify(answer) };
      },
    });
    return executedReply(executed);
  },
});
