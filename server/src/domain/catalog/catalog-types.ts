import type { AccessHolder, RoleView } from '../../contract/access/access.ts';
import type { AccountKind } from '../../contract/accounts/account.ts';
import type { BeyondAllowance, CatalogConfig, MetricSource } from '../../contract/catalog/catalog.ts';
import type { ModelUseName } from '../../contract/catalog/model-uses.ts';
import type { GrantScope } from '../../contract/credits/credits.ts';
import type { InvoiceLineKind, InvoiceParty } from '../../contract/invoices/invoices.ts';
import type { LimitPolicy } from '../../contract/limits/limits.ts';
import type { Role } from '../../contract/members/members.ts';
import type { MetricKind, WindowKind, WindowOwner } from '../../contract/usage/usage.ts';
import type { CreditUnit, Money, UnitLabel } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { ModelNames } from './model-names.ts';
import type { Translation } from './translations.ts';

/** A compiled, checked catalog: what decisions look things up in. Made by `compileCatalog`, never changed. */
export interface Catalog {
  /** The stored version; 0 before it is stored. */
  readonly version: number;
  readonly config: CatalogConfig;
  /** By which its texts were translated, for those that records hold; empty where it has its own. */
  readonly translation: Translation;
  readonly creditLabel: UnitLabel;
  readonly currency: string;
  /** The unit of charges for models, tools, storage and overage: `credits` or the currency. */
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
  /** The latest version as it is, where this one has an account's own plan in the place of the latest's; else null. */
  readonly latest: Catalog | null;
  /** Plans of earlier versions that an account keeps, by version and id with a space between. */
  readonly older: ReadonlyMap<string, Plan>;
  readonly defaultPlanId: string;
  readonly comparison: readonly { readonly id: string; readonly label: string }[];
  readonly capacities: ReadonlyMap<string, Capacity>;
  readonly seatTypes: ReadonlyMap<string, SeatType>;
  readonly pauses: readonly PauseRule[];
  readonly cancelling: Cancelling;
  readonly upgrade: UpgradeRules;
  readonly proration: 'days' | 'exact' | 'none';
  readonly billing: Billing;
  readonly budget: { readonly label: string; readonly metric: string | null };
  readonly models: ReadonlyMap<string, Model>;
  /** Finds models by the names that uses have for them. */
  readonly modelsByName: ModelNames;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly storage: ReadonlyMap<string, StorageKind>;
  /** Prices of a unit of a metric, ascending by `fromMs`. The first price also holds before its start. */
  readonly metricRates: ReadonlyMap<string, readonly DatedPrice[]>;
  /** Things that earlier catalogs sold or counted. They can be reported late, at their last price; no gate lets them through. */
  readonly retired: Pick<
    Catalog,
    'metrics' | 'models' | 'modelsByName' | 'tools' | 'storage' | 'metricRates' | 'categories'
  >;
  readonly creditPacks: ReadonlyMap<string, Pack>;
  readonly baselineCredits: Micros;
  readonly baselineCreditsPer: 'account' | 'member';
  readonly signUpCredit: {
    readonly amount: Micros;
    readonly unit: CreditUnit;
    readonly scope: GrantScope;
  } | null;
  readonly failedTaskRefund: 'keep' | 'full';
  readonly failedTaskCounts: 'keep' | 'give_back';
  /** Complete: the defaults with the catalog's changes. */
  readonly views: Readonly<Record<AccessHolder, RoleView>>;
  readonly links: NonNullable<CatalogConfig['links']>;
}

/** What is counted. */
export interface Metric {
  readonly id: string;
  readonly label: string;
  readonly description: string | null;
  readonly unit: UnitLabel;
  readonly kind: MetricKind;
  readonly group: string | null;
  readonly countsFrom: MetricSource | null;
  /** Null counts whatever the category. */
  readonly categories: ReadonlySet<string> | null;
}

/** What uses are sorted by. */
export interface Category {
  readonly id: string;
  readonly label: string;
  readonly tierLabel: string | null;
}

/** A class of models; a higher rank is the dearer one. */
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

/** A rate from an instant on. */
export interface DatedPrice {
  readonly fromMs: number;
  readonly rate: Rate;
  /** The rate in words, for explain: `2 a call`, `0.5 per 1,000 GB`. */
  readonly words: string;
}

/** What a plan includes of a metric, and what happens beyond. */
export interface PlanLimit {
  readonly metric: string;
  /** Null without a cap. */
  readonly included: Micros | null;
  readonly policy: LimitPolicy;
  readonly beyond: BeyondAllowance;
  readonly overageRate: Rate | null;
  readonly overageTiers: RateTiers | null;
  /** On the invoice, of what credits did not cover. */
  readonly invoiceRate: Rate | null;
  /** The default until the account sets it; null if the account cannot set it. */
  readonly additionalUse: AdditionalUse | null;
  readonly rollover: Rollover | null;
}

/** Whether use beyond an allowance goes on: `capped` by so many units beyond it in each cycle. */
export type AdditionalUse =
  | { readonly mode: 'off' | 'unlimited' }
  | { readonly mode: 'capped'; readonly cap: Micros };

