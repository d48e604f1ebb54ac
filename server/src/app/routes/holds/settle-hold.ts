import type { HoldAnswer } from '../../../contract/holds.ts';
import { paths } from '../../../contract/paths.ts';
import { settleRequest } from '../../../contract/schemas/holds.ts';
import { decideSettle } from '../../../domain/holds/settlements.ts';
import { execute } from '../../execute.ts';
import { assertHoldKnown } from '../../gate/hold-needs.ts';
import { executedReply } from '../../http/executed-reply.ts';
import { requireIdempotency } from '../../http/idempotency.ts';
import { formatInstant } from '../../http/instants.ts';
import { parseJson, parseValue, readBody } from '../../http/parse-input.ts';
import { pathKeptId, pathPattern } from '../../http/path-pattern.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { costView, grantUseViews, remainingView } from '../gate/gate-views.ts';
import { holdView } from './hold-view.ts';

/** Charges what was really used, whole or in parts. */
export const settleHold: Route = {
  method: 'POST',
  path: pathPattern(paths.settleHold(':holdId')),
  callers: backendOnly,
  async handle({ services, request, params }) {
    const holdId = pathKeptId(params, 'holdId');
    const body = await readBody(request);
    const { accountId, items, final = true } = parseValue(settleRequest, parseJson(body));
    const idempotency = requireIdempotency(request, paths.settleHold(holdId), body);
    const executed = await execute(services, {
      accountId,
      // Whose use it is was fixed with the hold; a share of theirs is counted.
      memberIdOf: (loaded) =>
        loaded.account(accountId)?.holds.find(({ id }) => id === holdId)?.dimensions.memberId,
      idempotency,
      needs: { holds: [{ accountId, id: holdId }] },
      decide(context, loaded) {
        assertHoldKnown(loaded, accountId, holdId);
        return decideSettle(context, { holdId, items, final });
      },
      encode(outcome, { state, catalog, nowMs }) {
        const answer: HoldAnswer = {
          hold: holdView(outcome.hold),
          cost: costView(outcome.priced, catalog, true),
          grantsUsed: grantUseViews(outcome.grantsUsed),
          remaining: remainingView(state, catalog, outcome.standings),
          asOf: formatInstant(nowMs),
        };
        return { status: 200, body: JSON.stringify(answer) };
      },
    });
    return executedReply(executed);
  },
};
