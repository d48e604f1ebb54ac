import { subscription } from '../../../contract/subscription/subscription-schemas.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import { subscriptionView } from './views/subscription-view.ts';

/** The account's plan, what it includes with its use, and what comes next. */
export const getSubscription = route('GET /v1/accounts/:accountId/subscription', {
  words: 'The plan, its allowances with their use, and the next changes',
  callers: readers,
  answers: { 200: subscription },
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    assertMaySee(maySeeSubscription(reading));
    return readingReply(reading, subscriptionView(reading));
  },
});

export function maySeeSubscription({ viewer }: AccountReading): boolean {
  return viewer.view.plan;
}
