import type { HoldAnswer } from '../../../contract/holds.ts';
import { limits } from '../../../contract/limits.ts';
import { paths } from '../../../contract/paths.ts';
import { holdRequest } from '../../../contract/schemas/holds.ts';
import type { DecisionContext } from '../../../domain/decision.ts';
import { DomainError } from '../../../domain/decision.ts';
import type { RefusedUse } from '../../../domain/gate/gate.ts';
import { decideHold, type OpenedHold } from '../../../domain/holds/holds.ts';
import { type AccountCommand, type Answer, execute } from '../../execute.ts';
import { assertCategory, dimensionsOf } from '../../gate/use-command.ts';
import { executedReply, refusedReply } from '../../http/executed-reply.ts';
import { idempotencyOf } from '../../http/idempotency.ts';
import { formatInstant, parseInstant } from '../../http/instants.ts';
import { parseJson, parseValue, readBody } from '../../http/parse-input.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { costView, grantUseViews, remainingView } from '../gate/gate-views.ts';
import { holdView } from './hold-view.ts';

/** Sets credits aside before a task's cost is known. A gate like consume; idempotent by the hold's id too. */
export const createHold: Route = {
  method: 'POST',
  path: paths.holds,
  callers: backendOnly,
  async handle(call) {
    const { services, request } = call;
    const body = await readBody(request);
    const input = parseValue(holdRequest, parseJson(body));
    const { accountId, memberId } = input;
    const id = input.id ?? services.newId();
    const command: AccountCommand<OpenedHold | RefusedUse> = {
      accountId,
      memberId,
      idempotency: idempotencyOf(request, paths.holds, body, input.id && `hold ${input.id}`),
      needs: { holds: [{ accountId, id }] },
      decide(context, loaded) {
        assertCategory(context.catalog, input.category);
        if (loaded.hold(accountId, id) !== undefined)
          throw new DomainError(
            'conflict',
            `There is a hold '${id}' already`,
            '/id',
            'an id that was not used',
          );
        return decideHold(context, {
          id,
          items: input.items,
          dimensions: dimensionsOf(input),
          expiresAtMs:
            input.expiresAt === undefined
              ? context.nowMs + limits.holdLifetimeSecondsDefault * 1_000
              : parseInstant(input.expiresAt),
        });
      },
      encode: (outcome, after) => (outcome.outcome === 'held' ? encodeHeld(outcome, after) : null),
    };
    const executed = await execute(services, command);
    if (executed.replayed || executed.outcome.outcome === 'held') return executedReply(executed);
    return refusedReply(call, executed.outcome.refusal, executed.after);
  },
};

function encodeHeld(outcome: OpenedHold, { state, catalog, nowMs }: DecisionContext): Answer {
  const answer: HoldAnswer = {
    hold: holdView(outcome.hold),
    cost: costView(outcome.priced, catalog, true),
    grantsUsed: grantUseViews(outcome.legs),
    remaining: remainingView(state, catalog, outcome.standings),
    asOf: formatInstant(nowMs),
  };
  return { status: 201, body: JSON.stringify(answer) };
}
