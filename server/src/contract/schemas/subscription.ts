import * as z from 'zod';
import type { PlanInclusion, Subscription, SubscriptionStatus } from '../subscription.ts';
import { action } from './gate.ts';
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
export const subscription = tied<Subscription>()(
  z.strictObject({
    planId: id,
    planName: z.string(),
    planKind: z.enum(['free', 'paid', 'enterprise']),
    status: subscriptionStatus,
    interval: z.enum(['month', 'year']).nullable(),
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
    amountDue: money.nullable(),
    includes: z.array(planInclusion),
    highlights: z.array(z.string()),
    actions: z.array(action),
    timeZone: z.string(),
    asOf: instant,
  }),
);
