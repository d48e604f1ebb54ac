import { pairing } from '../../../contract/pairings/pairings-schemas.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import type { MemberCaller } from '../../callers/caller.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { route } from '../../http/route.ts';
import { pairingView } from './pairing-views.ts';

export const getPairing = route('GET /v1/pairings/:userCode', {
  words: 'The pairing request of a browser, for the member who approves it',
  callers: ['member'],
  answers: { 200: pairing },
  async handle({ services, params, caller }) {
    const member = caller as MemberCaller;
    // A member who was removed is told nothing.
    const { state } = await readAccount(services, member.accountId, caller);
    const pairing = await services.pairings.find(params.userCode, member);
    return jsonReply(pairingView(pairing, state.profile.timeZone));
  },
});
