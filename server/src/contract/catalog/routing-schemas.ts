import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import { creditUnit, decimal, id, instant, modelName } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { RouteAnswer, RouteRequest } from './routing.ts';

const tokens = z.int().min(0).max(apiBounds.tokensPerItemMax);

export const routeRequest = tied<RouteRequest>()(
  z.strictObject({
    accountId: id,
    complexity: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    inputTokens: tokens.exactOptional(),
    outputTokens: tokens.exactOptional(),
  }),
);
export const routeAnswer = tied<RouteAnswer>()(
  z.strictObject({
    model: modelName.nullable(),
    label: z.string(),
    provider: z.string().nullable(),
    tierLabel: z.string(),
    cost: decimal,
    unit: creditUnit,
    asOf: instant,
  }),
);
