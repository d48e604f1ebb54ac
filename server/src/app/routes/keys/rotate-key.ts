import { apiBounds } from '../../../contract/api-bounds.ts';
import type { CreatedKey } from '../../../contract/keys/keys.ts';
import { createdKey, keyRotation } from '../../../contract/keys/keys-schemas.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { keyView } from './key-view.ts';

/** Makes a secret key in the place of another, which holds for a while longer, until all who call with it have the new one. */
export const rotateKey = route('POST /v1/keys/:keyId/rotate', {
  words: 'Rotates a secret key',
  callers: backendOnly,
  body: keyRotation,
  answers: { 201: createdKey },
  audit: ({ body }) => ({ graceSeconds: String(body.graceSeconds ?? apiBounds.keyGraceSecondsDefault) }),
  async handle({ services, params, body, trail }) {
    const { keyId } = params;
    const { graceSeconds = apiBounds.keyGraceSecondsDefault } = body;
    const created = await services.keys.replace(keyId, graceSeconds);
    if (created === undefined) throw new AppError('not_found', `There is no secret key '${keyId}'`);
    trail.noted = { replacedBy: created.record.id };
    const answer: CreatedKey = { ...keyView(created.record), secret: created.secret };
    return jsonReply(answer, 201);
  },
});
