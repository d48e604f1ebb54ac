import { paths } from '../../contract/paths.ts';
import { assertMaySee, readAccount } from '../account-reader.ts';
import { pathId, pathPattern } from '../path-pattern.ts';
import { jsonReply } from '../reply.ts';
import { type Route, readers } from '../route.ts';
import { readUsageHistory } from '../usage-history.ts';

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
