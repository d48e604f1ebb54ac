import { AppError } from '../../http/reply/problem.ts';
import { emptyReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Makes a new signing secret, so that every token signed so far is refused. Other processes follow within seconds. */
export const rotateTokenSecret = route('POST /v1/token-secret/rotate', {
  words: 'Rotates the secret that signs tokens, which ends every token',
  callers: backendOnly,
  answers: { 204: null },
  audit: () => ({}),
  async handle({ services }) {
    if (!(await services.tokens.rotateSecret()))
      throw new AppError(
        'conflict',
        'The environment variable USAGEKIT_TOKEN_SECRET sets the signing secret; change it there',
      );
    services.hub.endTokens();
    return emptyReply;
  },
});
