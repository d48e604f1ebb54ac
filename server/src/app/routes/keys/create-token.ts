import { apiBounds } from '../../../contract/api-bounds.ts';
import { token, tokenRequest } from '../../../contract/keys/keys-schemas.ts';
import { canonicalLanguage } from '../../../contract/values/languages.ts';
import { isClosedByErasure } from '../../../domain/erasures/erase-state.ts';
import { readPresentMember } from '../../accounts/present-member.ts';
import { accountNotFound } from '../../execute.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Signs a token for a browser of the host's: for a member, or for a public visitor. */
export const createToken = route('POST /v1/tokens', {
  words: 'Signs a token for a browser of a member or visitor',
  callers: backendOnly,
  body: tokenRequest,
  answers: { 201: token },
  async handle({ services, body }) {
    const { accountId, memberId, narrowTo, lifetimeSeconds } = body;
    const language = body.language === undefined ? null : canonicalLanguage(body.language);
    const known = await services.store.readAccount(accountId);
    if (known === undefined || isClosedByErasure(known)) throw accountNotFound(accountId);
    if (memberId !== undefined && (await readPresentMember(services, accountId, memberId)) === undefined)
      throw new AppError('member_not_found', `There is no member '${memberId}' in this account`);
    const lifetime = lifetimeSeconds ?? apiBounds.tokenLifetimeSecondsDefault;
    const expiresAtMs = services.clock.systemMs + lifetime * 1_000;
    const token = await services.tokens.issue({
      accountId,
      expiresAtMs,
      ...(memberId === undefined ? {} : { memberId }),
      ...(narrowTo === undefined ? {} : { narrowTo }),
      ...(language === null ? {} : { language }),
    });
    return jsonReply({ token, expiresAt: formatInstant(expiresAtMs) }, 201);
  },
});
