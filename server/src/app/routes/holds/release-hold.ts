import type { HoldAnswer } from '../../../contract/holds.ts';
import { paths } from '../../../contract/paths.ts';
import { releaseRequest } from '../../../contract/schemas/holds.ts';
import { decideRelease } from '../../../domain/holds/holds.ts';
import { execute } from '../../execute.ts';
import { assertHoldKnown } from '../../gate/hold-needs.ts';
import { executedReply } from '../../http/executed-reply.ts';
import { requireIdempotency } from '../../http/idempotency.ts';
import { formatInstant } from '../../http/instants.ts';
import { parseJson, parseValue, readBody } from '../../http/parse-input.ts';
import { pathKeptId, pathPattern } from '../../http/path-pattern.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { remainingView } from '../gate/gate-views.ts';
import { holdView } from './hold-view.ts';

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
