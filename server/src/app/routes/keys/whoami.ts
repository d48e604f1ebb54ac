import type { Whoami } from '../../../contract/access.ts';
import { paths } from '../../../contract/paths.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { jsonReply } from '../../http/reply.ts';
import type { CallerRoute } from '../../http/route.ts';

/** Tells the caller who it is, by which a UI decides what to offer. */
export const whoami: CallerRoute = {
  method: 'GET',
  path: paths.whoami,
  callers: ['secret_key', 'member', 'visitor', 'extension'],
  async handle({ services, caller }) {
    const none: Whoami = {
      caller: caller.kind,
      accountId: null,
      memberId: null,
      role: null,
      permissions: [],
    };
    if (caller.kind === 'secret_key') return jsonReply(none);
    if (caller.kind === 'visitor') return jsonReply({ ...none, accountId: caller.accountId });
    const { viewer } = await readAccount(services, caller.accountId, caller);
    const { role, permissions, memberId } = viewer;
    return jsonReply({ ...none, accountId: caller.accountId, memberId, role, permissions: [...permissions] });
  },
};
