import { paths } from '../../../contract/paths.ts';
import { pageQuery } from '../../../contract/schemas/primitives.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { pageRequest, pageView } from '../../http/page-request.ts';
import { parseQuery } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import { managers, type Route } from '../../http/route.ts';
import { activityView } from '../purchases/purchase-views.ts';

/** The account's activity log, newest first: purchases, adjustments and changes of what costs money. */
export const listActivity: Route = {
  method: 'GET',
  path: pathPattern(paths.activity(':accountId')),
  callers: managers,
  async handle({ services, request, params, caller }) {
    const accountId = pathId(params, 'accountId');
    const query = parseQuery(request.url, pageQuery);
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.invoices);
    const page = await services.store.listActivity(accountId, pageRequest(query));
    return jsonReply(pageView(page, activityView));
  },
};
