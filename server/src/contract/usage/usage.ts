import type { CreditsLeft } from '../gate/gate.ts';
import type { LimitPolicy } from '../limits/limits.ts';
import type { CreditUnit, DecimalString, Instant, ShownUnit, UnitLabel } from '../values/amount.ts';
import type { MeterLevel } from './levels.ts';
import type { WindowKind } from './window-kinds.ts';

/** Whether uses add up in a cycle, or say how much there is. */
export type MetricKind = 'counter' | 'gauge';
export type { MeterLevel } from './levels.ts';
export type { WindowKind } from './window-kinds.ts';

/** The present cycle, half-open: it ends the instant before `endsAt`. */
export interface Cycle {
  startsAt: Instant;
  endsAt: Instant;
  /**
   * From when the used figures count, where that is not the cycle's start: an upgrade began the cycle and kept the counters, or let
   * them start again within it. Use since then in the history is what the figures say.
   */
  countedFrom?: Instant;
  /** The account's zone, in which the cycle is counted. */
  timeZone: string;
}

/** Why work is paused: the trial is over, a payment did not go through, it failed each time, or the plan has ended. */
export type PauseCause = 'trial_over' | 'past_due' | 'retries_exhausted' | 'ended';

/** Work that the server stopped by itself. Nothing is deleted, and it goes on once the cause is gone. */
export interface Pause {
  /** All use, requests to models, or what counts in some metrics. */
  what: 'all' | 'ai' | 'metrics';
  /** Null where the caller may not see billing. */
  cause: PauseCause | null;
}

/**
 * What is used of one metric in this cycle. Figures are null for who may not see them; so are `included` and `percent` where
 * there is no limit.
 */
export interface Meter {
  metric: string;
  label: string;
  /** What counts, as the catalog puts it; absent where it says nothing. */
  description?: string;
  unit: UnitLabel;
  kind: MetricKind;
  policy: LimitPolicy;
  /** Null where the caller may see percentages only. */
  used: DecimalString | null;
  included: DecimalString | null;
  /** Set aside by open holds, part of what counts as used. */
  held: DecimalString | null;
  /** Share of the allowance, in percent with up to one decimal; above 100 beyond the allowance; null without a cap. */
  percent: number | null;
  level: MeterLevel;
  /** Null for gauges. */
  resetsAt: Instant | null;
  /**
   * The amount at which the gate refuses, in the metric's unit: the allowance, or 110% of it for a soft limit; null if it never
   * refuses.
   */
  refusesAt: DecimalString | null;
  /** The hard limit that the account set itself; null without one, or where the caller may see percentages only. */
  ownLimit: DecimalString | null;
  /** Whether the server paused this metric, and not all use. */
  paused: boolean;
}

/** Whether a window is the account's or each member's own. */
export type WindowOwner = 'account' | 'member';

/** A limit by a window of time, as it stands: such as so much in the 5 hours from the first use. */
export interface WindowMeter {
  /** An id of the plan's windows. */
  id: string;
  label: string;
  /** A metric's id, or `credits` for charges. */
  metric: string;
  unit: ShownUnit;
  /** Counts the use of the account, or the caller's own (`member`). */
  of: WindowOwner;
  kind: WindowKind;
  /** How long it is, where it begins with the first use or rolls. */
  minutes: number | null;
  /** Used in it now. Null where the caller may see percentages only. */
  used: DecimalString | null;
  /** Set aside by open holds, in addition to `used`. */
  held: DecimalString | null;
  limit: DecimalString | null;
  /** Share of the limit, in percent with up to one decimal. */
  percent: number;
  level: MeterLevel;
  /** Uses from this instant on count in it. Null while nothing is counted in it. */
  startsAt: Instant | null;
  /** When it ends and a new one begins; of a rolling one when it next gives back. Null while nothing is counted in it. */
  resetsAt: Instant | null;
}

/** Meters under one name; null for those that the catalog puts in no group. */
export interface MeterGroup {
  id: string;
  /** Null for the meters that the catalog puts in no group. */
  label: string | null;
  meters: Meter[];
}

/** The account's pool for the cycle, such as its AI budget or its monthly credits. */
export interface Budget {
  label: string;
  /** The metric that it counts, or `credits` for spent credits. */
  metric: string;
  percent: number;
  level: MeterLevel;
  heldPercent: number;
  /** Null where the caller may see percentages only. */
  used: DecimalString | null;
  included: DecimalString | null;
  held: DecimalString | null;
  unit: CreditUnit;
  /** When it begins again; null where it is a balance to which nothing comes by itself. */
  resetsAt: Instant | null;
}

