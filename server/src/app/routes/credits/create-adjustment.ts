import { paths } from '../../../contract/paths.ts';
import type { AdjustmentAnswer } from '../../../contract/purchases.ts';
import { adjustmentRequest } from '../../../contract/schemas/purchases.ts';
import { decideAdjustment } from '../../../domain/accounts/account-settings.ts';
import { formatAmount, parseAmount } from '../../../domain/amounts/amounts.ts';
import { availableOf, debtOf } from '../../../domain/credits/wallet.ts';
import { execute } from '../../execute.ts';
import { executedReply } from '../../http/executed-reply.ts';
import { requireIdempotency } from '../../http/idempotency.ts';
import { parseJson, parseValue, readBody } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { backendOnly, type Route } from '../../http/route.ts';

/** Corrects a balance by hand, with a reason. */
export const createAdjustment: Route = {
  method: 'POST',
  path: pathPattern(paths.adjustments(':accountId')),
  callers: backendOnly,
  async handle({ services, request, params }) {
    const accountId = pathId(params, 'accountId');
    const body = await readBody(request);
    const input = parseValue(adjustmentRequest, parseJson(body));
    const idempotency = requireIdempotency(request, paths.adjustments(accountId), body);
    const executed = await execute(services, {
      accountId,
      idempotency,
      decide: (context) => {
        const unit = input.unit ?? context.catalog.unit;
        return decideAdjustment(context, { amount: parseAmount(input.amount), unit, reason: input.reason });
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
};
