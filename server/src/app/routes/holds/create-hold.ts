import { apiBounds } from '../../../contract/api-bounds.ts';
import type { HoldAnswer } from '../../../contract/holds/holds.ts';
import { holdAnswer, holdRequest } from '../../../contract/holds/holds-schemas.ts';
import type { DecisionContext } from '../../../domain/decision.ts';
import type { RefusedUse } from '../../../domain/gate/gate.ts';
import { decideHold, type OpenedHold } from '../../../domain/holds/holds.ts';
import { idTaken } from '../../../domain/ids/id-taken.ts';
import { type AccountCommand, type Answer, execute } from '../../execute.ts';
import { assertCategory, dimensionsOf } from '../../gate/use-command.ts';
import { formatInstant, parseInstant } from '../../http/instants.ts';
import { executedReply, refusedReply } from '../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { costView, grantUseViews, remainingView } from '../gate/gate-views.ts';
import { holdView } from './hold-view.ts';

/** Sets credits aside before a task's cost is known. A gate like consume; idempotent by the hold's id too. */
export const createHold = route('POST /v1/holds', {
  words: 'Sets credits aside before a cost is known',
  callers: backendOnly,
  body: holdRequest,
  idempotency: 'optional',
  answers: { 201: holdAnswer },
  async handle(call) {
    const { services, body: input, idempotency } = call;
    const { accountId, memberId } = input;
    const id = input.id ?? services.newId();
    const command: AccountCommand<OpenedHold | RefusedUse> = {
      accountId,
      memberId,
      idempotency: idempotency(input.id && `hold ${input.id}`),
      needs: { holds: [{ accountId, id }] },
      decide(context, loaded) {
        assertCategory(context.catalog, input.category);
        if (loaded.hold(accountId, id) !== undefined) throw idTaken('hold', id);
        return decideHold(context, {
          id,
          items: input.items,
          dimensions: dimensionsOf(input),
          needs: input.needs,
          expiresAtMs:
            input.expiresAt === undefined
              ? context.nowMs + apiBounds.holdLifetimeSecondsDefault * 1_000
              : parseInstant(input.expiresAt),
        });
      },
      encode: (outcome, after) => (outcome.outcome === 'held' ? encodeHeld(outcome, after) : null),
    };
    const executed = await execute(services, command);
    if (executed.replayed || executed.outcome.outcome === 'held') return executedReply(executed);
    return refusedReply(call, executed.outcome.refusal, executed.after, {
      items: input.items,
      dimensions: dimensionsOf(input),
    });
  },
});

function encodeHeld(outcome: OpenedHold, { state, catalog, nowMs }: DecisionContext): Answer {
  const answer: HoldAnswer = {
    hold: holdView(outcome.hold),
    cost: costView(outcome.priced, catalog, true),
    grantsUsed: grantUseViews(outcome.legs),
    remaining: remainingView(state, catalog, outcome),
    asOf: formatInstant(nowMs),
  };
  return { status: 201, body: JSON.stringify(answer) };
}
