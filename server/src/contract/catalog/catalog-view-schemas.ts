import * as z from 'zod';
import { limitPolicy } from '../limits/limits-schemas.ts';
import {
  creditUnit,
  currency,
  decimal,
  id,
  instant,
  modelName,
  money,
  namedTax,
  pageOf,
  ratePer1000,
  shownUnit,
  unitLabel,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import { catalogConfig, planKind } from './catalog-schemas.ts';
import type {
  CatalogVersion,
  CatalogView,
  CreditPack,
  ModelInfo,
  ModelList,
  ModelRate,
  OveragePrice,
  PlanView,
  StoredCatalog,
} from './catalog-view.ts';
import { type ModelUseName, modelUseNames } from './model-uses.ts';

const modelRate = tied<ModelRate>()(
  z.strictObject({
    of: z.enum(modelUseNames as [ModelUseName, ...ModelUseName[]]),
    amount: decimal,
    per: z.int(),
  }),
);
export const modelInfo = tied<ModelInfo>()(
  z.strictObject({
    id: modelName.nullable(),
    label: z.string(),
    provider: z.string().nullable(),
    tierLabel: z.string(),
    unit: z.string(),
    perRequest: decimal.nullable(),
    inputPer1000: ratePer1000.nullable(),
    outputPer1000: ratePer1000.nullable(),
    cachedPer1000: ratePer1000.nullable(),
    rates: z.array(modelRate),
    contextTiers: z.array(z.strictObject({ above: z.int(), rates: z.array(modelRate) })),
    serviceTiers: z.array(z.strictObject({ id, factor: decimal })),
    available: z.boolean(),
    cheapest: z.boolean(),
  }),
);
export const modelList = tied<ModelList>()(
  z.strictObject({
    items: z.array(modelInfo),
    creditLabel: shownUnit,
    asOf: instant,
    timeZone: z.string().exactOptional(),
  }),
);

export const overagePrice = tied<OveragePrice>()(
  z.strictObject({
    unit: creditUnit,
    mode: z.enum(['graduated', 'volume']),
    steps: z.array(
      z.strictObject({ upTo: decimal.nullable(), amount: decimal, per: z.int(), flat: decimal }),
    ),
  }),
);
export const planView = tied<PlanView>()(
  z.strictObject({
    id,
    name: z.string(),
    rank: z.int(),
    kind: planKind,
    price: z.strictObject({ month: money.nullable(), year: money.nullable() }).nullable(),
    monthlyCredits: decimal.nullable(),
    limits: z.array(
      z.strictObject({
        metric: id,
        label: z.string(),
        unit: unitLabel,
        included: decimal.nullable(),
        policy: limitPolicy,
        overage: overagePrice.nullable(),
      }),
    ),
    highlights: z.array(z.string()),
    facts: z.array(z.strictObject({ label: z.string(), text: z.string() })),
    contact: z.string().nullable(),
  }),
);
export const creditPack = tied<CreditPack>()(
  z.strictObject({
    id,
    label: z.string(),
    credits: decimal,
    bonus: decimal,
    price: money.nullable(),
    taxes: z.array(namedTax).exactOptional(),
    total: money.exactOptional(),
    expiresAfterDays: z.int().min(1).nullable(),
  }),
);
export const catalogVersion = tied<CatalogVersion>()(
  z.strictObject({ version: z.int().min(1), createdAt: instant, isLatest: z.boolean() }),
);
export const catalogVersionPage = pageOf(catalogVersion);
export const storedCatalog = tied<StoredCatalog>()(
  z.strictObject({ ...catalogVersion.shape, config: catalogConfig }),
);

export const catalogView = tied<CatalogView>()(
  z.strictObject({
    version: z.int(),
    creditLabel: shownUnit,
    currency,
    plans: z.array(planView),
    creditPacks: z.array(creditPack),
    categories: z.array(z.strictObject({ id, label: z.string(), tierLabel: z.string().nullable() })),
    config: catalogConfig.exactOptional(),
  }),
);
