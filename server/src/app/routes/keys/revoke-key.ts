import { paths } from '../../../contract/paths.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { AppError } from '../../http/problem.ts';
import { emptyReply } from '../../http/reply.ts';
import { backendOnly, type Route } from '../../http/route.ts';

/** Revokes a key: from the next request on it is refused, and what it had open is ended. */
export const revokeKey: Route = {
  method: 'DELETE',
  path: pathPattern(paths.key(':keyId')),
  callers: backendOnly,
  async handle({ services, params }) {
    const keyId = pathId(params, 'keyId');
    if (!(await services.keys.revoke(keyId))) throw new AppError('not_found', `There is no key '${keyId}'`);
    services.hub.endKey(keyId);
    return emptyReply;
  },
};
