import * as z from 'zod';
import { instant, pageOf } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { AccountErasureRequest, ErasedThings, Erasure, MemberErasureRequest } from './erasures.ts';

export const accountErasureRequest = tied<AccountErasureRequest>()(
  z.strictObject({ invoices: z.enum(['keep', 'erase']).exactOptional() }),
);
export const memberErasureRequest = tied<MemberErasureRequest>()(
  z.strictObject({ texts: z.array(z.string().min(3).max(256)).max(20).exactOptional() }),
);
export const erasedThings = tied<ErasedThings>()(
  z.strictObject({ noun: z.string(), replaced: z.int(), removed: z.int(), kept: z.int() }),
);
export const erasure = tied<Erasure>()(
  z.strictObject({
    id: z.string(),
    subject: z.enum(['account', 'member']),
    status: z.enum(['under_way', 'done']),
    accountId: z.string(),
    memberId: z.string().nullable(),
    requestedAt: instant,
    doneAt: instant.nullable(),
    things: z.array(erasedThings),
    traces: z.enum(['none', 'unused_space']).nullable(),
  }),
);
export const erasurePage = pageOf(erasure);
