import { paths } from '../../../contract/paths.ts';
import { pageQuery } from '../../../contract/schemas/primitives.ts';
import { pageRequest, pageView } from '../../http/page-request.ts';
import { parseQuery } from '../../http/parse-input.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { accountView } from './account-view.ts';

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
