import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import { contractTerms } from '../catalog/catalog-schemas.ts';
import { billingInterval, quantity } from '../catalog/plans-schemas.ts';
import { action } from '../gate/gate-schemas.ts';
import { charge } from '../invoices/charges-schemas.ts';
import { meterLevel, pause } from '../usage/usage-schemas.ts';
import {
  amount,
  decimal,
  email,
  expectedTotalFields,
  id,
  instant,
  money,
  namedTax,
  percent,
  positiveAmount,
  shownUnit,
  text,
  unitLabel,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  AdditionalUseInput,
  Alert,
  AlertEmailInput,
  AlertsInput,
  BillableLine,
  ContractInput,
  DedicatedIp,
  DedicatedIpInput,
  InvoiceBreakdown,
  MoveToLatestInput,
  OwnLimit,
  OwnLimitInput,
  PaymentStandingInput,
  PlanCapacity,
  PlanChangeRequest,
  PlanInclusion,
  QuantityInput,
  QuantityRequest,
  ScheduledSubscription,
  SubscribedAdditionalUse,
  SubscribedAddOn,
  SubscribedDedicatedIps,
  SubscribedSeats,
  Subscription,
  SubscriptionChange,
  SubscriptionChangeAnswer,
  SubscriptionCommand,
  SubscriptionStatus,
  TrialEndRequest,
  TrialStart,
} from './subscription.ts';

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
const alert = tied<Alert>()(
  z.strictObject({
    metric: id,
    label: z.string(),
    unit: shownUnit,
    amounts: z.array(z.strictObject({ amount: decimal, told: z.boolean() })),
  }),
);
const planCapacity = tied<PlanCapacity>()(
  z.strictObject({
    id,
    label: z.string(),
    unit: unitLabel.nullable(),
    value: decimal.nullable(),
    choices: z.array(z.string()).nullable(),
  }),
);
const subscribedSeats = tied<SubscribedSeats>()(
  z.strictObject({
    seatType: id,
    label: z.string(),
    included: z.int().nullable(),
    bought: z.int(),
    boughtNext: z.int(),
    taken: z.int(),
    max: z.int().nullable(),
    price: money.nullable(),
  }),
);
const subscribedAddOn = tied<SubscribedAddOn>()(
  z.strictObject({
    addOnId: id,
    label: z.string(),
    description: z.string().nullable(),
    quantity: z.int(),
    quantityNext: z.int(),
    quantityMax: z.int(),
    price: money.nullable(),
    allowance: z
      .strictObject({ metric: id, label: z.string(), unit: unitLabel, quantity: decimal })
      .nullable(),
  }),
);
const dedicatedIp = tied<DedicatedIp>()(
  z.strictObject({ id, agentId: id.nullable(), endsAt: instant.nullable() }),
);
const subscribedDedicatedIps = tied<SubscribedDedicatedIps>()(
  z.strictObject({ items: z.array(dedicatedIp), max: z.int(), price: money.nullable() }),
);
const subscribedAdditionalUse = tied<SubscribedAdditionalUse>()(
  z.strictObject({
    metric: id,
    label: z.string(),
    unit: unitLabel,
    mode: z.enum(['off', 'capped', 'unlimited']),
    cap: decimal.nullable(),
  }),
);
const ownLimit = tied<OwnLimit>()(
  z.strictObject({ metric: id, label: z.string(), unit: unitLabel, limit: decimal }),
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
    warnings: z.array(z.string()),
    capacities: z.array(planCapacity),
    seats: z.array(subscribedSeats),
    addOns: z.array(subscribedAddOn),
    dedicatedIps: subscribedDedicatedIps.nullable(),
    additionalUse: z.array(subscribedAdditionalUse),
    ownLimits: z.array(ownLimit),
    alerts: z.array(alert),
    alertEmail: z.string().nullable(),
    contract: z.string().nullable(),
    pausedFor: z.enum(['trial_over', 'retries_exhausted']).nullable(),
    paused: pause.nullable(),
    canManage: z.boolean(),
    canCancel: z.boolean(),
    actions: z.array(action),
    timeZone: z.string(),
    asOf: instant,
  }),
);

const planChangeFields = {
  planId: id,
  interval: billingInterval.exactOptional(),
  trial: z.boolean().exactOptional(),
};
export const planChangeRequest = tied<PlanChangeRequest>()(
  z.strictObject({ ...planChangeFields, ...expectedTotalFields }),
);
const quantityInput = tied<QuantityInput>()(z.strictObject({ quantity }));
export const quantityRequest = tied<QuantityRequest>()(z.strictObject({ quantity, ...expectedTotalFields }));
export const dedicatedIpInput = tied<DedicatedIpInput>()(z.strictObject({ agentId: id.nullable() }));
const additionalUseFields = {
  mode: z.enum(['off', 'capped', 'unlimited']),
  cap: amount.exactOptional(),
};
const hasCapWhereCapped = ({ mode, cap }: AdditionalUseInput): boolean =>
  (mode === 'capped') === (cap !== undefined);
