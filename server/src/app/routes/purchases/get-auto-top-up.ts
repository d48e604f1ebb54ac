import { paths } from '../../../contract/paths.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import { managers, type Route } from '../../http/route.ts';
import { autoTopUpView } from './purchase-views.ts';

/** How auto top-up is set, and how it stands. */
export const getAutoTopUp: Route = {
  method: 'GET',
  path: pathPattern(paths.autoTopUp(':accountId')),
  callers: managers,
  async handle({ services, params, caller }) {
    const { state, catalog, viewer } = await readAccount(services, pathId(params, 'accountId'), caller);
    assertMaySee(viewer.view.balance && viewer.view.money);
    return jsonReply(autoTopUpView(state, catalog));
  },
};
