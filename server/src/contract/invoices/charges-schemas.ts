import * as z from 'zod';
import { instant, money, pageOf, positiveAmount, text } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { Charge, ChargeDispute, PortalSession, PortalSessionRequest, RefundRequest } from './charges.ts';

export const disputeStatus = z.enum(['inquiry', 'open', 'won', 'lost']);
const chargeDispute = tied<ChargeDispute>()(
  z.strictObject({
    status: disputeStatus,
    amount: money,
    openedAt: instant,
    endedAt: instant.nullable(),
  }),
);
export const charge = tied<Charge>()(
  z.strictObject({
    id: z.string(),
    purpose: z.enum(['invoice', 'plan_change', 'quantity_change', 'purchase']),
    invoiceId: z.string().nullable(),
    status: z.enum(['ordered', 'settling', 'needs_action', 'succeeded', 'failed']),
    amount: money,
    refunded: money,
    disputes: z.array(chargeDispute).exactOptional(),
    description: z.string(),
    subject: z.string(),
    failure: z.string().nullable(),
    actionUrl: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  }),
);
export const chargePage = pageOf(charge);

export const refundRequest = tied<RefundRequest>()(
  z.strictObject({
    amount: positiveAmount.exactOptional(),
    credits: z.enum(['take_back', 'take_back_unspent', 'keep']).exactOptional(),
    reason: text,
  }),
);
export const portalSessionRequest = tied<PortalSessionRequest>()(
  z.strictObject({ returnUrl: z.url({ protocol: /^https?$/ }).max(2_000) }),
);
export const portalSession = tied<PortalSession>()(z.strictObject({ url: z.string(), expiresAt: instant }));
