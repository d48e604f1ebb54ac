import * as z from 'zod';
import { accessHolder, partialRoleView } from '../access/access-schemas.ts';
import { apiBounds } from '../api-bounds.ts';
import { grantScope } from '../credits/credits-schemas.ts';
import { windowOwner } from '../gate/gate-schemas.ts';
import { billingConfig } from '../invoices/invoices-schemas.ts';
import { limitPolicy } from '../limits/limits-schemas.ts';
import { metricKind, windowKind } from '../usage/usage-schemas.ts';
import {
  amount,
  currency,
  id,
  instant,
  language,
  modelAlias,
  modelName,
  moneyInput,
  positiveAmount,
  text,
  unitLabel,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  BeyondAllowance,
  CatalogConfig,
  ContextTierConfig,
  CreditPackConfig,
  DatedRate,
  MetricConfig,
  MetricRateConfig,
  MetricSource,
  ModelConfig,
  ModelPrice,
  PlanConfig,
  PlanLimitConfig,
  PlanWindowConfig,
  RateConfig,
  StorageConfig,
  ToolConfig,
} from './catalog.ts';
import type { ContractLineConfig, ContractTerms } from './plans.ts';
import {
  additionalUseConfig,
  addOnConfig,
  cancellingConfig,
  capacityConfig,
  capacityValue,
  dedicatedIpsConfig,
  intervalPrices,
  overageTiersConfig,
  pauseRuleConfig,
  planSeatsConfig,
  rolloverConfig,
  seatTypeConfig,
  trialConfig,
  upgradeConfig,
} from './plans-schemas.ts';

const address = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^(https?:\/\/|mailto:|\/(?!\/))/, {
    error: 'https://, http://, mailto:, or a path from /',
  });

export const planKind = z.enum(['free', 'paid', 'enterprise']);
const metricSource = tied<MetricSource>()(
  z.enum([
    'llm_requests',
    'llm_tokens',
    'llm_input_tokens',
    'llm_output_tokens',
    'tool_calls',
    'tasks',
    'charges',
  ]),
);
const metricConfig = tied<MetricConfig>()(
  z.strictObject({
    id,
    label: text,
    description: text.exactOptional(),
    unit: unitLabel,
    kind: metricKind.exactOptional(),
    group: id.exactOptional(),
    countsFrom: metricSource.exactOptional(),
    categories: z.array(id).min(1).exactOptional(),
  }),
);

const beyondAllowance = tied<BeyondAllowance>()(
  z.enum(['deny', 'credits', 'invoice', 'credits_then_invoice']),
);
const rateFields = {
  amount,
  per: z.union([z.literal(1), z.literal(1_000), z.literal(1_000_000)]).exactOptional(),
};
const rateConfig = tied<RateConfig>()(z.strictObject(rateFields));
const datedRate = tied<DatedRate>()(z.strictObject({ ...rateFields, from: instant.exactOptional() }));
const datedRates = z.array(datedRate).min(1).max(1_000);

