import type { Role } from './account.ts';
import type { CreditUnit, DecimalString, Instant, Money, UnitLabel } from './amount.ts';
import type { GrantScope } from './credits.ts';
import type { BillingConfig } from './invoices.ts';
import type { ModelUseName } from './model-uses.ts';
import type {
  AdditionalUseConfig,
  AddOnConfig,
  CancellingConfig,
  CapacityConfig,
  CapacityValue,
  DedicatedIpsConfig,
  IntervalPrices,
  OverageTiersConfig,
  PauseRuleConfig,
  PlanSeatsConfig,
  RolloverConfig,
  SeatTypeConfig,
  TrialConfig,
  UpgradeConfig,
} from './plans.ts';
import type { LimitPolicy, MetricKind, WindowKind, WindowOwner } from './usage.ts';

/** What a metric counts by itself when an item is reported; a metric without it is counted only by its own items. */
export type MetricSource =
  | 'llm_requests'
  | 'llm_tokens'
  | 'llm_input_tokens'
  | 'llm_output_tokens'
  | 'tool_calls'
  | 'tasks'
  | 'charges';

/** Something metered. */
export interface MetricConfig {
  id: string;
  label: string;
  unit: UnitLabel;
  /** `counter` (the default) starts again each cycle, `gauge` does not. */
  kind?: MetricKind;
  /** The heading it stands under, such as `core`, `monthly` or `data`; an id of `meterGroups`. */
  group?: string;
  /** Counts what is reported as model, tool or charge, beside its own items. */
  countsFrom?: MetricSource;
  /** Counts only what these categories report. */
  categories?: string[];
}

/** How use beyond an allowance is paid. */
export type BeyondAllowance = 'deny' | 'credits' | 'invoice' | 'credits_then_invoice';

/** What a plan gives of one metric. */
export interface PlanLimitConfig {
  metric: string;
  /** Units a cycle, or at all for a gauge; null without a cap. */
  included: DecimalString | null;
  policy: LimitPolicy;
  /** `deny` for hard and soft, `credits` for overage by default. */
  beyond?: BeyondAllowance;
  /** Price of the units beyond, in credits where they are paid with credits and in the currency where they are invoiced. */
  overageRate?: RateConfig;
  /** Prices by quantity of what is invoiced, in the place of `overageRate`. */
  overageTiers?: OverageTiersConfig;
  /**
   * Price on the invoice, in the currency, where it differs from `overageRate`: of what credits did not cover, or of one credit
   * where the metric counts charges in credits (1 by default).
   */
  invoiceRate?: RateConfig;
  /** Lets the account set whether use beyond the allowance goes on. Only with the policy `overage`. */
  additionalUse?: AdditionalUseConfig;
  /** What is left of the allowance goes on into the next cycle. */
  rollover?: RolloverConfig;
}

/** A price: so much per 1, 1,000 or 1,000,000 units. */
export interface RateConfig {
  amount: DecimalString;
  per?: 1 | 1_000 | 1_000_000;
}

/** A limit by a window of time, beside the cycle. Several hold at once, each with its own reset. */
export interface PlanWindowConfig {
  id: string;
  /** Such as 'Session' or 'Week'. */
  label: string;
  /** Id of a counter, or `credits` for what is charged: credits or money, as the catalog prices. */
  metric: string;
  /** Whose use it counts: the account's (the default), or each member's own. */
  of?: WindowOwner;
  /**
   * `day` and `week` (from Monday) are those of the account's zone. `first_use` begins with the first use that it counts and ends
   * `minutes` later. `rolling` looks back over the last `minutes`.
   */
  kind: WindowKind;
  /** Of `first_use` and `rolling` only: 1 to `limits.windowMinutesMax`. */
  minutes?: number;
  /** In the metric's unit. What ends at exactly the limit is let through. */
  limit: DecimalString;
  /** A seat type: the limit is that of each seat of it that the account has. */
  perSeat?: string;
}

