import { paths } from '../../../contract/paths.ts';
import { planChange } from '../../../contract/schemas/subscription.ts';
import { requireIdempotency } from '../../http/idempotency.ts';
import { parseJson, parseValue, readBody } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { managers, type Route } from '../../http/route.ts';
import { changeSubscription } from './subscription-commands.ts';

/** Changes plan or interval: to more at once, to less when the period ends. */
export const changePlan: Route = {
  method: 'POST',
  path: pathPattern(paths.subscriptionChange(':accountId')),
  callers: managers,
  async handle(call) {
    const accountId = pathId(call.params, 'accountId');
    const body = await readBody(call.request);
    const change = parseValue(planChange, parseJson(body));
    const idempotency = requireIdempotency(call.request, paths.subscriptionChange(accountId), body);
    return changeSubscription(call, accountId, { command: { kind: 'change_plan', ...change }, idempotency });
  },
};
