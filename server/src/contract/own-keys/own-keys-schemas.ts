import * as z from 'zod';
import { id, text } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { OwnKey, OwnKeyInput } from './own-keys.ts';

const lastFour = z.string().regex(/^[A-Za-z0-9]{4}$/, { error: 'the last four characters of the key' });
export const ownKeyInput = tied<OwnKeyInput>()(z.strictObject({ label: text, lastFour }));
export const ownKey = tied<OwnKey>()(
  z.strictObject({ provider: id, label: z.string(), lastFour: z.string() }),
);
export const ownKeyList = z.strictObject({ items: z.array(ownKey) });
