import type { BillingInterval, ContractTerms } from '../catalog/plans.ts';
import type { Action } from '../gate/gate.ts';
import type { Charge } from '../invoices/charges.ts';
import type { MeterLevel, Pause } from '../usage/usage.ts';
import type {
  DecimalString,
  ExpectedTotal,
  Instant,
  Money,
  NamedTax,
  ShownUnit,
  UnitLabel,
} from '../values/amount.ts';

/** How a subscription stands. */
export type SubscriptionStatus = 'active' | 'trial' | 'past_due' | 'paused' | 'cancelled';

/** One thing that the plan includes, with its use. */
export interface PlanInclusion {
  label: string;
  used: DecimalString | null;
  /** Null without a cap. */
  included: DecimalString | null;
  unit: UnitLabel;
  percent: number | null;
  level: MeterLevel;
}

/** Answer of `GET /v1/accounts/{id}/subscription`. */
export interface Subscription {
  planId: string;
  planName: string;
  planKind: 'free' | 'paid' | 'enterprise';
  status: SubscriptionStatus;
  interval: BillingInterval | null;
  /** Null where the caller may not see it, or nothing is charged. */
  price: Money | null;
  periodStartsAt: Instant;
  periodEndsAt: Instant;
  /** The next change, and its time. */
  next: {
    kind: 'renews' | 'resets' | 'ends' | 'trial_ends' | 'changes';
    at: Instant;
    planName?: string;
  } | null;
  trialEndsAt: Instant | null;
  /** The changes scheduled for the end of the period or trial, in addition to the renewal. */
  scheduled: ScheduledSubscription | null;
  amountDue: Money | null;
  includes: PlanInclusion[];
  highlights: string[];
  /** Standing warnings of the plan. */
  warnings: string[];
  capacities: PlanCapacity[];
  seats: SubscribedSeats[];
  addOns: SubscribedAddOn[];
  /** Null where the plan has none. */
  dedicatedIps: SubscribedDedicatedIps | null;
  additionalUse: SubscribedAdditionalUse[];
  ownLimits: OwnLimit[];
  /** Amounts at which the account is told. */
  alerts: Alert[];
  /** The mail address for alerts; null if there is none, or if the viewer may not see it. */
  alertEmail: string | null;
  /** The contract's name; null without a contract. */
  contract: string | null;
  /** Why it is paused; null with every other status. */
  pausedFor: 'trial_over' | 'retries_exhausted' | null;
  /** The pause, in any status; null if nothing is paused. */
  paused: Pause | null;
  /** Whether the caller may change it. */
  canManage: boolean;
  /** Whether the caller may cancel it; the catalog can keep that from a kind of account. */
  canCancel: boolean;
  /** At most one is primary, and stands first. */
  actions: Action[];
  timeZone: string;
  asOf: Instant;
}

/** A change that is scheduled. */
export interface ScheduledSubscription {
  kind: 'change' | 'cancel';
  at: Instant;
  /** The plan that follows; null where the subscription ends. */
  planId: string | null;
  planName: string | null;
  interval: BillingInterval | null;
}

/** The plan that is wanted. */
export interface PlanChange {
  planId: string;
  /** The present one by default, or the one that the plan has a price for. */
  interval?: BillingInterval;
  /** False leaves out the trial that the plan offers. */
  trial?: boolean;
}

/** Body of `POST /v1/accounts/{id}/subscription/change`. */
export interface PlanChangeRequest extends PlanChange, ExpectedTotal {}

/** A command that is charged before it is carried out, where anything of it is charged at once. */
export type PaidCommand =
  | ({ kind: 'change_plan' } & PlanChange)
  | ({ kind: 'seats'; seatType: string } & QuantityInput)
  | ({ kind: 'add_on'; addOnId: string } & QuantityInput)
  | ({ kind: 'dedicated_ips' } & QuantityInput);

/** Everything that can be done to a subscription, for `POST /v1/accounts/{id}/subscription/preview`. */
export type SubscriptionCommand =
  | PaidCommand
  | { kind: 'cancel' }
  | { kind: 'resume' }
  | ({ kind: 'assign_dedicated_ip'; ipId: string } & DedicatedIpInput)
  | { kind: 'remove_dedicated_ip'; ipId: string }
  | ({ kind: 'additional_use'; metric: string } & AdditionalUseInput)
  | ({ kind: 'own_limit'; metric: string } & OwnLimitInput)
  | ({ kind: 'alerts'; metric: string } & AlertsInput)
  | ({ kind: 'alert_email' } & AlertEmailInput)
  | ({ kind: 'end_trial' } & TrialEnd)
  | ({ kind: 'start_trial' } & TrialStart)
  | ({ kind: 'contract' } & ContractInput)
  | { kind: 'end_contract' }
  | ({ kind: 'move_to_latest' } & MoveToLatestInput);