export interface PlanConfig {
  id: string;
  name: string;
  /** Its place among the plans; an upgrade goes to a higher one. */
  rank: number;
  kind: 'free' | 'paid' | 'enterprise';
  /** Absent for Free, and where sales quotes it. */
  price?: IntervalPrices;
  /** Where an enterprise plan leads to instead of being chosen; the catalog's `links.sales` by default. */
  contact?: string;
  /** No upgrade is offered from it, even where a plan stands above it. */
  top?: boolean;
  trial?: TrialConfig;
  /** Charged at the end of a billing period in which less was charged for. */
  minimumCommitment?: IntervalPrices;
  /** Credits granted at the start of each cycle, which end with it. */
  monthlyCredits?: DecimalString;
  /** What is left of the monthly credits goes on into the next cycle. */
  creditsRollover?: RolloverConfig;
  /** How much may be owed for tasks that have begun, before their next charge is refused; 0 by default. */
  overdraft?: DecimalString;
  limits: PlanLimitConfig[];
  /** Limits by windows of time, at most `limits.windowsPerPlanMax`. */
  windows?: PlanWindowConfig[];
  /** Capabilities that are switched on, such as `frontier_models`. */
  features?: string[];
  /** Lines for the plan comparison that are not metered. */
  highlights?: string[];
  /** What the plan says to each of the catalog's `comparison` lines, by its id. */
  facts?: Record<string, string>;
  /** Standing warnings, such as of surcharges that can grow large. */
  warnings?: string[];
  /** Limits that are not usage, by the id of a capacity. */
  capacities?: Record<string, CapacityValue>;
  /** Seats by the id of a seat type; a type that is left out is not offered. */
  seats?: Record<string, PlanSeatsConfig>;
  dedicatedIps?: DedicatedIpsConfig;
  /** Plans of earlier catalogs that this one takes the place of, so that they may be left out. */
  replaces?: string[];
  /** Whether accounts on it may buy packs; true by default. */
  packs?: boolean;
  /** What models cost on it above the rate card, in percent with at most four fraction digits: "20" makes 1.2 times as much. */
  modelMarkupPercent?: DecimalString;
  /** Highest model tier that auto mode may route to. */
  routeTierMax?: number;
  concurrentTasksMax?: number;
}

/**
 * What a request to a model costs, by kind of use. A kind without a rate costs what the wider kind does: cached, cache write,
 * audio and image input what input costs, an hour's cache write what the shorter one costs, reasoning, audio and image output what
 * output costs. Without that there is no price for it, and a request that has it is refused; "0" is a price.
 */
export interface ModelRates {
  /** A flat price a request. Alone it pays for whatever the request uses; with rates it comes on top of them. */
  perRequest?: DecimalString;
  input?: RateConfig;
  output?: RateConfig;
  /** Of tokens that were read from a cache. */
  cached?: RateConfig;
  /** Of tokens that were written to a cache which keeps them for minutes. */
  cacheWrite?: RateConfig;
  /** Of tokens that were written to a cache which keeps them for an hour. */
  cacheWriteHour?: RateConfig;
  reasoning?: RateConfig;
  audioInput?: RateConfig;
  cachedAudio?: RateConfig;
  audioOutput?: RateConfig;
  imageInput?: RateConfig;
  cachedImage?: RateConfig;
  imageOutput?: RateConfig;
  image?: RateConfig;
  second?: RateConfig;
  character?: RateConfig;
  page?: RateConfig;
}

/** Rates of requests whose input, of all kinds together, has more tokens than `above`; what it does not name stays as it is. */
export interface ContextTierConfig extends Omit<ModelRates, 'perRequest'> {
  above: number;
}

/** One model's price from an instant on. */
export interface ModelPrice extends ModelRates {
  /** From when it holds; the earliest by default. */
  from?: Instant;
  /** Ascending by `above`, at most `limits.contextTiersMax`. The whole request is charged by the highest that it passes. */
  contextTiers?: ContextTierConfig[];
  /** What a request costs in another service tier, as a factor by its name: `{ batch: '0.5', priority: '2' }`. */
  serviceTiers?: Record<string, DecimalString>;
}

export interface ModelConfig {
  /** A name as providers have them, slashes included. */
  id: string;
  /**
   * Other names of the model. In one with `*`, which is a pattern, that stands for any run of characters: `gpt-5-mini-*`. An id
   * goes before an alias, that before a pattern, and of patterns the longest goes first.
   */
  aliases?: string[];
  label: string;
  provider: string;
  /** Id of the catalog's `modelTiers`. */
  tier: string;
  prices: ModelPrice[];
  /** The hardest task it fits, for auto mode: 1 light, 2 usual (the default), 3 hard. */
  complexityMax?: 1 | 2 | 3;
  /** Capability a plan must have before the model may be used. */
  feature?: string;
}

export interface DatedRate extends RateConfig {
  from?: Instant;
}

