import { extensionToken, pairingTokenRequest } from '../../../contract/pairings/pairings-schemas.ts';
import { readPresentMember } from '../../accounts/present-member.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { openRoute } from '../../http/route.ts';
import { extensionTokenView } from './pairing-views.ts';

/** Gives the token to the browser that began, once it was approved (RFC 8628, 3.4 and 3.5). */
export const fetchPairingToken = openRoute('POST /v1/pairings/token', {
  words: 'The token of a pairing, once, after its approval (RFC 8628)',
  body: pairingTokenRequest,
  answers: { 200: extensionToken },
  async handle({ services, body, address, requestId, trail }) {
    const created = await services.pairings.redeem(
      { ...body, address },
      async ({ accountId, memberId }) =>
        (await readPresentMember(services, accountId, memberId)) !== undefined,
    );
    const { id: keyId, accountId, memberId, label } = created.record;
    trail.accountId = accountId;
    services.log.info({ keyId, accountId, memberId, label, requestId }, 'A browser was connected');
    return jsonReply(extensionTokenView(created));
  },
});
