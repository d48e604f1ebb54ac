import type { HoldAnswer } from '../../contract/holds.ts';
import { paths } from '../../contract/paths.ts';
import { releaseRequest } from '../../contract/schemas/holds.ts';
import { decideRelease } from '../../domain/holds.ts';
import { execute } from '../execute.ts';
import { executedReply } from '../executed-reply.ts';
import { assertHoldKnown } from '../hold-needs.ts';
import { requireIdempotency } from '../idempotency.ts';
import { formatInstant } from '../instants.ts';
import { parseJson, parseValue, readBody } from '../parse-input.ts';
import { pathKeptId, pathPattern } from '../path-pattern.ts';
import { backendOnly, type Route } from '../route.ts';
import { remainingView } from '../views/gate-views.ts';
import { holdView } from '../views/hold-view.ts';

/** Gives back what is still set aside. */
export const releaseHold: Route = {
  method: 'POST',
  path: pathPattern(paths.releaseHold(':holdId')),
  callers: backendOnly,
  async handle({ services, request, params }) {
    const holdId = pathKeptId(params, 'holdId');
    const body = await readBody(request);
    const { accountId } = parseValue(releaseRequest, parseJson(body));
    const executed = await execute(services, {
      accountId,
      idempotency: requireIdempotency(request, paths.releaseHold(holdId), body),
      needs: { holds: [{ accountId, id: holdId }] },
      decide(context, loaded) {
        assertHoldKnown(loaded, accountId, holdId);
        return decideRelease(context, holdId);
      },
      encode(hold, { state, catalog, nowMs }) {
        const answer: HoldAnswer = {
          hold: holdView(hold),
          cost: { amount: '0', unit: hold.unit, lineItems: [] },
          grantsUsed: [],
          remaining: remainingView(state, catalog, []),
          asOf: formatInstant(nowMs),
        };
        return { status: 200, body: JSON.stringify(answer) };
      },
    });
    return executedReply(executed);
  },
};