/** One category's share of this cycle's use. */
export interface CategoryShare {
  /** `otherValue` (`~other`) for use without a category. */
  id: string;
  /** Null for use without a category. */
  label: string | null;
  /** A generic word for the kind of model, such as 'Advanced Reasoning'. */
  tierLabel: string | null;
  /** Share of the budget's use, in percent with one decimal. */
  sharePercent: number;
  used: DecimalString | null;
}

/** The caller's own use against an allocation or the shared pool. */
export interface MyMeter {
  metric: string;
  label: string;
  unit: UnitLabel;
  used: DecimalString;
  allocation: DecimalString | null;
  /** The pool, where there is no allocation. */
  pool: DecimalString | null;
  percent: number | null;
  level: MeterLevel;
}

/** Answer of `GET /v1/accounts/{id}/usage`. Fields that the caller may not see are null or absent, never zero. */
export interface Usage {
  accountId: string;
  planName: string | null;
  /** Null where nothing is paused. */
  paused: Pause | null;
  cycle: Cycle;
  /** Null where the catalog names no budget metric. */
  budget: Budget | null;
  categories: CategoryShare[];
  groups: MeterGroup[];
  /** Limits by windows of time, in the plan's order; a member's own only where a member asks. */
  windows: WindowMeter[];
  /** The caller's own use; without what is the account's over again, where the caller is its only member. */
  myUsage: MyMeter[];
  /** Null where the caller may not see it. */
  credits: CreditsLeft | null;
  creditLabel: ShownUnit;
  /** Whether this caller may see money. */
  moneyVisible: boolean;
  /** Whether the caller may set limits, alerts and members' shares. */
  canManage: boolean;
  /** The dimensions by which this caller can break use down: models where their names are shown, tiers otherwise, and the catalog's own. */
  breakdowns: SeriesDimension[];
  asOf: Instant;
}

/** How long a bucket of a series is. */
export type SeriesInterval = 'minute' | 'hour' | 'day' | 'week' | 'month';
/** By what a series can be grouped. */
export type SeriesDimension =
  | 'agent'
  | 'project'
  | 'member'
  | 'apiKey'
  | 'category'
  | 'tool'
  | 'model'
  | 'tier'
  | 'lineItem';

/** Query of `GET /v1/accounts/{id}/usage/series`. */
export interface SeriesQuery {
  /** A metric id, or `credits` for spent credits. */
  metric: string;
  groupBy?: SeriesDimension;
  /** `day` by default; weeks begin on Monday; hours and minutes only over short spans. */
  interval?: SeriesInterval;
  /** Inclusive; by default the instant from which the present cycle's figures count. */
  from?: Instant;
  /** Exclusive; the present by default. */
  to?: Instant;
  /** One member's use; everybody's by default, or the caller's own where the caller may see no other. */
  memberId?: string;
}

/** One value of a dimension with its amounts, a bucket each. `value` is null where uses named none. */
export interface SeriesGroup {
  /** The dimension's value; null for use without a value, `otherValue` (`~other`) for values beyond the cap. */
  value: string | null;
  /** The catalog's or the host's name for the value; null where there is no value, for `otherValue`, and for kinds of line items. */
  label: string | null;
  total: DecimalString;
  /** One figure a bucket, in the order of `buckets`. */
  values: DecimalString[];
}

/** Answer of the series. Its groups sum to `total`, and each group's values to its own. */
export interface UsageSeries {
  metric: string;
  label: string;
  unit: ShownUnit;
  interval: SeriesInterval;
  groupBy: SeriesDimension | null;
  timeZone: string;
  /** Starts of the buckets, in the account's zone. */
  buckets: Instant[];
  groups: SeriesGroup[];
  total: DecimalString;
  asOf: Instant;
}

/** Six months of one metric. */
export interface MetricHistory {
  metric: string;
  label: string;
  unit: UnitLabel;
  kind: MetricKind;
  /** One figure a month, in the order of `months`: what a counter counted in it, where a gauge stood at its end. */
  values: DecimalString[];
}

/** Answer of `GET /v1/accounts/{id}/usage/history`. */
export interface UsageHistory {
  /**
   * Starts of the account's calendar months, oldest first: six at most, the last one under way. Months before the first
   * use are left out, so that it is empty where nothing was used.
   */
  months: Instant[];
  metrics: MetricHistory[];
  /** The account's zone, in which months are counted. */
  timeZone: string;
  asOf: Instant;
}
