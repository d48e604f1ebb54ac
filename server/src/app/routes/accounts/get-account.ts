import { paths } from '../../../contract/paths.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { accountView } from './account-view.ts';

export const getAccount: Route = {
  method: 'GET',
  path: pathPattern(paths.account(':accountId')),
  callers: backendOnly,
  async handle({ services, params, caller }) {
    const { state } = await readAccount(services, pathId(params, 'accountId'), caller);
    return jsonReply(accountView(state.profile));
  },
};
