import { hash128 } from '../../../domain/ids/hash128.ts';
import { decideRemoveMember } from '../../../domain/members/members.ts';
import { isRemoved } from '../../accounts/present-member.ts';
import { executeNew } from '../../execute.ts';
import { AppError } from '../../http/reply/problem.ts';
import { emptyReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

const pseudonymDigits = 6;

/** Removes a member: tokens and extension keys are refused from the next request on, history keeps a pseudonym. */
export const removeMember = route('DELETE /v1/accounts/:accountId/members/:memberId', {
  words: 'Removes a member; tokens and keys are refused at once, and history keeps a pseudonym',
  callers: backendOnly,
  answers: { 204: null },
  async handle({ services, params }) {
    const { accountId, memberId } = params;
    await executeNew(services, {
      accountId,
      needs: { members: [{ accountId, id: memberId }] },
      decide(context, loaded) {
        const present = loaded.member(accountId, memberId);
        if (present === undefined || isRemoved(present))
          throw new AppError('member_not_found', `There is no member '${memberId}' in this account`);
        const digits = hash128(`${accountId} ${memberId}`).slice(0, pseudonymDigits);
        return decideRemoveMember(context, present, `Former member ${digits}`);
      },
      alsoWrite: (removed) => ({ members: [removed] }),
    });
    return emptyReply;
  },
});
