import type { LimitPolicy } from '../limits/limits.ts';
import type {
  CreditUnit,
  DecimalString,
  Instant,
  Money,
  NamedTax,
  ShownUnit,
  UnitLabel,
} from '../values/amount.ts';
import type { CatalogConfig } from './catalog.ts';
import type { ModelUseName } from './model-uses.ts';

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
  /** What the catalog calls a credit; the currency too, where the balance is money. */
  creditLabel: ShownUnit;
  asOf: Instant;
  /** The account's zone; absent for a backend that names no account. */
  timeZone?: string;
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
  /** Its allowance of each metric; metrics that are only counted are left out. */
  limits: {
    metric: string;
    label: string;
    unit: UnitLabel;
    included: DecimalString | null;
    policy: LimitPolicy;
    /** Null if use ends with the allowance, or if the caller may not see prices. */
    overage: OveragePrice | null;
  }[];
  highlights: string[];
  /** The plan's facts that are not metered, such as support or hosting, in the catalog's order. */
  facts: { label: string; text: string }[];
  /** Where an enterprise plan leads to instead of being chosen; null on every other plan. */
  contact: string | null;
}

/** The price of units beyond the included ones. */
export interface OveragePrice {
  /** The unit of the price. */
  unit: CreditUnit;
  /** `graduated` charges each unit at the rate of its own step, `volume` all units at that of the step they reach. */
  mode: 'graduated' | 'volume';
  /** One where every unit costs the same. */
  steps: {
    /** The last unit of the step, counted beyond the allowance; null for the last step. */
    upTo: DecimalString | null;
    /** So much for `per` units. */
    amount: DecimalString;
    per: number;
    /** Charged once when the step is reached. */
    flat: DecimalString;
  }[];
}

/** Credits that are sold as one, as the account may buy them now. `price` is null for who may not see money. */
export interface CreditPack {
  id: string;
  label: string;
  credits: DecimalString;
  bonus: DecimalString;
  /** Before tax. Null where the caller may not see prices. */
  price: Money | null;
  /** The taxes that the asking account is charged with it; left out where `total` is. */
  taxes?: NamedTax[];
  /** `price` plus `taxes`: what the asking account is charged. Left out for the host's backend, and where `price` is null. */
  total?: Money;
  /**
   * Days after the payment in which credits end that the asking account buys on its present plan; null never. The host's
   * backend, which asks for no account, reads what holds on the catalog's default plan.
   */
  expiresAfterDays: number | null;
}

/** Answer of `GET /v1/catalog` to a token; a secret key gets the configuration too. */
export interface CatalogView {
  version: number;
  creditLabel: ShownUnit;
  currency: string;
  plans: PlanView[];
  /** Those that may be bought on the asking account's plan; for the host's backend, on the catalog's default plan. */
  creditPacks: CreditPack[];
  categories: { id: string; label: string; tierLabel: string | null }[];
  /** Secret key only. */
  config?: CatalogConfig;
}
