import type { ExtensionCaller } from '../../callers/caller.ts';
import { AppError } from '../../http/reply/problem.ts';
import { emptyReply } from '../../http/reply/reply.ts';
import { route } from '../../http/route.ts';

/** By this name an extension gives up the key that it calls with, whose id it was never told. */
const ownKeyName = 'own';

/**
 * Revokes a key: from the next request on it is refused, and what it had open is ended. An extension may revoke the key
 * that it calls with, as `own`, and no other.
 */
export const revokeKey = route('DELETE /v1/keys/:keyId', {
  words: 'Revokes a key at once',
  callers: ['secret_key', 'extension'],
  answers: { 204: null },
  audit: () => ({}),
  async handle({ services, params, caller, requestId }) {
    const keyId = caller.kind === 'extension' ? ownKeyOf(caller, params.keyId) : params.keyId;
    if (!(await services.keys.revoke(keyId))) throw new AppError('not_found', `There is no key '${keyId}'`);
    services.log.info({ keyId, requestId }, 'A key was revoked');
    return emptyReply;
  },
});

function ownKeyOf({ keyId }: ExtensionCaller, named: string): string {
  if (named !== ownKeyName && named !== keyId)
    throw new AppError('forbidden', 'An extension may revoke only the key that it calls with');
  return keyId;
}
