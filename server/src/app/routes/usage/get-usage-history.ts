import { paths } from '../../../contract/paths.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import { type Route, readers } from '../../http/route.ts';
import { readUsageHistory } from '../../usage/usage-history.ts';

/** Six months of the account's metrics, for those who may see everybody's use in units. */
export const getUsageHistory: Route = {
  method: 'GET',
  path: pathPattern(paths.usageHistory(':accountId')),
  callers: readers,
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, pathId(params, 'accountId'), caller);
    const { usage, usageOf } = reading.viewer.view;
    assertMaySee(usage === 'units' && usageOf === 'all');
    return jsonReply(await readUsageHistory(services, reading));
  },
};
