import * as z from 'zod';
import { type ModelUseName, modelUseNames } from '../catalog/model-uses.ts';
import { lineItem } from '../gate/gate-schemas.ts';
import { creditUnit, decimal, instant } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import { grantSource, ledgerEntry } from './credits-schemas.ts';
import type {
  ExplainedCount,
  ExplainedGrant,
  ExplainedLine,
  ExplainedUsage,
  ExplainedUse,
  Explanation,
} from './explain.ts';

export const explainedUse = tied<ExplainedUse>()(
  z.strictObject({ name: z.enum(modelUseNames as [ModelUseName, ...ModelUseName[]]), quantity: decimal }),
);
export const explainedLine = tied<ExplainedLine>()(
  lineItem.extend({ rate: z.string(), uses: z.array(explainedUse).exactOptional() }),
);
export const explainedCount = tied<ExplainedCount>()(
  z.strictObject({ metric: z.string(), label: z.string(), quantity: decimal }),
);
export const explainedUsage = tied<ExplainedUsage>()(
  z.strictObject({
    id: z.string(),
    at: instant,
    charge: decimal,
    unit: creditUnit,
    lines: z.array(explainedLine),
    counts: z.array(explainedCount),
  }),
);
export const explainedGrant = tied<ExplainedGrant>()(
  z.strictObject({
    grantId: z.string(),
    label: z.string().nullable(),
    source: grantSource.nullable(),
    amount: decimal,
  }),
);
export const explanation = tied<Explanation>()(
  z.strictObject({
    entry: ledgerEntry.nullable(),
    usage: explainedUsage.nullable(),
    grants: z.array(explainedGrant),
    task: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    takenBack: z.strictObject({ at: instant, reason: z.string() }).exactOptional(),
  }),
);
