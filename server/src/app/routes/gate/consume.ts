import type { ConsumeAnswer } from '../../../contract/gate/gate.ts';
import { consumeAnswer, useRequest } from '../../../contract/gate/gate-schemas.ts';
import type { DecisionContext } from '../../../domain/decision.ts';
import type { AllowedUse, UseOutcome } from '../../../domain/gate/use.ts';
import { decideUse } from '../../../domain/gate/use.ts';
import { type AccountCommand, type Answer, execute } from '../../execute.ts';
import { parseUseRequest } from '../../gate/parse-use-request.ts';
import { assertCategory, dimensionsOf } from '../../gate/use-command.ts';
import { formatInstant } from '../../http/instants.ts';
import { executedReply, refusedReply } from '../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { costView, grantUseViews, remainingView } from './gate-views.ts';

/** Decides, debits and records in one call that is durable once answered. */
export const consume = route('POST /v1/consume', {
  words: 'Decides, debits and records a use; durable once answered',
  callers: backendOnly,
  body: useRequest,
  idempotency: 'required',
  answers: { 200: consumeAnswer },
  parseBody: parseUseRequest,
  async handle(call) {
    const { services, body: use, idempotency } = call;
    const dimensions = dimensionsOf(use);
    const command: AccountCommand<UseOutcome> = {
      accountId: use.accountId,
      memberId: use.memberId,
      idempotency,
      decide(context) {
        assertCategory(context.catalog, use.category);
        return decideUse(context, { items: use.items, dimensions, needs: use.needs });
      },
      encode: (outcome, after) => (outcome.outcome === 'allowed' ? encodeAllowed(outcome, after) : null),
    };
    const executed = await execute(services, command);
    if (executed.replayed || executed.outcome.outcome === 'allowed') return executedReply(executed);
    return refusedReply(call, executed.outcome.refusal, executed.after, {
      items: use.items,
      dimensions,
      needs: use.needs,
    });
  },
});

function encodeAllowed(outcome: AllowedUse, { state, catalog, nowMs }: DecisionContext): Answer {
  const answer: ConsumeAnswer = {
    id: outcome.usage.id,
    cost: costView(outcome.priced, catalog, true),
    grantsUsed: grantUseViews(outcome.grantsUsed),
    remaining: remainingView(state, catalog, outcome),
    asOf: formatInstant(nowMs),
  };
  return { status: 200, body: JSON.stringify(answer) };
}
