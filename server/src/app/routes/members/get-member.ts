import { paths } from '../../../contract/paths.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import type { CallerRoute } from '../../http/route.ts';
import { memberView } from '../accounts/account-view.ts';

/** One member: to the backend, to those who manage the account, and to the member. */
export const getMember: CallerRoute = {
  method: 'GET',
  path: pathPattern(paths.member(':accountId', ':memberId')),
  callers: ['secret_key', 'member'],
  async handle({ services, params, caller }) {
    const accountId = pathId(params, 'accountId');
    const memberId = pathId(params, 'memberId');
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage || viewer.memberId === memberId);
    const member = await services.store.readMember(accountId, memberId);
    if (member === undefined)
      throw new AppError('member_not_found', `There is no member '${memberId}' in this account`);
    return jsonReply(memberView(member));
  },
};
