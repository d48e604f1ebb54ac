import { account } from '../../../contract/accounts/account-schemas.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { accountView } from './account-view.ts';

export const getAccount = route('GET /v1/accounts/:accountId', {
  words: 'One account',
  callers: backendOnly,
  answers: { 200: account },
  async handle({ services, params, caller }) {
    const { state } = await readAccount(services, params.accountId, caller);
    return jsonReply(accountView(state.profile));
  },
});
