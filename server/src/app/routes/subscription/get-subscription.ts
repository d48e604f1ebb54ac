import { paths } from '../../../contract/paths.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import { type Route, readers } from '../../http/route.ts';
import { subscriptionView } from './subscription-view.ts';

/** The account's plan, what it includes with its use, and what comes next. */
export const getSubscription: Route = {
  method: 'GET',
  path: pathPattern(paths.subscription(':accountId')),
  callers: readers,
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, pathId(params, 'accountId'), caller);
    assertMaySee(reading.viewer.view.plan);
    return jsonReply(subscriptionView(reading));
  },
};
