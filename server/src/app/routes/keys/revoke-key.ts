import { AppError } from '../../http/problem.ts';
import { emptyReply } from '../../http/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Revokes a key: from the next request on it is refused, and what it had open is ended. */
export const revokeKey = route('DELETE /v1/keys/:keyId', {
  words: 'Revokes a key, at once',
  callers: backendOnly,
  answers: { 204: null },
  async handle({ services, params, requestId }) {
    const { keyId } = params;
    if (!(await services.keys.revoke(keyId))) throw new AppError('not_found', `There is no key '${keyId}'`);
    services.log.info({ keyId, requestId }, 'A key was revoked');
    return emptyReply;
  },
});
