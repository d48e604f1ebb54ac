import { paths } from '../../contract/paths.ts';
import { pageQuery } from '../../contract/schemas/primitives.ts';
import { assertMaySee, readAccount } from '../account-reader.ts';
import { pageRequest, pageView } from '../page-request.ts';
import { parseQuery } from '../parse-input.ts';
import { pathId, pathPattern } from '../path-pattern.ts';
import { jsonReply } from '../reply.ts';
import { managers, type Route } from '../route.ts';
import { activityView } from '../views/purchase-views.ts';

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
