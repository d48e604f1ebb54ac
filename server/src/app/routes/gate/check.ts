import type { CheckAnswer, Cost } from '../../../contract/gate/gate.ts';
import { checkAnswer, useRequest } from '../../../contract/gate/gate-schemas.ts';
import type { Profile } from '../../../domain/accounts/state.ts';
import type { DecisionContext } from '../../../domain/decision.ts';
import { decideUse } from '../../../domain/gate/use.ts';
import { withinBounds } from '../../../domain/within-bounds.ts';
import { balanceUnit, showsBalance } from '../../access/amounts-in-view.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { parseUseRequest } from '../../gate/parse-use-request.ts';
import { refusalView } from '../../gate/refusal-view.ts';
import { assertCategory, dimensionsOf } from '../../gate/use-command.ts';
import { formatInstant } from '../../http/instants.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { managers, route } from '../../http/route.ts';
import { costView, remainingView } from './gate-views.ts';

/**
 * Whether a use would pass, and what it would cost. The gate itself decides, and nothing is written. A member asks for itself,
 * before it chooses; a caller who may not see the balance does not see it here either.
 */
export const check = route('POST /v1/check', {
  words: 'Whether a use would pass, and its cost; changes nothing',
  callers: managers,
  body: useRequest,
  answers: { 200: checkAnswer },
  parseBody: parseUseRequest,
  async handle({ services, body: asked, caller }) {
    const use =
      caller.kind === 'member'
        ? { ...asked, accountId: accountOf(caller, asked.accountId), memberId: caller.memberId }
        : asked;
    const { state, catalog, plan, nowMs, viewer } = await readAccount(services, use.accountId, caller);
    assertMaySee(showsBalance(viewer, catalog.unit) && viewer.view.usage === 'units');
    assertCategory(catalog, use.category);
    const member =
      use.memberId === undefined ? undefined : await services.store.readMember(use.accountId, use.memberId);
    const recordedAtMs = services.clock.systemMs;
    const context: DecisionContext = { state, catalog, member, nowMs, recordedAtMs, commandId: 'check' };
    const { outcome } = withinBounds(
      context,
      decideUse(context, { items: use.items, dimensions: dimensionsOf(use) }),
    );
    const answer: CheckAnswer = {
      allowed: outcome.outcome === 'allowed',
      cost: withOtherKeys(costView(outcome.priced, catalog, viewer.modelNames), state.profile),
      refusal: outcome.outcome === 'allowed' ? null : refusalView(outcome.refusal, { catalog, plan, viewer }),
      remaining: remainingView(state, catalog, outcome),
      creditLabel: balanceUnit(catalog),
      asOf: formatInstant(nowMs),
      timeZone: state.profile.timeZone,
    };
    return readingReply({ state }, answer);
  },
});

/** Marks requests that the platform charges although the account has keys of its own: they are for other providers. */
function withOtherKeys(cost: Cost, { ownKeys }: Profile): Cost {
  if (Object.keys(ownKeys).length === 0) return cost;
  const lineItems = cost.lineItems.map((line) =>
    line.kind === 'llm' && line.ownKey !== true ? { ...line, otherKey: true as const } : line,
  );
  return { ...cost, lineItems };
}