/** How many are bought from now on. */
export interface QuantityInput {
  quantity: number;
}

/** Body of `PUT .../seats/{seatType}`, `.../add-ons/{addOnId}` and `.../dedicated-ips`. */
export interface QuantityRequest extends QuantityInput, ExpectedTotal {}

/** Body of `PUT .../dedicated-ips/{ipId}`. */
export interface DedicatedIpInput {
  /** Null releases it. */
  agentId: string | null;
}

/** Body of `PUT .../additional-use/{metric}`. */
export interface AdditionalUseInput {
  mode: 'off' | 'capped' | 'unlimited';
  /** Units beyond the allowance in each cycle; only with `capped`, which needs it. */
  cap?: DecimalString;
}

/** Body of `PUT .../limits/{metric}`. */
export interface OwnLimitInput {
  /** Units per cycle, including the allowance; null removes the limit. */
  limit: DecimalString | null;
}

/** Body of `PUT .../alerts/{metric}`. */
export interface AlertsInput {
  /**
   * Thresholds of the metric, or of charges where the metric is `credits`. Each alerts once per cycle when it is reached, or at once if it is reached already. An empty list
   * removes the alerts.
   */
  amounts: DecimalString[];
}

/** Body of `PUT .../alert-email`. */
export interface AlertEmailInput {
  /** One bare address; null for none. */
  email: string | null;
}

/** Body of `POST .../subscription/trial`: the product team's own. */
export interface TrialStart {
  /** From now; a trial that is under way ends then instead. */
  days: number;
}

/** The end of a trial, or of the pause after it. */
export interface TrialEnd {
  /** The plan goes on and is charged also without a payment method; the product team's own. */
  pays?: boolean;
}

/** Body of `POST .../subscription/trial/end`. */
export interface TrialEndRequest extends TrialEnd, ExpectedTotal {}

/** Body of `PUT .../contract`: the product team's own. */
export interface ContractInput {
  /** Its name, such as its number. */
  label: string;
  terms: ContractTerms;
}

/** Body of `POST .../subscription/move`: the product team's own. */
export interface MoveToLatestInput {
  /** Keeps the price of the plan; false by default. */
  keepPrice?: boolean;
  /** `boundary` by default: with the end of the period. */
  when?: 'now' | 'boundary';
}

/** Body of `PUT .../payment-standing`: where the product team collects its money elsewhere. */
export interface PaymentStandingInput {
  standing: 'paid' | 'past_due' | 'retries_exhausted';
}

/** Seats of one kind. */
export interface SubscribedSeats {
  seatType: string;
  label: string;
  /** Without charge; null without a bound. */
  included: number | null;
  bought: number;
  /** Bought from the next period on. */
  boughtNext: number;
  taken: number;
  /** Included and bought together at most; null without a bound. */
  max: number | null;
  /** Price of one more; null if none can be bought or the caller may not see prices. */
  price: Money | null;
}

/** An add-on that is sold to the account. */
export interface SubscribedAddOn {
  addOnId: string;
  label: string;
  description: string | null;
  quantity: number;
  /** From the next period on. */
  quantityNext: number;
  quantityMax: number;
  price: Money | null;
  /** More of a metric, by each. */
  allowance: { metric: string; label: string; unit: UnitLabel; quantity: DecimalString } | null;
}

/** A fixed outgoing address. */
export interface DedicatedIp {
  id: string;
  agentId: string | null;
  /** When it ends, where it is taken off. */
  endsAt: Instant | null;
}

/** Fixed outgoing addresses, where the plan has them. */
export interface SubscribedDedicatedIps {
  items: DedicatedIp[];
  max: number;
  price: Money | null;
}

/** Whether use of a metric beyond its allowance goes on. */
export interface SubscribedAdditionalUse {
  metric: string;
  label: string;
  unit: UnitLabel;
  mode: 'off' | 'capped' | 'unlimited';
  cap: DecimalString | null;
}

