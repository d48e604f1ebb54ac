import * as z from 'zod';
import { creditUnit, decimal, id, instant, keptId, text } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { VoidAnswer, VoidedCount, VoidRequest, VoidTarget } from './voids.ts';

export const voidTarget = tied<VoidTarget>()(
  z.union([
    z.strictObject({ eventId: id }),
    z.strictObject({ entryId: keptId }),
    z.strictObject({ usageId: keptId }),
    z.strictObject({ taskId: id, line: z.int().min(0) }),
  ]),
);
export const voidRequest = tied<VoidRequest>()(z.strictObject({ use: voidTarget, reason: text }));
export const voidedCount = tied<VoidedCount>()(
  z.strictObject({ metric: z.string(), label: z.string(), quantity: decimal }),
);
export const voidAnswer = tied<VoidAnswer>()(
  z.strictObject({
    usageId: z.string(),
    credits: decimal,
    unit: creditUnit,
    counts: z.array(voidedCount),
    available: decimal,
    at: instant,
  }),
);
