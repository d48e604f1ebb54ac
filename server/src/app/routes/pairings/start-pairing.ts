import { apiBounds } from '../../../contract/api-bounds.ts';
import type { StartedPairing } from '../../../contract/pairings/pairings.ts';
import { pairingRequest, startedPairing } from '../../../contract/pairings/pairings-schemas.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { openRoute } from '../../http/route.ts';
import { formatUserCode } from '../../pairings/user-code.ts';

const extensionOrigin = /^(chrome|moz|safari-web)-extension:\/\/[A-Za-z0-9-]+$/;

/** Begins to connect a browser's extension, which has no credentials yet (RFC 8628, 3.1 and 3.2). */
export const startPairing = openRoute('POST /v1/pairings', {
  words: "Begins to connect the extension of a member's browser (RFC 8628)",
  body: pairingRequest,
  answers: { 201: startedPairing },
  async handle({ services, request, body, address, requestId }) {
    const origin = request.headers.get('origin');
    // A page that begins one by itself would have its visitors approve what they never asked for.
    if (origin !== null && !extensionOrigin.test(origin))
      throw new AppError('forbidden', 'Only a browser extension may request a pairing; a page may not');
    const { connect } = services.catalogs.latest.links;
    if (connect === undefined)
      throw new AppError(
        'conflict',
        'This product has no page for connecting browsers; set links.connect in the catalog',
      );
    const { pairing, deviceCode } = await services.pairings.begin({ ...body, origin, address });
    services.log.info({ pairingId: pairing.id, origin, requestId }, 'A pairing was begun');
    const userCode = formatUserCode(pairing.userCode);
    const complete = new URL(connect);
    complete.searchParams.set('code', userCode);
    const started: StartedPairing = {
      deviceCode,
      userCode,
      verificationUri: connect,
      verificationUriComplete: complete.href,
      expiresInSeconds: apiBounds.pairingSecondsMax,
      intervalSeconds: pairing.intervalSeconds,
    };
    return jsonReply(started, 201);
  },
});
