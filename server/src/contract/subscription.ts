import type { DecimalString, Instant, Money, UnitLabel } from './amount.ts';
import type { Action } from './gate.ts';
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
  interval: 'month' | 'year' | null;
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
  amountDue: Money | null;
  includes: PlanInclusion[];
  highlights: string[];
  /** At most one is primary, and stands first. */
  actions: Action[];
  timeZone: string;
  asOf: Instant;
}
