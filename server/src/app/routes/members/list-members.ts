import { paths } from '../../../contract/paths.ts';
import { pageQuery } from '../../../contract/schemas/primitives.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { pageRequest, pageView } from '../../http/page-request.ts';
import { parseQuery } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import type { CallerRoute } from '../../http/route.ts';
import { memberView } from '../accounts/account-view.ts';

/** Members with their roles and allocations: to the backend and to those who manage the account. */
export const listMembers: CallerRoute = {
  method: 'GET',
  path: pathPattern(paths.members(':accountId')),
  callers: ['secret_key', 'member'],
  async handle({ services, request, params, caller }) {
    const accountId = pathId(params, 'accountId');
    const query = parseQuery(request.url, pageQuery);
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    return jsonReply(pageView(await services.store.listMembers(accountId, pageRequest(query)), memberView));
  },
};
