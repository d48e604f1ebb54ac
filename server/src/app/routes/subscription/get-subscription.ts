import { subscription } from '../../../contract/schemas/subscription.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { jsonReply } from '../../http/reply.ts';
import { readers, route } from '../../http/route.ts';
import { subscriptionView } from './subscription-view.ts';

/** The account's plan, what it includes with its use, and what comes next. */
export const getSubscription = route('GET /v1/accounts/:accountId/subscription', {
  words: 'The plan, what it includes with its use, and what comes next',
  callers: readers,
  answers: { 200: subscription },
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    assertMaySee(reading.viewer.view.plan);
    return jsonReply(subscriptionView(reading));
  },
});