const planLimitConfig = tied<PlanLimitConfig>()(
  z.strictObject({
    metric: id,
    included: amount.nullable(),
    policy: limitPolicy,
    beyond: beyondAllowance.exactOptional(),
    overageRate: rateConfig.exactOptional(),
    overageTiers: overageTiersConfig.exactOptional(),
    invoiceRate: rateConfig.exactOptional(),
    additionalUse: additionalUseConfig.exactOptional(),
    rollover: rolloverConfig.exactOptional(),
  }),
);
const planWindowConfig = tied<PlanWindowConfig>()(
  z.strictObject({
    id,
    label: text,
    metric: id,
    of: windowOwner.exactOptional(),
    kind: windowKind,
    minutes: z.int().min(1).max(apiBounds.windowMinutesMax).exactOptional(),
    limit: positiveAmount,
    perSeat: id.exactOptional(),
  }),
);
const planConfig = tied<PlanConfig>()(
  z.strictObject({
    id,
    name: text,
    rank: z.int().min(0).max(1_000),
    kind: planKind,
    price: intervalPrices.exactOptional(),
    contact: address.exactOptional(),
    top: z.boolean().exactOptional(),
    trial: trialConfig.exactOptional(),
    minimumCommitment: intervalPrices.exactOptional(),
    monthlyCredits: amount.exactOptional(),
    creditsRollover: rolloverConfig.exactOptional(),
    overdraft: amount.exactOptional(),
    limits: z.array(planLimitConfig).max(1_000),
    windows: z.array(planWindowConfig).max(apiBounds.windowsPerPlanMax).exactOptional(),
    features: z.array(id).max(1_000).exactOptional(),
    highlights: z.array(text).max(100).exactOptional(),
    facts: z.record(id, text).exactOptional(),
    warnings: z.array(text).max(100).exactOptional(),
    capacities: z.record(id, capacityValue).exactOptional(),
    seats: z.record(id, planSeatsConfig).exactOptional(),
    dedicatedIps: dedicatedIpsConfig.exactOptional(),
    replaces: z.array(id).max(1_000).exactOptional(),
    packs: z.boolean().exactOptional(),
    modelMarkupPercent: amount.exactOptional(),
    routeTierMax: z.int().min(0).max(1_000).exactOptional(),
    concurrentTasksMax: z.int().min(1).max(1_000_000).exactOptional(),
  }),
);

export const contractLineConfig = tied<ContractLineConfig>()(
  z.strictObject({
    id,
    label: text,
    price: intervalPrices,
    quantity: z.int().min(1).max(1_000_000).exactOptional(),
  }),
);
export const contractTerms = tied<ContractTerms>()(
  planConfig
    .pick({
      price: true,
      minimumCommitment: true,
      monthlyCredits: true,
      overdraft: true,
      features: true,
      capacities: true,
      seats: true,
      dedicatedIps: true,
      concurrentTasksMax: true,
      modelMarkupPercent: true,
    })
    .extend({
      paymentTermDays: z.int().min(0).max(365).exactOptional(),
      limits: planConfig.shape.limits.exactOptional(),
      lines: z.array(contractLineConfig).max(50).exactOptional(),
    }),
);

const rate = rateConfig.exactOptional();
const modelRates = {
  input: rate,
  output: rate,
  cached: rate,
  cacheWrite: rate,
  cacheWriteHour: rate,
  reasoning: rate,
  audioInput: rate,
  cachedAudio: rate,
  audioOutput: rate,
  imageInput: rate,
  cachedImage: rate,
  imageOutput: rate,
  image: rate,
  second: rate,
  character: rate,
  page: rate,
};
const contextTier = tied<ContextTierConfig>()(
  z.strictObject({ ...modelRates, above: z.int().min(1).max(apiBounds.tokensPerItemMax) }),
);
const modelPrice = tied<ModelPrice>()(
  z.strictObject({
    ...modelRates,
    from: instant.exactOptional(),
    perRequest: amount.exactOptional(),
    contextTiers: z.array(contextTier).max(apiBounds.contextTiersMax).exactOptional(),
    serviceTiers: z
      .record(id, amount)
      .refine((each) => Object.keys(each).length <= apiBounds.serviceTiersMax, {
        error: `at most ${apiBounds.serviceTiersMax} service tiers`,
      })
      .exactOptional(),
  }),
);
const modelConfig = tied<ModelConfig>()(
  z.strictObject({
    id: modelName,
    aliases: z.array(modelAlias).max(apiBounds.modelAliasesMax).exactOptional(),
    label: text,
    provider: id,
    tier: id,
    prices: z.array(modelPrice).min(1).max(1_000),
    complexityMax: z.union([z.literal(1), z.literal(2), z.literal(3)]).exactOptional(),
    feature: id.exactOptional(),
  }),
);
const toolConfig = tied<ToolConfig>()(
  z.strictObject({
    id,
    label: text,
    prices: datedRates,
    integrations: z.record(id, datedRates).exactOptional(),
  }),
);
const storageConfig = tied<StorageConfig>()(
  z.strictObject({ id, label: text, unit: unitLabel, prices: datedRates }),
);
const metricRateConfig = tied<MetricRateConfig>()(z.strictObject({ metric: id, prices: datedRates }));
const days = z.int().min(1).max(36_500);
const creditPackConfig = tied<CreditPackConfig>()(
  z.strictObject({
    id,
    label: text,
    credits: positiveAmount,
    bonus: amount.exactOptional(),
    price: moneyInput,
    expiresAfterDays: z
      .strictObject({
        free: days.exactOptional(),
        paid: days.exactOptional(),
        enterprise: days.exactOptional(),
      })
      .exactOptional(),
  }),
);

