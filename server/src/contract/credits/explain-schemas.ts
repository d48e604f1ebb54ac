import * as z from 'zod';
import { type ModelUseName, modelUseNames } from '../catalog/model-uses.ts';
import { lineItem } from '../gate/gate-schemas.ts';
import { creditUnit, decimal, instant, shownUnit } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import { grantOrigin, grantSource, ledgerEntry } from './credits-schemas.ts';
import type {
  ExplainedCount,
  ExplainedGrant,
  ExplainedLine,
  ExplainedUsage,
  ExplainedUse,
  Explanation,
  LineRate,
  LineRates,
} from './explain.ts';

export const explainedUse = tied<ExplainedUse>()(
  z.strictObject({ name: z.enum(modelUseNames as [ModelUseName, ...ModelUseName[]]), quantity: decimal }),
);
export const lineRate = tied<LineRate>()(
  z.strictObject({
    amount: decimal,
    per: z.int().positive(),
    of: z.enum(['request', 'call', ...(modelUseNames as [ModelUseName, ...ModelUseName[]])]).nullable(),
    unit: z.string().nullable(),
  }),
);
export const lineRates = tied<LineRates>()(
  z.strictObject({
    rates: z.array(lineRate),
    aboveInputTokens: z.int().exactOptional(),
    serviceTier: z.strictObject({ id: z.string(), times: decimal }).exactOptional(),
    planTimes: decimal.exactOptional(),
  }),
);
export const explainedLine = tied<ExplainedLine>()(
  lineItem.extend({
    rate: z.string(),
    rates: lineRates.exactOptional(),
    uses: z.array(explainedUse).exactOptional(),
  }),
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
    ...grantOrigin,
    amount: decimal,
  }),
);
export const explanation = tied<Explanation>()(
  z.strictObject({
    entry: ledgerEntry.nullable(),
    usage: explainedUsage.nullable(),
    grants: z.array(explainedGrant),
    creditLabel: shownUnit,
    task: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    takenBack: z.strictObject({ at: instant, reason: z.string() }).exactOptional(),
  }),
);
