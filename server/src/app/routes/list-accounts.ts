import { paths } from '../../contract/paths.ts';
import { pageQuery } from '../../contract/schemas/primitives.ts';
import { pageRequest, pageView } from '../page-request.ts';
import { parseQuery } from '../parse-input.ts';
import { jsonReply } from '../reply.ts';
import { backendOnly, type Route } from '../route.ts';
import { accountView } from '../views/account-view.ts';

export const listAccounts: Route = {
  method: 'GET',
  path: paths.accounts,
  callers: backendOnly,
  async handle({ services, request }) {
    const query = parseQuery(request.url, pageQuery);
    const page = await services.store.listAccounts(pageRequest(query));
    return jsonReply(pageView(page, (state) => accountView(state.profile)));
  },
};