/** Rates by quantity: of each step its own, or for all the one that the quantity reaches. */
export interface RateTiers {
  readonly mode: 'graduated' | 'volume';
  readonly steps: readonly RateTier[];
}

/** The rate up to a quantity; null has no end. */
export interface RateTier {
  /** Null for the last. */
  readonly upTo: Micros | null;
  readonly rate: Rate;
  readonly flat: Micros;
}

/** How much of what is left goes on, and for how many cycles. */
export interface Rollover {
  readonly percent: bigint;
  readonly cycles: number;
}

/** By billing interval, in millionths of the catalog's currency; null where there is none. */
export interface Prices {
  readonly month: Micros | null;
  readonly year: Micros | null;
}

/** How long a plan is free and what comes then. */
export interface Trial {
  readonly days: number;
  readonly needsPaymentMethod: boolean;
  /** Where an account goes that has no payment method when it ends; null pauses it. */
  readonly planAfter: string | null;
}

/** What a plan grants once and for all, as a number or a choice. */
export interface Capacity {
  readonly id: string;
  readonly label: string;
  readonly unit: UnitLabel | null;
  readonly kind: 'number' | 'choice';
  readonly choices: ReadonlyMap<string, string>;
}

/** A number, null without a bound, or the choices that may be made. */
export type CapacityBound = Micros | null | ReadonlySet<string>;

/** A kind of seat and the roles that take one. */
export interface SeatType {
  readonly id: string;
  readonly label: string;
  readonly roles: readonly Role[];
  readonly accountKinds: ReadonlySet<AccountKind>;
}

/** Seats that a plan includes, sells at most, and at which price. */
export interface PlanSeats {
  /** Without charge; null without a bound. */
  readonly included: number | null;
  /** Included and bought together; null without a bound. */
  readonly max: number | null;
  /** Null where none can be bought. */
  readonly prices: Prices | null;
}

/** What is sold in addition to a plan. */
export interface AddOn {
  readonly id: string;
  readonly label: string;
  readonly description: string | null;
  readonly prices: Prices;
  readonly allowance: { readonly metric: string; readonly quantity: Micros } | null;
  readonly feature: string | null;
  readonly capacity: { readonly capacity: string; readonly quantity: Micros } | null;
  readonly quantityMax: number;
  readonly accountKinds: ReadonlySet<AccountKind>;
}

/** What is paused, and why. */
export interface PauseRule {
  readonly when: 'trial_over' | 'past_due' | 'retries_exhausted';
  readonly what: 'all' | 'ai' | ReadonlySet<string>;
}

/** How a subscription ends, and for which kinds of accounts. */
export interface Cancelling {
  readonly rule: 'boundary' | 'by_plan';
  readonly planAfter: string | null;
  readonly accountKinds: ReadonlySet<AccountKind>;
}

/** What an upgrade does to the period, the counters and the credits. */
export interface UpgradeRules {
  readonly period: 'keep' | 'restart' | 'restart_when_first_paid';
  readonly restartsCounters: boolean;
  readonly credits: 'full' | 'difference' | 'prorated' | 'next_cycle';
}

/** A limit by a window of time. */
export interface PlanWindow {
  readonly id: string;
  readonly label: string;
  /** A counter's id, or `credits` for charges. */
  readonly metric: string;
  readonly of: WindowOwner;
  readonly kind: WindowKind;
  /** The length of first-use and rolling windows; 0 for others. */
  readonly minutes: number;
  readonly limit: Micros;
  /** By which its use is kept. Windows of one metric, kind and length share it, whatever the plan calls them. */
  readonly key: string;
  /** The seat type, if `limit` is per seat; null if it is the plan's. */
  readonly perSeat: string | null;
}

/** How invoices are made and collected. */
export interface Billing {
  /** Whether the server charges invoices and watches due dates. */
  readonly collects: boolean;
  readonly seller: InvoiceParty;
  readonly paymentTermDays: number;
  /** After each failed attempt, days until the next one. */
  readonly retryDays: readonly number[];
  readonly minimumCharge: Micros;
  readonly maximumCharge: Micros;
  /** What members get that costs something at once, while nothing can be charged. */
  readonly withoutPaymentMethod: 'refuse' | 'invoice';
  readonly note: string | null;
  readonly numberPrefix: string;
  readonly taxes: readonly Tax[];
  /** The host's own rules, in the place of `taxes`. */
  readonly taxFor: TaxFor | null;
}

/** What is added to an invoice. */
export interface Tax {
  readonly label: string;
  /** In millionths of a percent. */
  readonly percent: Micros;
  readonly accountKinds: ReadonlySet<AccountKind>;
}

/** The taxable content: an invoice before its taxes. */
export interface Taxable {
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly currency: string;
  /** The sum of the lines, in millionths. */
  readonly taxable: Micros;
  readonly seller: InvoiceParty;
  readonly buyer: InvoiceParty;
  readonly lines: readonly {
    readonly kind: InvoiceLineKind;
    readonly subject: string;
    readonly amount: Micros;
  }[];
}

