import type { CheckAnswer } from '../../contract/gate.ts';
import { paths } from '../../contract/paths.ts';
import { decideUse } from '../../domain/use.ts';
import { readAccount } from '../account-reader.ts';
import { formatInstant } from '../instants.ts';
import { parseJson, readBody } from '../parse-input.ts';
import { parseUseRequest } from '../parse-use-request.ts';
import { jsonReply } from '../reply.ts';
import { backendOnly, type Route } from '../route.ts';
import { assertCategory, dimensionsOf } from '../use-command.ts';
import { costView, remainingView } from '../views/gate-views.ts';
import { refusalView } from '../views/refusal-view.ts';

/** Whether a use would pass, and what it would cost. It is the gate's own decision, with nothing written. */
export const check: Route = {
  method: 'POST',
  path: paths.check,
  callers: backendOnly,
  async handle({ services, request, caller }) {
    const use = parseUseRequest(parseJson(await readBody(request)));
    const { state, catalog, plan, nowMs, viewer } = await readAccount(services, use.accountId, caller);
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
