import * as z from 'zod';
import { accountKind } from '../accounts/account-schemas.ts';
import { apiBounds } from '../api-bounds.ts';
import { role } from '../members/members-schemas.ts';
import { amount, id, moneyInput, positiveAmount, text, unitLabel } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  AdditionalUseConfig,
  AddOnConfig,
  BillingInterval,
  CancellingConfig,
  CapacityConfig,
  CapacityValue,
  DedicatedIpsConfig,
  IntervalPrices,
  OverageTiersConfig,
  PauseRuleConfig,
  PlanSeatsConfig,
  RateTierConfig,
  RolloverConfig,
  SeatTypeConfig,
  TrialConfig,
  UpgradeConfig,
} from './plans.ts';

export const billingInterval = tied<BillingInterval>()(z.enum(['month', 'year']));
export const intervalPrices = tied<IntervalPrices>()(
  z.strictObject({ month: moneyInput.exactOptional(), year: moneyInput.exactOptional() }),
);

const rateTierConfig = tied<RateTierConfig>()(
  z.strictObject({
    upTo: positiveAmount.nullable(),
    amount,
    per: z.union([z.literal(1), z.literal(1_000), z.literal(1_000_000)]).exactOptional(),
    flat: amount.exactOptional(),
  }),
);
export const overageTiersConfig = tied<OverageTiersConfig>()(
  z.strictObject({
    mode: z.enum(['graduated', 'volume']),
    steps: z.array(rateTierConfig).min(1).max(100),
  }),
);
export const additionalUseConfig = tied<AdditionalUseConfig>()(
  z.strictObject({ default: z.union([z.enum(['off', 'unlimited']), amount]) }),
);
export const rolloverConfig = tied<RolloverConfig>()(
  z.strictObject({
    percent: z.int().min(1).max(100).exactOptional(),
    cycles: z.int().min(1).max(120).exactOptional(),
  }),
);
export const trialConfig = tied<TrialConfig>()(
  z.strictObject({
    days: z.int().min(1).max(apiBounds.trialDaysMax),
    paymentMethod: z.enum(['required', 'optional']).exactOptional(),
    planAfter: id.exactOptional(),
  }),
);
export const capacityConfig = tied<CapacityConfig>()(
  z.strictObject({
    id,
    label: text,
    unit: unitLabel.exactOptional(),
    kind: z.enum(['number', 'choice']).exactOptional(),
    choices: z.record(id, text).exactOptional(),
  }),
);
export const capacityValue = tied<CapacityValue>()(z.union([amount, z.null(), z.array(id).max(100)]));
export const seatTypeConfig = tied<SeatTypeConfig>()(
  z.strictObject({
    id,
    label: text,
    roles: z.array(role).exactOptional(),
    accountKinds: z.array(accountKind).min(1).max(2).exactOptional(),
  }),
);
/** Quantities of seats, add-ons and addresses. */
export const quantity = z.int().min(0).max(apiBounds.quantityMax);
export const planSeatsConfig = tied<PlanSeatsConfig>()(
  z.strictObject({
    included: quantity.nullable(),
    max: quantity.nullable().exactOptional(),
    price: intervalPrices.exactOptional(),
  }),
);
export const dedicatedIpsConfig = tied<DedicatedIpsConfig>()(
  z.strictObject({
    price: intervalPrices,
    max: z.int().min(1).max(apiBounds.dedicatedIpsMax).exactOptional(),
  }),
);
const accountKinds = z.array(accountKind).min(1).max(2);
export const addOnConfig = tied<AddOnConfig>()(
  z.strictObject({
    id,
    label: text,
    description: text.exactOptional(),
    price: intervalPrices,
    allowance: z.strictObject({ metric: id, quantity: positiveAmount }).exactOptional(),
    feature: id.exactOptional(),
    capacity: z.strictObject({ capacity: id, quantity: positiveAmount }).exactOptional(),
    quantityMax: z.int().min(1).max(apiBounds.quantityMax).exactOptional(),
    plans: z.array(id).min(1).max(1_000).exactOptional(),
    accountKinds: accountKinds.exactOptional(),
  }),
);
export const pauseRuleConfig = tied<PauseRuleConfig>()(
  z.strictObject({
    when: z.enum(['trial_over', 'past_due', 'retries_exhausted']),
    what: z.union([z.enum(['all', 'ai']), z.array(id).min(1).max(1_000)]),
  }),
);
export const cancellingConfig = tied<CancellingConfig>()(
  z.strictObject({
    rule: z.enum(['boundary', 'by_plan']),
    planAfter: id.exactOptional(),
    accountKinds: accountKinds.exactOptional(),
  }),
);
export const upgradeConfig = tied<UpgradeConfig>()(
  z.strictObject({
    period: z.enum(['keep', 'restart', 'restart_when_first_paid']).exactOptional(),
    counters: z.enum(['keep', 'restart']).exactOptional(),
    credits: z.enum(['full', 'difference', 'prorated', 'next_cycle']).exactOptional(),
  }),
);