/**
 * The taxes of an invoice, in millionths of its currency; each is rounded to whole smallest parts. It must be pure: the same
 * invoice gives the same taxes, in whichever process it is made, and previews ask it too.
 */
export type TaxFor = (invoice: Taxable) => readonly { readonly label: string; readonly amount: Micros }[];

/** A plan with all that it grants. */
export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly kind: 'free' | 'paid' | 'enterprise';
  readonly price: { readonly month: Money | null; readonly year: Money | null };
  /** The same in millionths. */
  readonly prices: Prices;
  /** Where an enterprise plan leads to. */
  readonly contact: string | null;
  /** Whether no upgrade is offered from it. */
  readonly top: boolean;
  readonly trial: Trial | null;
  readonly minimumCommitment: Prices | null;
  readonly monthlyCredits: Micros;
  readonly creditsRollover: Rollover | null;
  readonly overdraft: Micros;
  readonly limits: ReadonlyMap<string, PlanLimit>;
  readonly windows: readonly PlanWindow[];
  readonly features: ReadonlySet<string>;
  readonly highlights: readonly string[];
  /** By id of a comparison line. */
  readonly facts: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
  readonly capacities: ReadonlyMap<string, CapacityBound>;
  readonly seats: ReadonlyMap<string, PlanSeats>;
  readonly dedicatedIps: { readonly prices: Prices; readonly max: number } | null;
  /** The things sold in addition to it, with the prices of its own version of the catalog. */
  readonly addOns: ReadonlyMap<string, AddOn>;
  /** The charges of a contract in every period; a plan of the catalog has none. */
  readonly contractLines: readonly ContractLine[];
  /** Of a contract; null as the catalog says, which holds for every plan of its own. */
  readonly paymentTermDays: number | null;
  readonly replaces: readonly string[];
  readonly packs: boolean;
  /** By how much it multiplies what models cost, in millionths: 1,200,000 is a fifth more. */
  readonly modelFactor: Micros;
  readonly routeTierMax: number | null;
  readonly concurrentTasksMax: number | null;
}

/** What a contract charges each period. */
export interface ContractLine {
  readonly id: string;
  readonly label: string;
  readonly prices: Prices;
  readonly quantity: number;
}

/** Rates of a model by kind of use. */
export interface CompiledRates {
  /** Includes the rates derived from wider kinds; a kind without a rate has no price. */
  readonly rates: Readonly<Partial<Record<ModelUseName, Rate>>>;
  /** The same for 1,000,000, in millionths: a whole number, whatever the rate is for. */
  readonly perMillion: Readonly<Partial<Record<ModelUseName, Micros>>>;
  /** Those that the catalog names. */
  readonly own: ReadonlyMap<ModelUseName, Rate>;
  /** The rates in words, for explain: `110 a request`, `0.5 per 1,000 input tokens, 2 per 1,000 output tokens`. */
  readonly words: string;
}

/** What a model costs from an instant on. */
export interface CompiledModelPrice extends CompiledRates {
  readonly fromMs: number;
  /** Per request; null where only what it uses is priced. */
  readonly perRequest: Micros | null;
  /** Whether the price per request is the whole price. */
  readonly isFlat: boolean;
  /** Ascending by `above`, in input tokens. */
  readonly contextTiers: readonly (CompiledRates & { readonly above: number })[];
  /** Factors in millionths, by service tier. */
  readonly serviceTiers: ReadonlyMap<string, Micros>;
}

/** A model with its prices by date. */
export interface Model {
  readonly id: string;
  /** Other names, and patterns of them. */
  readonly aliases: readonly string[];
  readonly label: string;
  readonly provider: string;
  readonly tier: ModelTier;
  /** Ascending by `fromMs`; the first holds from the beginning of time. */
  readonly prices: readonly CompiledModelPrice[];
  readonly complexityMax: 1 | 2 | 3;
  readonly feature: string | null;
}

/** A tool with its prices by date and integration. */
export interface Tool {
  readonly id: string;
  readonly label: string;
  readonly prices: readonly DatedPrice[];
  readonly integrations: ReadonlyMap<string, readonly DatedPrice[]>;
}

/** A kind of storage with its prices by date. */
export interface StorageKind {
  readonly id: string;
  readonly label: string;
  readonly unit: UnitLabel;
  readonly prices: readonly DatedPrice[];
}

/** Credits that are sold as one. */
export interface Pack {
  readonly id: string;
  readonly label: string;
  readonly credits: Micros;
  readonly bonus: Micros;
  readonly price: Money;
  readonly expiresAfterDays: Readonly<Record<'free' | 'paid' | 'enterprise', number | null>>;
}

/** One mistake in a catalog: its place, the mistake, and the accepted values. */
export interface CatalogMistake {
  /** JSON Pointer into the configuration. */
  readonly pointer: string;
  readonly detail: string;
  readonly accepted: string;
}

/** A catalog that can be sold by, or every mistake of one that cannot. */
export type CompiledCatalog =
  | { readonly outcome: 'compiled'; readonly catalog: Catalog }
  | { readonly outcome: 'refused'; readonly mistakes: readonly CatalogMistake[] };
