import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import { role } from '../members/members-schemas.ts';
import { id, instant, language, name, pageOf } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { CreatedKey, Key, KeyRequest, KeyRotation, Token, TokenRequest } from './keys.ts';

export const tokenRequest = tied<TokenRequest>()(
  z.strictObject({
    accountId: id,
    memberId: id.exactOptional(),
    lifetimeSeconds: z
      .int()
      .min(apiBounds.tokenLifetimeSecondsMin)
      .max(apiBounds.tokenLifetimeSecondsMax)
      .exactOptional(),
    narrowTo: role.exactOptional(),
    language: language.exactOptional(),
  }),
);
export const token = tied<Token>()(z.strictObject({ token: z.string(), expiresAt: instant }));

const keyKind = z.enum(['secret', 'extension']);

export const keyRequest = tied<KeyRequest>()(
  z.strictObject({
    kind: keyKind,
    label: name.exactOptional(),
    accountId: id.exactOptional(),
    memberId: id.exactOptional(),
  }),
);

export const keyRotation = tied<KeyRotation>()(
  z.strictObject({ graceSeconds: z.int().min(0).max(apiBounds.keyGraceSecondsMax).exactOptional() }),
);

const keyFields = {
  id,
  kind: keyKind,
  label: z.string(),
  prefix: z.string(),
  accountId: id.nullable(),
  memberId: id.nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
};
export const key = tied<Key>()(z.strictObject(keyFields));
export const keyPage = pageOf(key);
export const createdKey = tied<CreatedKey>()(z.strictObject({ ...keyFields, secret: z.string() }));
