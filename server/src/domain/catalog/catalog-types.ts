import type { CreditUnit, Money, UnitLabel } from '../../contract/amount.ts';
import type {
  BeyondAllowance,
  CatalogConfig,
  MetricSource,
  RoleView,
  Viewer,
} from '../../contract/catalog.ts';
import type { GrantScope } from '../../contract/credits.ts';
import type { LimitPolicy, MetricKind } from '../../contract/usage.ts';
import type { Micros } from '../state.ts';

/** A compiled, checked catalog: what decisions look things up in. Made by `compileCatalog`, never changed. */
export interface Catalog {
  /** The stored version; 0 before it is stored. */
  readonly version: number;
  readonly config: CatalogConfig;
  readonly creditLabel: UnitLabel;
  readonly currency: string;
  /** What models, tools, storage and overage are charged in: `credits` or the currency. */
  readonly unit: CreditUnit;
  readonly anchor: 'subscription_start' | 'first_of_month';
  readonly modelNames: 'shown' | 'tier_only';
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Metrics that count by themselves, by what they count. */
  readonly countingFrom: ReadonlyMap<MetricSource, readonly Metric[]>;
  readonly meterGroups: readonly { readonly id: string; readonly label: string }[];
  readonly categories: ReadonlyMap<string, Category>;
  readonly modelTiers: ReadonlyMap<string, ModelTier>;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly defaultPlanId: string;
  readonly budget: { readonly label: string; readonly metric: string | null };
  readonly models: ReadonlyMap<string, Model>;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly storage: ReadonlyMap<string, StorageKind>;
  /** What a unit of a metric costs in itself, ascending by `fromMs`. Before the first price of anything, the first holds. */
  readonly metricRates: ReadonlyMap<string, readonly DatedPrice[]>;
  readonly creditPacks: ReadonlyMap<string, Pack>;
  readonly baselineCredits: Micros;
  readonly signUpCredit: {
    readonly amount: Micros;
    readonly unit: CreditUnit;
    readonly scope: GrantScope;
  } | null;
  readonly failedTaskRefund: 'keep' | 'full';
  /** Complete: the defaults with the catalog's changes. */
  readonly views: Readonly<Record<Viewer, RoleView>>;
  readonly links: NonNullable<CatalogConfig['links']>;
}

export interface Metric {
  readonly id: string;
  readonly label: string;
  readonly unit: UnitLabel;
  readonly kind: MetricKind;
  readonly group: string | null;
  readonly countsFrom: MetricSource | null;
  /** Null counts whatever the category. */
  readonly categories: ReadonlySet<string> | null;
}

export interface Category {
  readonly id: string;
  readonly label: string;
  readonly tierLabel: string | null;
}

export interface ModelTier {
  readonly id: string;
  readonly label: string;
  readonly rank: number;
}

/** So many millionths for `per` whole units. */
export interface Rate {
  readonly amount: Micros;
  readonly per: bigint;
}

export interface DatedPrice {
  readonly fromMs: number;
  readonly rate: Rate;
  /** The rate in words, for explain: `2 a call`, `0.5 per 1,000 GB`. */
  readonly words: string;
}

export interface PlanLimit {
  readonly metric: string;
  /** Null without a cap. */
  readonly included: Micros | null;
  readonly policy: LimitPolicy;
  readonly beyond: BeyondAllowance;
  readonly overageRate: Rate | null;
}

export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly kind: 'free' | 'paid' | 'enterprise';
  readonly price: { readonly month: Money | null; readonly year: Money | null };
  readonly monthlyCredits: Micros;
  readonly overdraft: Micros;
  readonly limits: ReadonlyMap<string, PlanLimit>;
  readonly features: ReadonlySet<string>;
  readonly highlights: readonly string[];
  readonly packs: boolean;
  readonly routeTierMax: number | null;
  readonly concurrentTasksMax: number | null;
}

export interface CompiledModelPrice {
  readonly fromMs: number;
  /** Per request, or null where it is priced by tokens. */
  readonly perRequest: Micros | null;
  readonly input: Rate;
  readonly output: Rate;
  readonly cached: Rate;
  /** The rates in words, for explain: `110 a request`, `0.5 per 1,000 input tokens, 2 per 1,000 output tokens`. */
  readonly words: string;
}

export interface Model {
  readonly id: string;
  readonly label: string;
  readonly provider: string;
  readonly tier: ModelTier;
  /** Ascending by `fromMs`; the first holds from the beginning of time. */
  readonly prices: readonly CompiledModelPrice[];
  readonly complexityMax: 1 | 2 | 3;
  readonly feature: string | null;
}

export interface Tool {
  readonly id: string;
  readonly label: string;
  readonly prices: readonly DatedPrice[];
  readonly integrations: ReadonlyMap<string, readonly DatedPrice[]>;
}

export interface StorageKind {
  readonly id: string;
  readonly label: string;
  readonly unit: UnitLabel;
  readonly prices: readonly DatedPrice[];
}

export interface Pack {
  readonly id: string;
  readonly label: string;
  readonly credits: Micros;
  readonly bonus: Micros;
  readonly price: Money;
  readonly expiresAfterDays: Readonly<Record<'free' | 'paid' | 'enterprise', number | null>>;
}

/** One thing that is wrong with a catalog: where, what, and what is accepted. */
export interface CatalogMistake {
  /** JSON Pointer into the configuration. */
  readonly pointer: string;
  readonly detail: string;
  readonly accepted: string;
}

export type CompiledCatalog =
  | { readonly outcome: 'compiled'; readonly catalog: Catalog }
  | { readonly outcome: 'refused'; readonly mistakes: readonly CatalogMistake[] };