/** The form of a catalog; what its parts say of each other is checked by `compileCatalog`. */
export const catalogConfig = tied<CatalogConfig>()(
  z.strictObject({
    $schema: z.string().exactOptional(),
    creditLabel: unitLabel,
    currency,
    pricedIn: z.enum(['credits', 'money']).exactOptional(),
    anchor: z.enum(['subscription_start', 'first_of_month']).exactOptional(),
    modelNames: z.enum(['shown', 'tier_only']).exactOptional(),
    metrics: z.array(metricConfig).max(1_000),
    meterGroups: z.array(z.strictObject({ id, label: text })).exactOptional(),
    categories: z.array(z.strictObject({ id, label: text, tier: id.exactOptional() })).exactOptional(),
    modelTiers: z.array(z.strictObject({ id, label: text, rank: z.int().min(0).max(1_000) })).exactOptional(),
    plans: z.array(planConfig).min(1).max(1_000),
    defaultPlanId: id.exactOptional(),
    comparison: z
      .array(z.strictObject({ id, label: text }))
      .max(100)
      .exactOptional(),
    capacities: z.array(capacityConfig).max(100).exactOptional(),
    seatTypes: z.array(seatTypeConfig).max(20).exactOptional(),
    addOns: z.array(addOnConfig).max(apiBounds.addOnsMax).exactOptional(),
    pauses: z.array(pauseRuleConfig).max(20).exactOptional(),
    cancelling: cancellingConfig.exactOptional(),
    upgrade: upgradeConfig.exactOptional(),
    proration: z.enum(['days', 'exact', 'none']).exactOptional(),
    billing: billingConfig.exactOptional(),
    budget: z.strictObject({ label: text, metric: id.exactOptional() }).exactOptional(),
    models: z.array(modelConfig).max(10_000).exactOptional(),
    tools: z.array(toolConfig).max(10_000).exactOptional(),
    storage: z.array(storageConfig).max(1_000).exactOptional(),
    metricRates: z.array(metricRateConfig).max(1_000).exactOptional(),
    creditPacks: z.array(creditPackConfig).max(1_000).exactOptional(),
    baselineCredits: amount.exactOptional(),
    baselineCreditsPer: z.enum(['account', 'member']).exactOptional(),
    signUpCredit: z
      .strictObject({
        amount: positiveAmount,
        unit: z.enum(['credits', 'money']).exactOptional(),
        scope: grantScope.exactOptional(),
      })
      .exactOptional(),
    failedTaskRefund: z.enum(['keep', 'full']).exactOptional(),
    failedTaskCounts: z.enum(['keep', 'give_back']).exactOptional(),
    views: z.partialRecord(accessHolder, partialRoleView).exactOptional(),
    links: z
      .strictObject({
        usage: address.exactOptional(),
        tasks: address.exactOptional(),
        billing: address.exactOptional(),
        upgrade: address.exactOptional(),
        credits: address.exactOptional(),
        signUp: address.exactOptional(),
        support: address.exactOptional(),
        sales: address.exactOptional(),
        connect: address.exactOptional(),
      })
      .exactOptional(),
    translations: z.record(language, z.record(text, text)).exactOptional(),
  }),
);
