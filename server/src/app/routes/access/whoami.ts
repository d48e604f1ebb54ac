import type { Whoami } from '../../../contract/access/access.ts';
import { whoami as whoamiAnswer } from '../../../contract/access/access-schemas.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';

/** Tells the caller who it is, by which a UI decides what to offer. */
export const whoami = route('GET /v1/whoami', {
  words: 'Who the caller is',
  callers: readers,
  answers: { 200: whoamiAnswer },
  async handle({ services, caller }) {
    const none: Whoami = {
      caller: caller.kind,
      accountId: null,
      memberId: null,
      role: null,
      permissions: [],
      view: null,
    };
    if (caller.kind === 'secret_key') return jsonReply(none);
    const { viewer } = await readAccount(services, caller.accountId, caller);
    const { role, permissions, memberId, view } = viewer;
    const { accountId } = caller;
    return jsonReply({ ...none, accountId, memberId, role, permissions: [...permissions], view });
  },
});
