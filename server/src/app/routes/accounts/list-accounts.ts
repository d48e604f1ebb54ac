import { accountPage } from '../../../contract/schemas/account.ts';
import { pageQuery } from '../../../contract/schemas/primitives.ts';
import { pageRequest, pageView } from '../../http/page-request.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { accountView } from './account-view.ts';

export const listAccounts = route('GET /v1/accounts', {
  words: 'Accounts by id',
  callers: backendOnly,
  query: pageQuery,
  answers: { 200: accountPage },
  async handle({ services, query }) {
    const page = await services.store.listAccounts(pageRequest(query));
    return jsonReply(pageView(page, (state) => accountView(state.profile)));
  },
});
