import type { AccessHolder, RoleView } from '../access/access.ts';
import type { GrantScope } from '../credits/credits.ts';
import type { BillingConfig } from '../invoices/invoices.ts';
import type { LimitPolicy } from '../limits/limits.ts';
import type { MetricKind, WindowKind, WindowOwner } from '../usage/usage.ts';
import type { DecimalString, Instant, Money, UnitLabel } from '../values/amount.ts';
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

/** The source that a metric counts by itself when an item is reported. Without it, only the metric's own items count. */
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
  /** What counts, in one sentence for people: `Each recipient counts, and a reply counts once.` */
  description?: string;
  unit: UnitLabel;
  /** `counter` (the default) starts again each cycle, `gauge` does not. */
  kind?: MetricKind;
  /** The heading it stands under, such as `core`, `monthly` or `data`; an id of `meterGroups`. */
  group?: string;
  /** Counts model, tool or charge items, in addition to the metric's own items. */
  countsFrom?: MetricSource;
  /** Counts only what these categories report. */
  categories?: string[];
}

/** How use beyond an allowance is paid. */
export type BeyondAllowance = 'deny' | 'credits' | 'invoice' | 'credits_then_invoice';

/** A plan's allowance of one metric. */
export interface PlanLimitConfig {
  metric: string;
  /** Units a cycle, or at all for a gauge; null without a cap. */
  included: DecimalString | null;
  policy: LimitPolicy;
  /** `deny` for hard and soft, `credits` for overage by default. */
  beyond?: BeyondAllowance;
  /** Price of the units beyond, in credits where they are paid with credits and in the currency where they are invoiced. */
  overageRate?: RateConfig;
  /** Prices by invoiced quantity, in place of `overageRate`. */
  overageTiers?: OverageTiersConfig;
  /**
   * Price on the invoice, in the currency, where it differs from `overageRate`: of what credits did not cover, or of one credit
   * where the metric counts charges in credits (1 by default).
   */
  invoiceRate?: RateConfig;
  /** Lets the account set whether use beyond the allowance goes on. Only with the policy `overage`. */
  additionalUse?: AdditionalUseConfig;
  /** The unused part of the allowance carries over into the next cycle. */
  rollover?: RolloverConfig;
}

/** A price: so much per 1, 1,000 or 1,000,000 units. */
export interface RateConfig {
  amount: DecimalString;
  per?: 1 | 1_000 | 1_000_000;
}

/** A limit by a time window, in addition to the cycle. Several can apply at once, each with its own reset. */
export interface PlanWindowConfig {
  id: string;
  /** Such as 'Session' or 'Week'. */
  label: string;
  /** Id of a counter, or `credits` for charges: credits or money, as the catalog prices. */
  metric: string;
  /** Counts the use of the whole account (the default), or of each member. */
  of?: WindowOwner;
  /**
   * `day` and `week` (from Monday) follow the account's time zone. `first_use` begins with the first counted use and ends
   * `minutes` later. `rolling` covers the last `minutes`.
   */
  kind: WindowKind;
  /** For `first_use` and `rolling` only: 1 to `apiBounds.windowMinutesMax`. */
  minutes?: number;
  /** In the metric's unit. What ends at exactly the limit is let through. */
  limit: DecimalString;
  /** A seat type: the limit is that of each seat of it that the account has. */
  perSeat?: string;
}

/** A plan as a host writes it. */
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
  /** The unused part of the monthly credits carries over into the next cycle. */
  creditsRollover?: RolloverConfig;
  /** How much may be owed for tasks that have begun, before their next charge is refused; 0 by default. */
  overdraft?: DecimalString;
  limits: PlanLimitConfig[];
  /** Limits by windows of time, at most `apiBounds.windowsPerPlanMax`. */
  windows?: PlanWindowConfig[];
  /** Capabilities that are switched on, such as `frontier_models`. */
  features?: string[];
  /** Lines for the plan comparison that are not metered. */
  highlights?: string[];
  /** The plan's value for each of the catalog's `comparison` lines, by the line's id. */
  facts?: Record<string, string>;
  /** Standing warnings, such as of surcharges that can grow large. */
  warnings?: string[];
  /** Limits that are not usage, by the id of a capacity. */
  capacities?: Record<string, CapacityValue>;
  /** Seats by the id of a seat type; a type that is left out is not offered. A plan that names none bounds no members. */
  seats?: Record<string, PlanSeatsConfig>;
  dedicatedIps?: DedicatedIpsConfig;
  /** Plans of earlier catalogs that this one takes the place of, so that they may be left out. */
  replaces?: string[];
  /** Whether accounts on it may buy packs; true by default. */
  packs?: boolean;
  /** Markup on the rate card's model prices, in percent with at most four fraction digits: "20" multiplies them by 1.2. */
  modelMarkupPercent?: DecimalString;
  /** Highest model tier that auto mode may route to. */
  routeTierMax?: number;
  concurrentTasksMax?: number;
}

