import { paths } from '../../../contract/paths.ts';
import { requireIdempotency } from '../../http/idempotency.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { managers, type Route } from '../../http/route.ts';
import { changeSubscription } from './subscription-commands.ts';

/** Ends the subscription with what is paid or tried, or goes down to the plan that the catalog names. */
export const cancelSubscription: Route = {
  method: 'POST',
  path: pathPattern(paths.subscriptionCancel(':accountId')),
  callers: managers,
  async handle(call) {
    const accountId = pathId(call.params, 'accountId');
    const idempotency = requireIdempotency(call.request, paths.subscriptionCancel(accountId), '');
    return changeSubscription(call, accountId, { command: { kind: 'cancel' }, idempotency });
  },
};
