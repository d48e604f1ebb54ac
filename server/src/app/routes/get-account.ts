import { paths } from '../../contract/paths.ts';
import { readAccount } from '../account-reader.ts';
import { pathId, pathPattern } from '../path-pattern.ts';
import { jsonReply } from '../reply.ts';
import { backendOnly, type Route } from '../route.ts';
import { accountView } from '../views/account-view.ts';

export const getAccount: Route = {
  method: 'GET',
  path: pathPattern(paths.account(':accountId')),
  callers: backendOnly,
  async handle({ services, params, caller }) {
    const { state } = await readAccount(services, pathId(params, 'accountId'), caller);
    return jsonReply(accountView(state.profile));
  },
};
