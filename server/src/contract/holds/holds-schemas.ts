import * as z from 'zod';
import { cost, dimensionFields, grantUse, items, needs, remaining } from '../gate/gate-schemas.ts';
import { creditUnit, decimal, id, instant, pageOf } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { Hold, HoldAnswer, HoldRequest, HoldStatus, ReleaseRequest, SettleRequest } from './holds.ts';

export const holdStatus = tied<HoldStatus>()(z.enum(['open', 'settled', 'released', 'expired']));
export const holdRequest = tied<HoldRequest>()(
  z.strictObject({
    accountId: id,
    items,
    ...dimensionFields,
    needs: needs.exactOptional(),
    id: id.exactOptional(),
    expiresAt: instant.exactOptional(),
  }),
);
export const hold = tied<Hold>()(
  z.strictObject({
    id: z.string(),
    accountId: id,
    taskId: id.nullable(),
    status: holdStatus,
    amount: decimal,
    remaining: decimal,
    settled: decimal,
    unit: creditUnit,
    createdAt: instant,
    expiresAt: instant,
    endedAt: instant.nullable(),
  }),
);
export const holdPage = pageOf(hold);
export const settleRequest = tied<SettleRequest>()(
  z.strictObject({ accountId: id, items, final: z.boolean().exactOptional() }),
);
export const releaseRequest = tied<ReleaseRequest>()(z.strictObject({ accountId: id }));
export const holdAnswer = tied<HoldAnswer>()(
  z.strictObject({ hold, cost, grantsUsed: z.array(grantUse), remaining, asOf: instant }),
);
