import { member } from '../../../contract/members/members-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readPresentMember } from '../../accounts/present-member.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { route } from '../../http/route.ts';
import { memberView } from './member-view.ts';

/** One member, for the backend, the account's managers, and the member. */
export const getMember = route('GET /v1/accounts/:accountId/members/:memberId', {
  words: 'One member',
  callers: ['secret_key', 'member'],
  answers: { 200: member },
  async handle({ services, params, caller }) {
    const { accountId, memberId } = params;
    const { viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage || viewer.memberId === memberId);
    const member = await readPresentMember(services, accountId, memberId);
    if (member === undefined)
      throw new AppError('member_not_found', `There is no member '${memberId}' in this account`);
    return jsonReply(memberView(member));
  },
});
