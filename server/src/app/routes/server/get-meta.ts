import type { Meta } from '../../../contract/server/meta.ts';
import { meta } from '../../../contract/server/meta-schemas.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { openRoute } from '../../http/route.ts';

export const getMeta = openRoute('GET /v1/meta', {
  words: 'Version, contract and mode',
  answers: { 200: meta },
  handle({ services }) {
    const meta: Meta = {
      version: services.version,
      contractHash: services.openapi.hash,
      mode: services.mode,
    };
    return jsonReply(meta);
  },
});
