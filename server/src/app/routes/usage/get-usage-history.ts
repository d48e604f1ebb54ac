import { usageHistory } from '../../../contract/usage/usage-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import { readUsageHistory } from '../../usage/usage-history.ts';

/** Six months of the account's metrics, for viewers who may see everybody's use in units. */
export const getUsageHistory = route('GET /v1/accounts/:accountId/usage/history', {
  words: "Six months of the account's metrics",
  callers: readers,
  answers: { 200: usageHistory },
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    const { usage, usageOf } = reading.viewer.view;
    assertMaySee(usage === 'units' && usageOf === 'all');
    return readingReply(reading, await readUsageHistory(services, reading));
  },
});