/** A hard limit that the account set itself. */
export interface OwnLimit {
  metric: string;
  label: string;
  unit: UnitLabel;
  limit: DecimalString;
}

/** Amounts of a metric at which the account is told. */
export interface Alert {
  /** A metric's id, or `credits` for charges; those only for viewers who may see the balance. */
  metric: string;
  label: string;
  unit: ShownUnit;
  /** Ascending. */
  amounts: AlertAmount[];
}

/** An amount at which somebody is told, and whether that has happened in this cycle. */
export interface AlertAmount {
  amount: DecimalString;
  /** Whether it was told in the present cycle, and comes again with the next. */
  told: boolean;
}

/** A limit of the plan that is not usage. */
export interface PlanCapacity {
  id: string;
  label: string;
  unit: UnitLabel | null;
  /** Null without a bound, or of a choice. */
  value: DecimalString | null;
  /** Labels of what may be chosen; null of a number. */
  choices: string[] | null;
}

/** One line of a future invoice. */
export interface BillableLine {
  kind: 'plan' | 'seats' | 'add_on' | 'dedicated_ips' | 'custom' | 'usage' | 'late_usage' | 'minimum';
  /** The catalog's or the host's name of the plan, seat type, add-on or metric; null for addresses. */
  label: string | null;
  quantity: DecimalString;
  /** Price of one for a whole period; null if the amount comes from steps or charges. */
  unitPrice: Money | null;
  /** Negative gives back. */
  amount: Money;
  coversFrom: Instant;
  coversTo: Instant;
  /** The part of a period that is charged or given back; null for a whole one. */
  part: { of: number; whole: number } | null;
  /** On an invoice at once, or on that of the period's or cycle's start. */
  due: 'now' | 'boundary';
}

/** How an invoice's total comes about: `net`, `taxes` and `balance` add up to it. */
export interface InvoiceBreakdown {
  /** The charges and credits without tax and balance. */
  net: Money;
  /** Each tax under its own name, in the invoice's order; one of 0 is left out. */
  taxes: NamedTax[];
  /**
   * Negative is paid from the account's balance; positive is owed from earlier invoices. A total too small to be charged is taken
   * off here and carried to the next invoice.
   */
  balance: Money;
}

/** The exact effects of a change: the answer of a preview, and part of the answer of the change. */
export interface SubscriptionChange {
  /** `boundary`: at the end of the paid period or trial. */
  takesEffect: 'now' | 'boundary';
  effectiveAt: Instant;
  lines: BillableLine[];
  /**
   * The total of the invoice that the change makes at once, with tax and balance. Negative where nothing is to be paid and so much
   * is taken off the next invoice.
   */
  dueNow: Money;
  /**
   * `charge`: exactly `dueNow` is charged to the payment method. `invoice`: the server charges nothing with the change, as there is
   * no payment method that it could charge, or as the catalog collects nothing; the invoice stays open.
   */
  dueNowBy?: 'charge' | 'invoice';
  /**
   * Present in a preview of what is refused until the account has a confirmed payment method (`payment_method_required`): it costs
   * something, and nothing could be charged.
   */
  needsPaymentMethod?: true;
  /** The sums of `dueNow`; left out of an answer that knows the charge alone. */
  dueNowOf?: InvoiceBreakdown;
  /**
   * The next charge in advance, as of after the change, with tax and balance; use beyond allowances is billed on top. Null if none
   * follows.
   */
  next: { at: Instant; amount: Money; amountOf?: InvoiceBreakdown } | null;
  /** Scheduled changes, or the trial, that this change ends. */
  clears: ('scheduled_change' | 'scheduled_cancellation' | 'trial')[];
  /** What the catalog calls a credit; the currency too, where the balance is money. */
  creditLabel: ShownUnit;
  /** Credits that come with it at once. */
  credits: DecimalString;
  /** Credits that end with it at once, such as the rest of the old plan's; left out where none do. */
  creditsEnding?: DecimalString;
  /** Metrics that it blocks at once, since more of them is used already. */
  blocks: string[];
  asOf: Instant;
  /** The account's zone. */
  timeZone?: string;
}

/** Answer of every command on a subscription. */
export interface SubscriptionChangeAnswer {
  change: SubscriptionChange;
  subscription: Subscription;
  /** The charge that comes before a change that is charged at once. Until it has succeeded everything stays as it was. */
  payment?: Charge;
}
