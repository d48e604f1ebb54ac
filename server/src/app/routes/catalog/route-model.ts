import type { RouteAnswer } from '../../../contract/catalog/routing.ts';
import { routeAnswer, routeRequest } from '../../../contract/catalog/routing-schemas.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import { routeModel as decideRoute } from '../../../domain/models/models.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { route } from '../../http/route.ts';

/** Auto mode: the cheapest model that fits, within what the plan's tier may be routed to, and what it costs. */
export const routeModel = route('POST /v1/route', {
  words: 'Auto mode: the cheapest model that fits, and its cost',
  callers: ['secret_key', 'member'],
  body: routeRequest,
  answers: { 200: routeAnswer },
  async handle({ services, body: input, caller }) {
    const accountId = accountOf(caller, input.accountId, '/accountId');
    const { catalog, plan, nowMs, viewer } = await readAccount(services, accountId, caller);
    const tokens = {
      ...(input.inputTokens === undefined ? {} : { input: input.inputTokens }),
      ...(input.outputTokens === undefined ? {} : { output: input.outputTokens }),
    };
    const routed = decideRoute(catalog, plan, { complexity: input.complexity, tokens }, nowMs);
    if (routed.outcome === 'refused')
      throw new AppError(
        'unknown_model',
        routed.reason === 'plan_tier'
          ? `Auto mode of the ${plan.name} plan reaches no model for this complexity`
          : 'No model fits this complexity',
      );
    const { model } = routed;
    const answer: RouteAnswer = {
      model: viewer.modelNames ? model.id : null,
      label: viewer.modelNames ? model.label : model.tier.label,
      provider: viewer.modelNames ? model.provider : null,
      tierLabel: model.tier.label,
      cost: formatAmount(routed.cost),
      unit: catalog.unit,
      asOf: formatInstant(nowMs),
    };
    return jsonReply(answer);
  },
});