/**
 * Prices of a request to a model, by kind of use. A kind without a rate takes the rate of the wider kind: cached, cache write,
 * audio and image input take that of input, an hour's cache write that of the shorter one, and reasoning, audio and image output
 * that of output. If there is none either, the kind has no price, and a request that uses it is refused. "0" is a price.
 */
export interface ModelRates {
  /** A flat price a request. Alone it pays for whatever the request uses; with rates it comes on top of them. */
  perRequest?: DecimalString;
  input?: RateConfig;
  output?: RateConfig;
  /** Rate of tokens read from a cache. */
  cached?: RateConfig;
  /** Rate of tokens written to a cache that keeps them for minutes. */
  cacheWrite?: RateConfig;
  /** Rate of tokens written to a cache that keeps them for an hour. */
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
  /** Ascending by `above`, at most `apiBounds.contextTiersMax`. The whole request is charged by the highest that it passes. */
  contextTiers?: ContextTierConfig[];
  /** Price factors of other service tiers, by name: `{ batch: '0.5', priority: '2' }`. */
  serviceTiers?: Record<string, DecimalString>;
}

/** A model as a host writes it, with its prices by date. */
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

/** A rate from a day on; from the beginning where none is named. */
export interface DatedRate extends RateConfig {
  from?: Instant;
}

/** A tool as a host writes it, with its price a call by date, and other prices by integration. */
export interface ToolConfig {
  id: string;
  label: string;
  prices: DatedRate[];
  /** Prices of single integrations, which go before the tool's own. */
  integrations?: Record<string, DatedRate[]>;
}

/** A kind of storage as a host writes it, with its prices by date. */
export interface StorageConfig {
  id: string;
  label: string;
  unit: UnitLabel;
  prices: DatedRate[];
}

/** The price of one unit of a metric, apart from any allowance; free actions are left out or 0. */
export interface MetricRateConfig {
  metric: string;
  prices: DatedRate[];
}

/** Credits that are sold as one, as a host writes them. */
export interface CreditPackConfig {
  id: string;
  label: string;
  credits: DecimalString;
  bonus?: DecimalString;
  price: Money;
  /** Days until bought credits end, by plan kind; never where it is left out. */
  expiresAfterDays?: { free?: number; paid?: number; enterprise?: number };
}

/** The product team's configuration, as a file or as the body of `PUT /v1/catalog`. */
export interface CatalogConfig {
  /** The address of its JSON Schema, for an editor; the server does not read it. */
  $schema?: string;
  /** The name of a credit. */
  creditLabel: UnitLabel;
  /** ISO 4217. */
  currency: string;
  /** The unit of the prices of models, tools and storage: `credits` by default, or the catalog's currency. */
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
  /** The uses that are paused, and when; by default all use when a trial is over. */
  pauses?: PauseRuleConfig[];
  /** `boundary` by default. */
  cancelling?: CancellingConfig;
  upgrade?: UpgradeConfig;
  /** How a part of a billing period is charged: by its `days` (the default), to the millisecond (`exact`), or not at all. */
  proration?: 'days' | 'exact' | 'none';
  /** How invoices are made and collected; without it they are made, and nothing is collected. */
  billing?: BillingConfig;
  /** Metric of the budget bar; the credits of the cycle where it is left out. Left out, it is called by the plural of a credit as a title, such as `Credits`, and `Balance` where prices are in money. */
  budget?: { label: string; metric?: string };
  models?: ModelConfig[];
  tools?: ToolConfig[];
  storage?: StorageConfig[];
  metricRates?: MetricRateConfig[];
  creditPacks?: CreditPackConfig[];
  /**
   * Given once, to every account or, with `baselineCreditsPer`, for every member. Accounts and members that are older than it are given it
   * when their account is next looked at.
   */
  baselineCredits?: DecimalString;
  baselineCreditsPer?: 'account' | 'member';
  /** Given once to an eligible account when it is made. */
  signUpCredit?: { amount: DecimalString; unit?: 'credits' | 'money'; scope?: GrantScope };
  /** The charges of a failed task: `keep` (the default) keeps them, `full` refunds them to the grants that paid. */
  failedTaskRefund?: 'keep' | 'full';
  /** The counts of a failed task: `keep` (the default) keeps them, `give_back` takes them off the limits again. */
  failedTaskCounts?: 'keep' | 'give_back';
  views?: Partial<Record<AccessHolder, Partial<RoleView>>>;
  /** Addresses of the host's, to which actions and the browser extension lead. */
  links?: {
    usage?: string;
    tasks?: string;
    billing?: string;
    upgrade?: string;
    credits?: string;
    signUp?: string;
    support?: string;
    sales?: string;
    /** The page on which a signed-in member connects a browser's extension (`ConnectBrowser`): a whole address. */
    connect?: string;
  };
  /**
   * The catalog's texts in other languages, by tag (BCP 47) and text: `{ de: { Credits: 'Guthaben' } }`. A text that is left out is shown as
   * the catalog has it. Members are shown the language of their token; invoices stay in the catalog's own.
   */
  translations?: Record<string, Record<string, string>>;
}
