import { paths } from '../../contract/paths.ts';
import { assertMaySee, readAccount } from '../account-reader.ts';
import { pathId, pathPattern } from '../path-pattern.ts';
import { jsonReply } from '../reply.ts';
import { managers, type Route } from '../route.ts';
import { autoTopUpView } from '../views/purchase-views.ts';

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
