import * as z from 'zod';
import type { PageQuery } from '../http/page.ts';
import { currency, id, instant, name, pageOf, pageQuery, text } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { Account, AccountInput, AccountKind, AccountQuery, ExistingChoice } from './account.ts';

export const accountKind = tied<AccountKind>()(z.enum(['organization', 'person']));

export const account = tied<Account>()(
  z.strictObject({
    id,
    kind: accountKind,
    name: z.string(),
    timeZone: z.string(),
    currency,
    planId: id,
    anchorAt: instant,
    testClockId: id.nullable(),
    signUpCreditEligible: z.boolean(),
    moneyPreview: z.boolean(),
    createdAt: instant,
  }),
);

export const accountPage = pageOf(account);

export const accountQuery = tied<PageQuery & AccountQuery>()(
  z.strictObject({ ...pageQuery.shape, search: text.exactOptional() }),
);

export const existingChoice = tied<ExistingChoice>()(
  z.strictObject({ existing: z.enum(['keep', 'change']).exactOptional() }),
);
export const accountInput = tied<AccountInput>()(
  z.strictObject({
    kind: accountKind.exactOptional(),
    name: name.exactOptional(),
    timeZone: z.string().min(1).max(64).exactOptional(),
    currency: currency.exactOptional(),
    planId: id.exactOptional(),
    trial: z.boolean().exactOptional(),
    startedAt: instant.exactOptional(),
    testClockId: id.exactOptional(),
    signUpCreditEligible: z.boolean().exactOptional(),
    moneyPreview: z.boolean().exactOptional(),
  }),
);
