import * as z from 'zod';
import type {
  BillableLine,
  PlanChange,
  PlanInclusion,
  ScheduledSubscription,
  Subscription,
  SubscriptionChange,
  SubscriptionChangeAnswer,
  SubscriptionCommand,
  SubscriptionStatus,
} from '../subscription.ts';
import { charge } from './charges.ts';
import { action } from './gate.ts';
import { billingInterval } from './plans.ts';
import { decimal, id, instant, money, percent, unitLabel } from './primitives.ts';
import { tied } from './tied.ts';
import { meterLevel } from './usage.ts';

export const subscriptionStatus = tied<SubscriptionStatus>()(
  z.enum(['active', 'trial', 'past_due', 'paused', 'cancelled']),
);
export const planInclusion = tied<PlanInclusion>()(
  z.strictObject({
    label: z.string(),
    used: decimal.nullable(),
    included: decimal.nullable(),
    unit: unitLabel,
    percent: percent.nullable(),
    level: meterLevel,
  }),
);
const scheduledSubscription = tied<ScheduledSubscription>()(
  z.strictObject({
    kind: z.enum(['change', 'cancel']),
    at: instant,
    planId: id.nullable(),
    planName: z.string().nullable(),
    interval: billingInterval.nullable(),
  }),
);
export const subscription = tied<Subscription>()(
  z.strictObject({
    planId: id,
    planName: z.string(),
    planKind: z.enum(['free', 'paid', 'enterprise']),
    status: subscriptionStatus,
    interval: billingInterval.nullable(),
    price: money.nullable(),
    periodStartsAt: instant,
    periodEndsAt: instant,
    next: z
      .strictObject({
        kind: z.enum(['renews', 'resets', 'ends', 'trial_ends', 'changes']),
        at: instant,
        planName: z.string().exactOptional(),
      })
      .nullable(),
    trialEndsAt: instant.nullable(),
    scheduled: scheduledSubscription.nullable(),
    amountDue: money.nullable(),
    includes: z.array(planInclusion),
    highlights: z.array(z.string()),
    canManage: z.boolean(),
    actions: z.array(action),
    timeZone: z.string(),
    asOf: instant,
  }),
);

const planChangeFields = { planId: id, interval: billingInterval.exactOptional() };
export const planChange = tied<PlanChange>()(z.strictObject(planChangeFields));
export const subscriptionCommand = tied<SubscriptionCommand>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('change_plan'), ...planChangeFields }),
    z.strictObject({ kind: z.literal('cancel') }),
    z.strictObject({ kind: z.literal('resume') }),
  ]),
);
const billableLine = tied<BillableLine>()(
  z.strictObject({
    kind: z.enum(['plan', 'seats', 'add_on', 'dedicated_ips', 'usage', 'late_usage', 'minimum']),
    label: z.string(),
    quantity: decimal,
    unitPrice: money.nullable(),
    amount: money,
    coversFrom: instant,
    coversTo: instant,
    part: z.strictObject({ of: z.number(), whole: z.number() }).nullable(),
    due: z.enum(['now', 'boundary']),
  }),
);
export const subscriptionChange = tied<SubscriptionChange>()(
  z.strictObject({
    takesEffect: z.enum(['now', 'boundary']),
    effectiveAt: instant,
    lines: z.array(billableLine),
    dueNow: money,
    next: z.strictObject({ at: instant, amount: money }).nullable(),
    clears: z.array(z.enum(['scheduled_change', 'scheduled_cancellation', 'trial'])),
    credits: decimal,
    asOf: instant,
  }),
);
export const subscriptionChangeAnswer = tied<SubscriptionChangeAnswer>()(
  z.strictObject({ change: subscriptionChange, subscription, payment: charge.exactOptional() }),
);
