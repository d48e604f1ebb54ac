import { member, memberInvitation } from '../../../contract/members/members-schemas.ts';
import { DomainError } from '../../../domain/decision.ts';
import { decidePutMember } from '../../../domain/members/members.ts';
import { executeNew } from '../../execute.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { memberView } from './member-view.ts';

/** Invites a member, who takes a seat where the catalog has seats. There is no other thing that seats gate. */
export const createMember = route('POST /v1/accounts/:accountId/members', {
  words: 'Makes a new member; refused if no seat of its kind is free',
  callers: backendOnly,
  body: memberInvitation,
  answers: { 201: member },
  async handle({ services, params: { accountId }, body }) {
    const { id, ...input } = body;
    const { outcome } = await executeNew(services, {
      accountId,
      needs: { members: [{ accountId, id }] },
      decide(context, loaded) {
        const present = loaded.member(accountId, id);
        // One that was removed may come back, as a new member does.
        if (present !== undefined && present.removal?.isBack !== false)
          throw new DomainError('conflict', `There is a member '${id}' already`, '/id', 'another id');
        return decidePutMember(context, { present, id, input, usedThisCycle: {} });
      },
      alsoWrite: (put) => ({ members: [put.member] }),
    });
    return jsonReply(memberView(outcome.member), 201);
  },
});
