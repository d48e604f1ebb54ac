import * as z from 'zod';
import {
  amount,
  creditUnit,
  decimal,
  expectedTotalFields,
  id,
  instant,
  keptId,
  money,
  namedTax,
  shownUnit,
  signedAmount,
  text,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  AdjustmentAnswer,
  AdjustmentRequest,
  AutoTopUp,
  AutoTopUpInput,
  PaymentMethodAnswer,
  PaymentMethodView,
  PaymentSession,
  PaymentSessionRequest,
  Purchase,
  PurchaseAnswer,
  PurchaseRequest,
} from './purchases.ts';

export const purchase = tied<Purchase>()(
  z.strictObject({
    id: z.string(),
    packId: id,
    source: z.enum(['purchase', 'top_up']),
    status: z.enum(['ordered', 'needs_action', 'succeeded', 'failed']),
    credits: decimal,
    bonus: decimal,
    unit: creditUnit,
    price: money,
    taxes: z.array(namedTax),
    total: money,
    invoiceId: z.string().nullable(),
    failure: z.string().nullable(),
    actionUrl: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  }),
);
export const purchaseRequest = tied<PurchaseRequest>()(z.strictObject(expectedTotalFields));
export const purchaseAnswer = tied<PurchaseAnswer>()(z.strictObject({ purchase, available: decimal }));

export const adjustmentRequest = tied<AdjustmentRequest>()(
  z.strictObject({
    amount: signedAmount.refine((value) => /[1-9]/.test(value), { error: 'an amount that is not 0' }),
    unit: creditUnit.exactOptional(),
    grantId: keptId.exactOptional(),
    reason: text,
  }),
);
export const adjustmentAnswer = tied<AdjustmentAnswer>()(
  z.strictObject({ available: decimal, debt: decimal }),
);

export const autoTopUpInput = tied<AutoTopUpInput>()(
  z.strictObject({
    enabled: z.boolean(),
    threshold: amount,
    packId: id,
    chargesPerCycleMax: z.int().min(1).max(100).nullable().exactOptional(),
    ...expectedTotalFields,
  }),
);
export const paymentMethodView = tied<PaymentMethodView>()(
  z.strictObject({
    kind: z.enum(['card', 'bank_account']),
    brand: z.string(),
    lastFour: z.string(),
    confirmed: z.boolean(),
  }),
);
export const paymentMethodAnswer = tied<PaymentMethodAnswer>()(
  z.strictObject({
    paymentMethod: paymentMethodView.nullable(),
    canManage: z.boolean(),
    asOf: instant.exactOptional(),
    timeZone: z.string().exactOptional(),
  }),
);
export const autoTopUp = tied<AutoTopUp>()(
  z.strictObject({
    status: z.enum([
      'off',
      'ready',
      'pending',
      'failed',
      'capped',
      'waiting',
      'not_sold',
      'no_payment_method',
    ]),
    enabled: z.boolean(),
    unit: shownUnit,
    threshold: decimal.nullable(),
    packId: id.nullable(),
    credits: decimal.nullable(),
    price: money.nullable(),
    total: money.nullable(),
    chargesPerCycleMax: z.int().nullable(),
    chargesThisCycle: z.int(),
    creditsThisCycle: decimal,
    failure: z.string().nullable(),
    retryAt: instant.nullable(),
    timeZone: z.string().exactOptional(),
    asOf: instant.exactOptional(),
    paymentMethod: paymentMethodView.nullable(),
  }),
);

export const paymentSessionRequest = tied<PaymentSessionRequest>()(
  z.strictObject({ returnUrl: z.url({ protocol: /^https?$/ }).max(2_000) }),
);
export const paymentSession = tied<PaymentSession>()(z.strictObject({ url: z.string(), expiresAt: instant }));
