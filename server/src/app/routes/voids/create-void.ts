import type { VoidAnswer } from '../../../contract/voids/voids.ts';
import { voidAnswer, voidRequest } from '../../../contract/voids/voids-schemas.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { availableOf } from '../../../domain/credits/wallet.ts';
import { type DecisionContext, DomainError } from '../../../domain/decision.ts';
import { quantitiesByMetric } from '../../../domain/gate/quote.ts';
import { deriveId } from '../../../domain/ids/derived-id.ts';
import { hash128 } from '../../../domain/ids/hash128.ts';
import { latePriceId } from '../../../domain/unpriced/unpriced.ts';
import { decideWholeVoid, type Voided } from '../../../domain/voids/voids.ts';
import { execute } from '../../execute.ts';
import { formatInstant } from '../../http/instants.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import { AppError } from '../../http/reply/problem.ts';
import { backendOnly, route } from '../../http/route.ts';
import { readVoid } from '../../voids/read-void.ts';

/** Takes back a use that was reported by mistake, once: what it counted, what it cost, and its place in history. */
export const createVoid = route('POST /v1/accounts/:accountId/voids', {
  words: 'Voids a use once, with a reason: its counts, credits and history entry',
  callers: backendOnly,
  body: voidRequest,
  idempotency: 'required',
  answers: { 201: voidAnswer },
  audit: ({ body }) => ({ reason: body.reason }),
  async handle({ services, params, body: { use, reason }, idempotency }) {
    const { accountId } = params;
    const history = await readVoid(services, accountId, use);
    const { usage } = history;
    const { taskId } = usage.dimensions;
    // No event of a host can have such an id, so it marks voided uses in the same table.
    const mark = deriveId(usage.id, 'void');
    const prices = (usage.unpriced ?? []).map((item, index) => {
      const id = latePriceId({ usage, index });
      return { item, id, mark: deriveId(id, 'void'), history: history.pricedLate.get(index) };
    });
    const executed = await execute(services, {
      accountId,
      idempotency,
      needs: {
        eventIds: [mark, ...prices.flatMap((price) => [price.id, price.mark])].map((id) => ({
          accountId,
          id,
        })),
        ...(taskId === undefined ? {} : { tasks: [{ accountId, id: taskId }] }),
      },
      decide(context, loaded) {
        const isMarked = (id: string) => loaded.event(accountId, id) !== undefined;
        if (isMarked(mark))
          throw new DomainError('conflict', `The use '${usage.id}' was voided already`, '/use');
        if (prices.some((price) => isMarked(price.id) && price.history === undefined))
          throw new AppError('unavailable', 'The use is being priced right now');
        const task = taskId === undefined ? undefined : loaded.task(accountId, taskId);
        const pricedLate = prices.flatMap((price) =>
          price.history === undefined || isMarked(price.mark)
            ? []
            : [{ ...price.history, task: undefined, reason }],
        );
        const waiting = prices.flatMap((price) => (isMarked(price.id) ? [] : [price.item]));
        return decideWholeVoid(context, { ...history, task, reason, pricedLate, waiting });
      },
      encode: (voided, after) => ({ status: 201, body: JSON.stringify(voidView(voided, after)) }),
      alsoWrite: ({ usageIds }) => ({
        eventIds: usageIds.map((usageId) => {
          const id = deriveId(usageId, 'void');
          return { accountId, id, contentHash: hash128(id) };
        }),
      }),
    });
    return executedReply(executed);
  },
});

function voidView({ usage, credits, unit, reversal }: Voided, after: DecisionContext): VoidAnswer {
  const { state, catalog, nowMs } = after;
  return {
    usageId: usage.id,
    credits: formatAmount(credits),
    unit,
    counts: [...quantitiesByMetric(reversal.counts)].map(([metric, quantity]) => ({
      metric,
      label: labelOf(metric, catalog),
      quantity: formatAmount(-quantity),
    })),
    available: formatAmount(availableOf(state.wallet, unit)),
    at: formatInstant(nowMs),
  };
}

function labelOf(metric: string, { metrics }: Catalog): string {
  return metrics.get(metric)?.label ?? metric;
}
