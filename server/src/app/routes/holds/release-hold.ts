import type { HoldAnswer } from '../../../contract/holds/holds.ts';
import { holdAnswer, releaseRequest } from '../../../contract/holds/holds-schemas.ts';
import { decideRelease } from '../../../domain/holds/holds.ts';
import { execute } from '../../execute.ts';
import { assertHoldOpen } from '../../gate/hold-needs.ts';
import { formatInstant } from '../../http/instants.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { remainingView } from '../gate/gate-views.ts';
import { holdView } from './hold-view.ts';

export const releaseHold = route('POST /v1/holds/:holdId/release', {
  words: 'Releases a hold',
  callers: backendOnly,
  body: releaseRequest,
  idempotency: 'required',
  answers: { 200: holdAnswer },
  async handle({ services, params, body, idempotency }) {
    const { holdId } = params;
    const { accountId } = body;
    const executed = await execute(services, {
      accountId,
      idempotency,
      needs: { holds: [{ accountId, id: holdId }] },
      decide(context, loaded) {
        assertHoldOpen(loaded, accountId, holdId);
        return decideRelease(context, holdId);
      },
      encode(hold, { state, catalog, nowMs }) {
        const answer: HoldAnswer = {
          hold: holdView(hold),
          cost: { amount: '0', unit: hold.unit, lineItems: [] },
          grantsUsed: [],
          remaining: remainingView(state, catalog, { standings: [], windows: [] }),
          asOf: formatInstant(nowMs),
        };
        return { status: 200, body: JSON.stringify(answer) };
      },
    });
    return executedReply(executed);
  },
});
