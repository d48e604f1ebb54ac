import type { CheckAnswer } from '../../contract/gate.ts';
import { paths } from '../../contract/paths.ts';
import { decideUse } from '../../domain/use.ts';
import { assertMaySee, readAccount } from '../account-reader.ts';
import { formatInstant } from '../instants.ts';
import { accountOf } from '../own-account.ts';
import { parseJson, readBody } from '../parse-input.ts';
import { parseUseRequest } from '../parse-use-request.ts';
import { jsonReply } from '../reply.ts';
import { managers, type Route } from '../route.ts';
import { assertCategory, dimensionsOf } from '../use-command.ts';
import { showsBalance } from '../views/amounts-in-view.ts';
import { costView, remainingView } from '../views/gate-views.ts';
import { refusalView } from '../views/refusal-view.ts';

/**
 * Whether a use would pass, and what it would cost. It is the gate's own decision, with nothing written. A member asks
 * for itself, before it chooses; whoever may not see the balance may not see it by this way either.
 */
export const check: Route = {
  method: 'POST',
  path: paths.check,
  callers: managers,
  async handle({ services, request, caller }) {
    const asked = parseUseRequest(parseJson(await readBody(request)));
    const use =
      caller.kind === 'member'
        ? { ...asked, accountId: accountOf(caller, asked.accountId), memberId: caller.memberId }
        : asked;
    const { state, catalog, plan, nowMs, viewer } = await readAccount(services, use.accountId, caller);
    assertMaySee(showsBalance(viewer, catalog.unit) && viewer.view.usage === 'units');
    assertCategory(catalog, use.category);
    const member =
      use.memberId === undefined ? undefined : await services.store.readMember(use.accountId, use.memberId);
    const { outcome } = decideUse(
      { state, catalog, member, nowMs, recordedAtMs: services.clock.systemMs, commandId: 'check' },
      { items: use.items, dimensions: dimensionsOf(use) },
    );
    const answer: CheckAnswer = {
      allowed: outcome.outcome === 'allowed',
      cost: costView(outcome.priced, catalog, viewer.modelNames),
      refusal: outcome.outcome === 'allowed' ? null : refusalView(outcome.refusal, { catalog, plan, viewer }),
      remaining: remainingView(state, catalog, outcome.standings),
      asOf: formatInstant(nowMs),
    };
    return jsonReply(answer);
  },
};
