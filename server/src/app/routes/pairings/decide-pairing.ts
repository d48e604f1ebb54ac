import { apiBounds } from '../../../contract/api-bounds.ts';
import { pairing } from '../../../contract/pairings/pairings-schemas.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import type { MemberCaller } from '../../callers/caller.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { pairingView } from './pairing-views.ts';

/**
 * Lets a browser read what the calling member may read: any role may, since the browser gets no more than the member has. A token
 * that is narrowed hands on no more than it has itself.
 */
export const approvePairing = route('POST /v1/pairings/:userCode/approve', {
  words: 'Approves a pairing, as the signed-in member',
  callers: ['member'],
  answers: { 200: pairing },
  async handle({ services, params, caller }) {
    const member = caller as MemberCaller;
    const { state } = await readAccount(services, member.accountId, caller);
    await assertRoom(services, member);
    const decided = await services.pairings.decide(params.userCode, member, 'approved');
    return jsonReply(pairingView(decided, state.profile.timeZone));
  },
});

export const denyPairing = route('POST /v1/pairings/:userCode/deny', {
  words: 'Denies a pairing',
  callers: ['member'],
  answers: { 200: pairing },
  async handle({ services, params, caller }) {
    const member = caller as MemberCaller;
    const { state } = await readAccount(services, member.accountId, caller);
    const decided = await services.pairings.decide(params.userCode, member, 'denied');
    return jsonReply(pairingView(decided, state.profile.timeZone));
  },
});

async function assertRoom({ store }: Services, { accountId, memberId }: MemberCaller): Promise<void> {
  const { items } = await store.listAccountKeys(
    { accountId, memberId },
    { limit: apiBounds.connectedBrowsersMax },
  );
  if (items.length >= apiBounds.connectedBrowsersMax)
    throw new AppError(
      'count_limit_reached',
      `${apiBounds.connectedBrowsersMax} browsers are connected, which is the maximum; disconnect one first`,
    );
}
