import * as z from 'zod';
import type { VoidAnswer, VoidedCount, VoidRequest, VoidTarget } from '../voids.ts';
import { creditUnit, decimal, id, instant, keptId, text } from './primitives.ts';
import { tied } from './tied.ts';

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