export interface ToolConfig {
  id: string;
  label: string;
  prices: DatedRate[];
  /** Prices of single integrations, which go before the tool's own. */
  integrations?: Record<string, DatedRate[]>;
}

export interface StorageConfig {
  id: string;
  label: string;
  unit: UnitLabel;
  prices: DatedRate[];
}

/** What one unit of a metric costs in itself, apart from any allowance; actions that cost nothing are left out or 0. */
export interface MetricRateConfig {
  metric: string;
  prices: DatedRate[];
}

export interface CreditPackConfig {
  id: string;
  label: string;
  credits: DecimalString;
  bonus?: DecimalString;
  price: Money;
  /** Days until bought credits end, by plan kind; never where it is left out. */
  expiresAfterDays?: { free?: number; paid?: number; enterprise?: number };
}

/** What a role may see. A missing role keeps the default of design: see the server's README. */
export interface RoleView {
  plan: boolean;
  price: boolean;
  balance: boolean;
  /** `none`, percentages only, or units. */
  usage: 'none' | 'percent' | 'units';
  /** Own use only, or every member's. */
  usageOf: 'own' | 'all';
  money: boolean;
  invoices: boolean;
  tasks: 'none' | 'own' | 'all';
  traces: boolean;
  manage: boolean;
}

/** Who a table of views speaks of: a role, a public visitor, or a holder of `billing:read` or `billing:manage`. */
export type Viewer = Role | 'visitor' | 'billing_read' | 'billing_manage';

/** The product team's configuration, as a file or as the body of `PUT /v1/catalog`. */
export interface CatalogConfig {
  /** The address of its JSON Schema, for an editor; the server does not read it. */
  $schema?: string;
  /** What a credit is called. */
  creditLabel: UnitLabel;
  /** ISO 4217. */
  currency: string;
  /** What models, tools and storage are priced in: `credits` by default, or the catalog's currency. */
  pricedIn?: 'credits' | 'money';
  /** From when cycles are counted; of an account it stands from when it is made. `subscription_start` by default. */
  anchor?: 'subscription_start' | 'first_of_month';
  /** `tier_only` keeps model names from every caller but the secret key; `shown` by default. */
  modelNames?: 'shown' | 'tier_only';
  metrics: MetricConfig[];
  meterGroups?: { id: string; label: string }[];
  /** `tier` is an id of `modelTiers`, under whose label the category is shown. */
  categories?: { id: string; label: string; tier?: string }[];
  modelTiers?: { id: string; label: string; rank: number }[];
  plans: PlanConfig[];
  /** Plan of new accounts; the first by default. */
  defaultPlanId?: string;
  /** Lines of the plan comparison that each plan fills in with its `facts`, such as support or hosting. */
  comparison?: { id: string; label: string }[];
  capacities?: CapacityConfig[];
  seatTypes?: SeatTypeConfig[];
  addOns?: AddOnConfig[];
  /** What is stopped and when; where it is left out, all use once a trial is over. */
  pauses?: PauseRuleConfig[];
  /** `boundary` by default. */
  cancelling?: CancellingConfig;
  upgrade?: UpgradeConfig;
  /** How a part of a billing period is charged: by its `days` (the default), to the millisecond (`exact`), or not at all. */
  proration?: 'days' | 'exact' | 'none';
  /** How invoices are made and collected; without it they are made, and nothing is collected. */
  billing?: BillingConfig;
  /** Metric of the budget bar; the credits of the cycle where it is left out. */
  budget?: { label: string; metric?: string };
  models?: ModelConfig[];
  tools?: ToolConfig[];
  storage?: StorageConfig[];
  metricRates?: MetricRateConfig[];
  creditPacks?: CreditPackConfig[];
  /** Given once to every account, also to those that were made before the catalog named it. */
  /** Given once, to every account or, with `baselineCreditsPer`, for every member. */
  baselineCredits?: DecimalString;
  baselineCreditsPer?: 'account' | 'member';
  /** Given once to an eligible account when it is made. */
  signUpCredit?: { amount: DecimalString; unit?: 'credits' | 'money'; scope?: GrantScope };
  /** What happens to a failed task's charges; `keep` by default. `full` gives them back to the grants that paid. */
  failedTaskRefund?: 'keep' | 'full';
  /** What happens to what a failed task counted against limits; `keep` by default. `give_back` counts it no longer. */
  failedTaskCounts?: 'keep' | 'give_back';
  views?: Partial<Record<Viewer, Partial<RoleView>>>;
  /** Addresses of the host's, to which actions lead. */
  links?: {
    billing?: string;
    upgrade?: string;
    credits?: string;
    signUp?: string;
    support?: string;
    sales?: string;
    /** The page on which a signed-in member connects a browser's extension (`ConnectBrowser`): a whole address. */
    connect?: string;
  };
}

