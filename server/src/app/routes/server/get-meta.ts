import type { Meta } from '../../../contract/meta.ts';
import { paths } from '../../../contract/paths.ts';
import { contractHash } from '../../http/openapi-document.ts';
import { jsonReply } from '../../http/reply.ts';
import type { Route } from '../../http/route.ts';

export const getMeta: Route = {
  method: 'GET',
  path: paths.meta,
  callers: 'anyone',
  handle({ services }) {
    const meta: Meta = { version: services.version, contractHash: contractHash(), mode: services.mode };
    return jsonReply(meta);
  },
};