const capWhereCapped = { path: ['cap'], error: 'an amount with the mode capped, and none with another' };
export const additionalUseInput = tied<AdditionalUseInput>()(
  z.strictObject(additionalUseFields).refine(hasCapWhereCapped, capWhereCapped),
);
export const ownLimitInput = tied<OwnLimitInput>()(z.strictObject({ limit: amount.nullable() }));
const alertsFields = { amounts: z.array(positiveAmount).max(apiBounds.alertsPerMetricMax) };
export const alertsInput = tied<AlertsInput>()(z.strictObject(alertsFields));
export const alertEmailInput = tied<AlertEmailInput>()(z.strictObject({ email: email.nullable() }));
export const trialStart = tied<TrialStart>()(
  z.strictObject({ days: z.int().min(1).max(apiBounds.trialDaysMax) }),
);
const trialEndFields = { pays: z.boolean().exactOptional() };
export const trialEndRequest = tied<TrialEndRequest>()(
  z.strictObject({ ...trialEndFields, ...expectedTotalFields }),
);
export const contractInput = tied<ContractInput>()(z.strictObject({ label: text, terms: contractTerms }));
export const moveToLatestInput = tied<MoveToLatestInput>()(
  z.strictObject({
    keepPrice: z.boolean().exactOptional(),
    when: z.enum(['now', 'boundary']).exactOptional(),
  }),
);
export const paymentStandingInput = tied<PaymentStandingInput>()(
  z.strictObject({ standing: z.enum(['paid', 'past_due', 'retries_exhausted']) }),
);
export const subscriptionCommand = tied<SubscriptionCommand>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('change_plan'), ...planChangeFields }),
    z.strictObject({ kind: z.literal('cancel') }),
    z.strictObject({ kind: z.literal('resume') }),
    z.strictObject({ kind: z.literal('seats'), seatType: id, ...quantityInput.shape }),
    z.strictObject({ kind: z.literal('add_on'), addOnId: id, ...quantityInput.shape }),
    z.strictObject({ kind: z.literal('dedicated_ips'), ...quantityInput.shape }),
    z.strictObject({ kind: z.literal('assign_dedicated_ip'), ipId: id, ...dedicatedIpInput.shape }),
    z.strictObject({ kind: z.literal('remove_dedicated_ip'), ipId: id }),
    z
      .strictObject({ kind: z.literal('additional_use'), metric: id, ...additionalUseFields })
      .refine(hasCapWhereCapped, capWhereCapped),
    z.strictObject({ kind: z.literal('own_limit'), metric: id, ...ownLimitInput.shape }),
    z.strictObject({ kind: z.literal('alerts'), metric: id, ...alertsFields }),
    z.strictObject({ kind: z.literal('alert_email'), ...alertEmailInput.shape }),
    z.strictObject({ kind: z.literal('end_trial'), ...trialEndFields }),
    z.strictObject({ kind: z.literal('start_trial'), ...trialStart.shape }),
    z.strictObject({ kind: z.literal('contract'), ...contractInput.shape }),
    z.strictObject({ kind: z.literal('end_contract') }),
    z.strictObject({ kind: z.literal('move_to_latest'), ...moveToLatestInput.shape }),
  ]),
);
const billableLine = tied<BillableLine>()(
  z.strictObject({
    kind: z.enum(['plan', 'seats', 'add_on', 'dedicated_ips', 'custom', 'usage', 'late_usage', 'minimum']),
    label: z.string().nullable(),
    quantity: decimal,
    unitPrice: money.nullable(),
    amount: money,
    coversFrom: instant,
    coversTo: instant,
    part: z.strictObject({ of: z.number(), whole: z.number() }).nullable(),
    due: z.enum(['now', 'boundary']),
  }),
);
const invoiceBreakdown = tied<InvoiceBreakdown>()(
  z.strictObject({
    net: money,
    taxes: z.array(namedTax),
    balance: money,
  }),
);
export const subscriptionChange = tied<SubscriptionChange>()(
  z.strictObject({
    takesEffect: z.enum(['now', 'boundary']),
    effectiveAt: instant,
    lines: z.array(billableLine),
    dueNow: money,
    dueNowBy: z.enum(['charge', 'invoice']).exactOptional(),
    needsPaymentMethod: z.literal(true).exactOptional(),
    dueNowOf: invoiceBreakdown.exactOptional(),
    next: z
      .strictObject({ at: instant, amount: money, amountOf: invoiceBreakdown.exactOptional() })
      .nullable(),
    clears: z.array(z.enum(['scheduled_change', 'scheduled_cancellation', 'trial'])),
    creditLabel: shownUnit,
    credits: decimal,
    creditsEnding: decimal.exactOptional(),
    blocks: z.array(id),
    asOf: instant,
    timeZone: z.string().exactOptional(),
  }),
);
export const subscriptionChangeAnswer = tied<SubscriptionChangeAnswer>()(
  z.strictObject({ change: subscriptionChange, subscription, payment: charge.exactOptional() }),
);
