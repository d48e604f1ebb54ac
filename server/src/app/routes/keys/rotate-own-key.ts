import { extensionToken } from '../../../contract/pairings/pairings-schemas.ts';
import type { ExtensionCaller } from '../../callers/caller.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { route } from '../../http/route.ts';
import { extensionTokenView } from '../pairings/pairing-views.ts';

/** Changes an extension's token for another, so that one that leaked unseen ends. */
export const rotateOwnKey = route('POST /v1/keys/own/rotate', {
  words: "Rotates an extension's token",
  callers: ['extension'],
  answers: { 201: extensionToken },
  async handle({ services, caller, requestId }) {
    const { keyId } = caller as ExtensionCaller;
    const created = await services.keys.rotate(keyId);
    services.log.info({ keyId, rotatedTo: created.record.id, requestId }, 'A key was rotated');
    return jsonReply(extensionTokenView(created), 201);
  },
});
