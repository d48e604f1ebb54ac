import type { HoldAnswer } from '../../../contract/holds/holds.ts';
import { holdAnswer, settleRequest } from '../../../contract/holds/holds-schemas.ts';
import { decideSettle } from '../../../domain/holds/settlements.ts';
import { execute } from '../../execute.ts';
import { assertHoldOpen } from '../../gate/hold-needs.ts';
import { formatInstant } from '../../http/instants.ts';
import { executedReply } from '../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { costView, grantUseViews, remainingView } from '../gate/gate-views.ts';
import { holdView } from './hold-view.ts';

export const settleHold = route('POST /v1/holds/:holdId/settle', {
  words: 'Settles a hold: charges the actual use, at once or in parts',
  callers: backendOnly,
  body: settleRequest,
  idempotency: 'required',
  answers: { 200: holdAnswer },
  async handle({ services, params, body, idempotency }) {
    const { holdId } = params;
    const { accountId, items, final = true } = body;
    const executed = await execute(services, {
      accountId,
      // The hold fixed the member; a settled use counts towards that member's share.
      memberIdOf: (loaded) =>
        loaded.account(accountId)?.holds.find(({ id }) => id === holdId)?.dimensions.memberId,
      idempotency,
      needs: { holds: [{ accountId, id: holdId }] },
      decide(context, loaded) {
        assertHoldOpen(loaded, accountId, holdId);
        return decideSettle(context, { holdId, items, final });
      },
      encode(outcome, { state, catalog, nowMs }) {
        const answer: HoldAnswer = {
          hold: holdView(outcome.hold),
          cost: costView(outcome.priced, catalog, true),
          grantsUsed: grantUseViews(outcome.grantsUsed),
          remaining: remainingView(state, catalog, outcome),
          asOf: formatInstant(nowMs),
        };
        return { status: 200, body: JSON.stringify(answer) };
      },
    });
    return executedReply(executed);
  },
});
