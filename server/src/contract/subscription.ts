import type { DecimalString, Instant, Money, UnitLabel } from './amount.ts';
import type { Charge } from './charges.ts';
import type { Action } from './gate.ts';
import type { BillingInterval } from './plans.ts';
import type { MeterLevel } from './usage.ts';

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
  /** What happens next, and when. */
  next: {
    kind: 'renews' | 'resets' | 'ends' | 'trial_ends' | 'changes';
    at: Instant;
    planName?: string;
  } | null;
  trialEndsAt: Instant | null;
  /** What waits for the end of the period or the trial, besides the renewal. */
  scheduled: ScheduledSubscription | null;
  amountDue: Money | null;
  includes: PlanInclusion[];
  highlights: string[];
  /** Whether the caller may change it. */
  canManage: boolean;
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

/** Body of `POST /v1/accounts/{id}/subscription/change`. */
export interface PlanChange {
  planId: string;
  /** The present one by default, or the one that the plan has a price for. */
  interval?: BillingInterval;
}

/** Everything that can be done to a subscription, for `POST /v1/accounts/{id}/subscription/preview`. */
export type SubscriptionCommand =
  | ({ kind: 'change_plan' } & PlanChange)
  | { kind: 'cancel' }
  | { kind: 'resume' };

/** One line of what is to be invoiced. */
export interface BillableLine {
  kind: 'plan' | 'seats' | 'add_on' | 'dedicated_ips' | 'usage' | 'late_usage' | 'minimum';
  /** The plan, seat type, add-on or metric. */
  label: string;
  quantity: DecimalString;
  /** Of one for a whole period; null where steps or charges make up the amount. */
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

/** What a change does, exactly: the answer of a preview, and part of that of the change. */
export interface SubscriptionChange {
  /** `boundary`: at the end of what is paid or tried. */
  takesEffect: 'now' | 'boundary';
  effectiveAt: Instant;
  lines: BillableLine[];
  /** The sum of the lines that are due now; negative gives back. */
  dueNow: Money;
  /** What is charged ahead next, as things stand after the change; null where nothing follows. */
  next: { at: Instant; amount: Money } | null;
  /** What the change ends that was under way. */
  clears: ('scheduled_change' | 'scheduled_cancellation' | 'trial')[];
  /** Credits that come with it at once. */
  credits: DecimalString;
  asOf: Instant;
}

/** Answer of every command on a subscription. */
export interface SubscriptionChangeAnswer {
  change: SubscriptionChange;
  subscription: Subscription;
  /** The charge that comes before a change that is charged at once. Until it has succeeded the old plan stays. */
  payment?: Charge;
}