/** One version of the catalog. Versions are counted from 1; a subscription stays on the one that it was made under until it is moved. */
export interface CatalogVersion {
  version: number;
  createdAt: Instant;
  /** Whether it is the one that new subscriptions are made under. */
  isLatest: boolean;
}

/** Answer of `GET /v1/catalog/versions/{version}`: a version as it was put. */
export interface StoredCatalog extends CatalogVersion {
  config: CatalogConfig;
}

/** So much for `per` of a kind of use. */
export interface ModelRate {
  of: ModelUseName;
  amount: DecimalString;
  per: number;
}

/** One model with its cost today. */
export interface ModelInfo {
  /** Null where the catalog keeps names back. */
  id: string | null;
  label: string;
  provider: string | null;
  tierLabel: string;
  unit: string;
  perRequest: DecimalString | null;
  /** Exactly, which may need nine fraction digits; so are the two below. */
  inputPer1000: DecimalString | null;
  outputPer1000: DecimalString | null;
  cachedPer1000: DecimalString | null;
  /** Every rate that the model has, with the plan's markup; a kind that is left out costs what the wider kind does. */
  rates: ModelRate[];
  /** Rates of requests with more input tokens than `above`; what they leave out stays as it is. */
  contextTiers: { above: number; rates: ModelRate[] }[];
  /** By how much another service tier changes the cost. */
  serviceTiers: { id: string; factor: DecimalString }[];
  /** Whether the account's plan lets it be chosen. */
  available: boolean;
  cheapest: boolean;
}

/** Answer of `GET /v1/models`. */
export interface ModelList {
  items: ModelInfo[];
  asOf: Instant;
}

/** A plan as shown side by side. */
export interface PlanView {
  id: string;
  name: string;
  rank: number;
  kind: 'free' | 'paid' | 'enterprise';
  /** Null where the caller may not see prices, or sales quotes them. */
  price: { month: Money | null; year: Money | null } | null;
  monthlyCredits: DecimalString | null;
  /** What it offers of each metric; what is only counted is left out. */
  limits: {
    metric: string;
    label: string;
    unit: UnitLabel;
    included: DecimalString | null;
    policy: LimitPolicy;
    /** Null where use ends with what is included, and where the caller may not see prices. */
    overage: OveragePrice | null;
  }[];
  highlights: string[];
  /** What the plan says of what is not metered, such as support or hosting, in the catalog's order. */
  facts: { label: string; text: string }[];
  /** Where an enterprise plan leads to instead of being chosen; null on every other plan. */
  contact: string | null;
}

/** What units cost beyond those that are included. */
export interface OveragePrice {
  /** What it is paid in. */
  unit: CreditUnit;
  /** `graduated` charges each unit at the rate of its own step, `volume` all units at that of the step they reach. */
  mode: 'graduated' | 'volume';
  /** One where every unit costs the same. */
  steps: {
    /** The last unit of the step, counted beyond what is included; null for the last step. */
    upTo: DecimalString | null;
    /** So much for `per` units. */
    amount: DecimalString;
    per: number;
    /** Charged once when the step is reached. */
    flat: DecimalString;
  }[];
}

export interface CreditPack {
  id: string;
  label: string;
  credits: DecimalString;
  bonus: DecimalString;
  /** Null where the caller may not see prices. */
  price: Money | null;
  /**
   * Days after the payment in which credits end that the asking account buys on its present plan; null never. The host's
   * backend, which asks for no account, reads what holds on the catalog's default plan.
   */
  expiresAfterDays: number | null;
}

/** Answer of `GET /v1/catalog` to a token; a secret key gets the configuration itself beside it. */
export interface CatalogView {
  version: number;
  creditLabel: UnitLabel;
  currency: string;
  plans: PlanView[];
  /** Those that may be bought on the asking account's plan; for the host's backend, on the catalog's default plan. */
  creditPacks: CreditPack[];
  categories: { id: string; label: string; tierLabel: string | null }[];
  /** Secret key only. */
  config?: CatalogConfig;
}
