import type { ConsumeAnswer } from '../../../contract/gate.ts';
import { paths } from '../../../contract/paths.ts';
import type { DecisionContext } from '../../../domain/decision.ts';
import type { AllowedUse, UseOutcome } from '../../../domain/gate/use.ts';
import { decideUse } from '../../../domain/gate/use.ts';
import { type AccountCommand, type Answer, execute } from '../../execute.ts';
import { parseUseRequest } from '../../gate/parse-use-request.ts';
import { assertCategory, dimensionsOf } from '../../gate/use-command.ts';
import { executedReply, refusedReply } from '../../http/executed-reply.ts';
import { requireIdempotency } from '../../http/idempotency.ts';
import { formatInstant } from '../../http/instants.ts';
import { parseJson, readBody } from '../../http/parse-input.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { costView, grantUseViews, remainingView } from './gate-views.ts';

/** Decides, debits and records in one call that is durable once answered. */
export const consume: Route = {
  method: 'POST',
  path: paths.consume,
  callers: backendOnly,
  async handle(call) {
    const { services, request } = call;
    const body = await readBody(request);
    const use = parseUseRequest(parseJson(body));
    const idempotency = requireIdempotency(request, paths.consume, body);
    const dimensions = dimensionsOf(use);
    const command: AccountCommand<UseOutcome> = {
      accountId: use.accountId,
      memberId: use.memberId,
      idempotency,
      decide(context) {
        assertCategory(context.catalog, use.category);
        return decideUse(context, { items: use.items, dimensions });
      },
      encode: (outcome, after) => (outcome.outcome === 'allowed' ? encodeAllowed(outcome, after) : null),
    };
    const executed = await execute(services, command);
    if (executed.replayed || executed.outcome.outcome === 'allowed') return executedReply(executed);
    return refusedReply(call, executed.outcome.refusal, executed.after);
  },
};

function encodeAllowed(outcome: AllowedUse, { state, catalog, nowMs }: DecisionContext): Answer {
  const answer: ConsumeAnswer = {
    id: outcome.usage.id,
    cost: costView(outcome.priced, catalog, true),
    grantsUsed: grantUseViews(outcome.grantsUsed),
    remaining: remainingView(state, catalog, outcome.standings),
    asOf: formatInstant(nowMs),
  };
  return { status: 200, body: JSON.stringify(answer) };
}
