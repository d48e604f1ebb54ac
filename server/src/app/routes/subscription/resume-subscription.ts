import { paths } from '../../../contract/paths.ts';
import { requireIdempotency } from '../../http/idempotency.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { managers, type Route } from '../../http/route.ts';
import { changeSubscription } from './subscription-commands.ts';

/** Takes back a cancellation or a change that is scheduled. */
export const resumeSubscription: Route = {
  method: 'POST',
  path: pathPattern(paths.subscriptionResume(':accountId')),
  callers: managers,
  async handle(call) {
    const accountId = pathId(call.params, 'accountId');
    const idempotency = requireIdempotency(call.request, paths.subscriptionResume(accountId), '');
    return changeSubscription(call, accountId, { command: { kind: 'resume' }, idempotency });
  },
};
