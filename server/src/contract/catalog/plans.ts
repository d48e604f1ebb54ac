import type { AccountKind } from '../accounts/account.ts';
import type { Role } from '../members/members.ts';
import type { DecimalString, Money, UnitLabel } from '../values/amount.ts';
import type { PlanConfig } from './catalog.ts';

/** How often a plan is charged: the length of its billing period. */
export type BillingInterval = 'month' | 'year';

/** A price by billing period. Where only `month` is given, a year of a seat, an add-on or an address costs twelve months. */
export interface IntervalPrices {
  month?: Money;
  year?: Money;
}

/** One step of a price by quantity. */
export interface RateTierConfig {
  /** The last unit of the step, counted from the first unit beyond the allowance; null for the last step. */
  upTo: DecimalString | null;
  /** So much per 1, 1,000 or 1,000,000 units. */
  amount: DecimalString;
  per?: 1 | 1_000 | 1_000_000;
  /** Charged once when the step is reached. */
  flat?: DecimalString;
}

/**
 * Prices by quantity: `graduated` charges each unit at the rate of its own step, `volume` charges all units at the rate of
 * the step that the total reaches.
 */
export interface OverageTiersConfig {
  mode: 'graduated' | 'volume';
  /** Ascending; the last has `upTo: null`. */
  steps: RateTierConfig[];
}

/**
 * The account's setting for use beyond the allowance: `off`, `unlimited`, or a number of units beyond the allowance in each
 * cycle.
 */
export interface AdditionalUseConfig {
  /** The setting until the account changes it. */
  default: 'off' | 'unlimited' | DecimalString;
}

/** How much unused allowance carries over into the next cycle; without it nothing does. */
export interface RolloverConfig {
  /** Percentage of the unused part, 1 to 100; 100 by default. */
  percent?: number;
  /** For credits: cycles after which they end. For an allowance: it gathers no more than so many cycles' worth. 1 by default. */
  cycles?: number;
}

/** A trial of a paid plan. */
export interface TrialConfig {
  /** 1 to 730 days of the account's calendar. */
  days: number;
  /** `required` begins a trial only with a confirmed payment method; `optional` by default. */
  paymentMethod?: 'required' | 'optional';
  /**
   * The plan that an account without a payment method goes to when the trial ends; where it is left out, the subscription is
   * paused then. With a payment method the plan itself goes on and is charged.
   */
  planAfter?: string;
}

/** A limit of plans that is not usage, such as machines at once, days of retention or types of machine. */
export interface CapacityConfig {
  id: string;
  label: string;
  /** Unit of a number; a list of choices has none. */
  unit?: UnitLabel;
  /** `number` (the default) is compared with what a use states that it needs, `choice` names what may be chosen. */
  kind?: 'number' | 'choice';
  /** Labels of the choices, by id, of a `choice`. */
  choices?: Record<string, string>;
}

/** A plan's amount of a capacity: a number, null for no bound, or the allowed choices. */
export type CapacityValue = DecimalString | null | string[];

/** A kind of seat. Seats bound how many members are invited, and nothing else. */
export interface SeatTypeConfig {
  id: string;
  label: string;
  /** Members who are made with one of these roles take this seat where none is named. */
  roles?: Role[];
  /** Kinds of account that have these seats; both where it is left out. */
  accountKinds?: AccountKind[];
}

/** Seats of one kind on a plan. */
export interface PlanSeatsConfig {
  /** Without charge; null without a bound. */
  included: number | null;
  /** Included and bought together; null or left out without a bound. */
  max?: number | null;
  /** Price of one more; without it none can be bought. */
  price?: IntervalPrices;
}

/** Fixed outgoing addresses on a plan. */
export interface DedicatedIpsConfig {
  /** Of one. */
  price: IntervalPrices;
  max?: number;
}

/** A charge of a contract in every period, in addition to the plan: for support or a dedicated region, say. */
export interface ContractLineConfig {
  id: string;
  /** As invoices print it. */
  label: string;
  /** Of one. */
  price: IntervalPrices;
  /** 1 by default. */
  quantity?: number;
}

/** The changes of a contract to the plan of one account: allowances, limits and rates by metric, and other terms by field. */
export type ContractTerms = Partial<
  Pick<
    PlanConfig,
    | 'price'
    | 'minimumCommitment'
    | 'monthlyCredits'
    | 'overdraft'
    | 'limits'
    | 'features'
    | 'capacities'
    | 'seats'
    | 'dedicatedIps'
    | 'concurrentTasksMax'
    | 'modelMarkupPercent'
  >
> & {
  /** Days in which an invoice is due, 0 to 365; as `billing.paymentTermDays` of the catalog says by default. */
  paymentTermDays?: number;
  /** Charged in every period, in addition to the plan; at most 50. */
  lines?: ContractLineConfig[];
};

/** Something bought in addition to a plan, by quantity, and renewed with it. */
export interface AddOnConfig {
  id: string;
  label: string;
  /** One sentence for people. */
  description?: string;
  /** Of one. */
  price: IntervalPrices;
  /** More of a metric: units a cycle for a counter, and for a gauge while it is held. */
  allowance?: { metric: string; quantity: DecimalString };
  /** A capability that is switched on, as a plan's `features` are. */
  feature?: string;
  /** More of a capacity that is a number. */
  capacity?: { capacity: string; quantity: DecimalString };
  /** 1 by default for what switches a capability on, and otherwise without a bound. */
  quantityMax?: number;
  /** Plans that it is sold on; every plan where it is left out. Only a plan that limits its metric sells it. */
  plans?: string[];
  /** Both kinds where it is left out. */
  accountKinds?: AccountKind[];
}

/** When the server stops work by itself, and which. Nothing is deleted, and work goes on once the cause is gone. */
export interface PauseRuleConfig {
  when: 'trial_over' | 'past_due' | 'retries_exhausted';
  /** `all` use, requests to models (`ai`), or what counts in one of these metrics. */
  what: 'all' | 'ai' | string[];
}

/** How a subscription ends. */
export interface CancellingConfig {
  /**
   * `boundary`: it is cancelled, and ends with the period that is paid. `by_plan`: cancelling is going down to `planAfter`,
   * which is done as any other change of plan.
   */
  rule: 'boundary' | 'by_plan';
  /** The plan that follows; where it is left out everything is paused afterwards. `by_plan` needs it. */
  planAfter?: string;
  /** Who may cancel by themselves; both kinds where it is left out. */
  accountKinds?: AccountKind[];
}

/** The effects of an upgrade in mid-cycle. */
export interface UpgradeConfig {
  /**
   * `keep` charges the rest of the present billing period, `restart` begins a period with the upgrade and charges it whole.
   * `restart_when_first_paid` restarts where nothing was charged before and keeps otherwise; it is the default where the
   * anchor is the subscription's start. With `first_of_month` only `keep` is accepted.
   */
  period?: 'keep' | 'restart' | 'restart_when_first_paid';
  /** Whether counters start again; `keep` by default. */
  counters?: 'keep' | 'restart';
  /**
   * The monthly credits granted in addition to the rest of the old plan's: all of the new plan's (`full`), the difference between
   * the plans (`difference`, the default), the difference for the remaining part of the cycle (`prorated`), or none before the
   * next cycle.
   */
  credits?: 'full' | 'difference' | 'prorated' | 'next_cycle';
}
