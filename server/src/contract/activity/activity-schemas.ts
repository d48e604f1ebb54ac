import * as z from 'zod';
import { grantSource } from '../credits/credits-schemas.ts';
import { disputeStatus } from '../invoices/charges-schemas.ts';
import { creditUnit, decimal, id, instant, money, pageOf, shownUnit } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { Activity, ActivityEvent, ActivityKind } from './activity.ts';

export const activityKind = tied<ActivityKind>()(
  z.enum([
    'credits_purchased',
    'purchase_failed',
    'credits_granted',
    'credits_adjusted',
    'auto_top_up_changed',
    'payment_method_changed',
    'own_key_changed',
    'subscription_changed',
    'use_voided',
    'member_removed',
    'invoice_issued',
    'invoice_paid',
    'invoice_changed',
    'payment_failed',
    'payment_refunded',
    'payment_disputed',
    'billing_details_changed',
  ]),
);

const text = z.string();
const source = z.enum(['purchase', 'top_up']);
const chargeFields = {
  amount: money,
  purpose: z.enum(['invoice', 'plan_change', 'quantity_change', 'purchase']),
  subject: text,
};
/** The currency, where the balance is money. */
const unit = creditUnit.exactOptional();
/** An event of one kind with its fields. */
const event = <Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) =>
  z.strictObject({ kind: z.literal(kind), ...fields });

export const activityEvent = tied<ActivityEvent>()(
  z.discriminatedUnion('kind', [
    event('credits_bought', { credits: decimal, unit, price: money, source }),
    event('purchase_failed', { credits: decimal, unit, price: money, source, failure: text }),
    event('credits_granted', {
      amount: decimal,
      unit: creditUnit,
      label: text.nullable(),
      source: grantSource.exactOptional(),
    }),
    event('credits_adjusted', { amount: decimal, unit: creditUnit }),
    event('auto_top_up_set', { pack: text, price: money, threshold: decimal, unit }),
    event('auto_top_up_off', {}),
    event('payment_method_set', { brand: text, lastFour: text }),
    event('payment_method_removed', { brand: text, lastFour: text }),
    event('own_key_set', { provider: text, lastFour: text }),
    event('own_key_removed', { provider: text }),
    event('plan_changed', { plan: text, interval: z.enum(['month', 'year']), atBoundary: z.boolean() }),
    event('plan_tried', { plan: text }),
    event('plan_kept', {}),
    event('trial_started', { days: z.number() }),
    event('trial_extended', { days: z.number() }),
    event('trial_ended', {}),
    event('cancelled', {}),
    event('resumed', {}),
    event('seats_set', { label: text, quantity: z.number() }),
    event('add_on_set', { label: text, quantity: z.number() }),
    event('dedicated_ips_set', { quantity: z.number() }),
    event('dedicated_ip_assigned', { ip: text, agentId: text }),
    event('dedicated_ip_released', { ip: text }),
    event('dedicated_ip_removed', { ip: text }),
    event('additional_use_set', {
      label: text,
      mode: z.enum(['off', 'capped', 'unlimited']),
      cap: decimal.nullable(),
    }),
    event('own_limit_set', { label: text, limit: decimal }),
    event('own_limit_removed', { label: text }),
    event('alerts_set', { label: text, amounts: z.array(decimal) }),
    event('alert_mail_set', {}),
    event('alert_mail_removed', {}),
    event('contract_set', { label: text }),
    event('contract_ended', {}),
    event('catalog_moved', { version: z.number() }),
    event('payment_standing', { standing: z.enum(['paid', 'past_due', 'retries_exhausted']) }),
    event('invoice', {
      number: text,
      total: money,
      became: z.enum(['issued', 'paid', 'void', 'uncollectible', 'past_due']),
    }),
    event('line_billed', { subject: text, amount: money }),
    event('paid_ahead', { amount: money }),
    event('plan_change_unpaid', { planId: text, plan: text.exactOptional() }),
    event('quantity_unpaid', { subject: text }),
    event('refunded', { ...chargeFields, failure: text.nullable() }),
    event('refund_returned', chargeFields),
    event('disputed', { ...chargeFields, status: disputeStatus }),
    event('billing_details_set', { name: text }),
    event('use_taken_back', { label: text.nullable(), more: z.number() }),
    event('member_removed', { name: text }),
  ]),
);

export const activity = tied<Activity>()(
  z.strictObject({
    id: z.string(),
    kind: activityKind,
    description: z.string(),
    event: activityEvent.nullable(),
    creditLabel: shownUnit.exactOptional(),
    memberId: id.nullable(),
    memberName: z.string().exactOptional(),
    reason: z.string().nullable(),
    at: instant,
  }),
);
export const activityPage = pageOf(activity);
