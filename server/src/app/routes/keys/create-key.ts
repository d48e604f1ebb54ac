import type { CreatedKey, KeyRequest } from '../../../contract/keys/keys.ts';
import { createdKey, keyRequest } from '../../../contract/keys/keys-schemas.ts';
import { isClosedByErasure } from '../../../domain/erasures/erase-state.ts';
import { readPresentMember } from '../../accounts/present-member.ts';
import { accountNotFound } from '../../execute.ts';
import { AppError, invalidParameter } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { keyView } from './key-view.ts';

/** Makes a secret key, or a read-only key for a member's extension. The secret is in this answer and nowhere else. */
export const createKey = route('POST /v1/keys', {
  words: 'Makes a key; only this answer contains its secret',
  callers: backendOnly,
  body: keyRequest,
  answers: { 201: createdKey },
  audit: ({ body }) => ({ kind: body.kind, label: body.label ?? '' }),
  async handle({ services, body, requestId, trail }) {
    const { kind, label = '', accountId, memberId } = body;
    await assertOwner(services, { kind, ...(accountId && { accountId }), ...(memberId && { memberId }) });
    const { record, secret } = await services.keys.create({
      kind,
      label,
      accountId: accountId ?? null,
      memberId: memberId ?? null,
    });
    const { id: keyId, prefix } = record;
    trail.noted = { keyId };
    services.log.info({ keyId, kind, prefix, label, accountId, memberId, requestId }, 'A key was made');
    const created: CreatedKey = { ...keyView(record), secret };
    return jsonReply(created, 201);
  },
});

/** An extension's key is a member's; a secret key is nobody's. */
async function assertOwner(services: Services, { kind, accountId, memberId }: KeyRequest): Promise<void> {
  if (kind === 'secret') {
    if (accountId !== undefined || memberId !== undefined)
      throw invalidParameter(
        '/accountId',
        'A secret key belongs to no account',
        'neither accountId nor memberId',
      );
    return;
  }
  if (accountId === undefined)
    throw invalidParameter('/accountId', 'is missing', 'the account that may be read');
  if (memberId === undefined)
    throw invalidParameter('/memberId', 'is missing', 'the member whose view the extension gets');
  const known = await services.store.readAccount(accountId);
  if (known === undefined || isClosedByErasure(known)) throw accountNotFound(accountId);
  if ((await readPresentMember(services, accountId, memberId)) === undefined)
    throw new AppError('member_not_found', `There is no member '${memberId}' in this account`);
}
