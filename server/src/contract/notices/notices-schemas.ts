import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import type { PageQuery } from '../http/page.ts';
import { disputeStatus } from '../invoices/charges-schemas.ts';
import {
  creditUnit,
  decimal,
  id,
  instant,
  keptId,
  money,
  pageOf,
  pageQuery,
  text,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import {
  type CreatedWebhookEndpoint,
  type Notice,
  type NoticeBody,
  type NoticeDelivery,
  type NoticeQuery,
  noticeTypes,
  type WebhookEndpoint,
  type WebhookEndpointInput,
} from './notices.ts';

const bodyOf = <const Type extends string, Data extends z.ZodRawShape>(types: readonly Type[], data: Data) =>
  z.strictObject({
    type: z.enum(types),
    timestamp: instant,
    data: z.strictObject({ accountId: id, ...data }),
  });

export const noticeBody = tied<NoticeBody>()(
  z.discriminatedUnion('type', [
    bodyOf(['usage.alert'], {
      metric: id,
      label: z.string(),
      amounts: z.array(decimal),
      used: decimal,
      resetsAt: instant.nullable(),
    }),
    bodyOf(['usage.limit_reached'], {
      metric: id,
      label: z.string(),
      limit: decimal,
      used: decimal,
      limitOf: z.enum(['plan', 'account', 'additional_use']),
      resetsAt: instant.nullable(),
    }),
    bodyOf(['credits.low', 'credits.out'], { unit: creditUnit, available: decimal }),
    bodyOf(['top_up.failed'], {
      purchaseId: keptId,
      packId: id,
      reason: z.string(),
      retryAt: instant.nullable(),
    }),
    bodyOf(['plan.changed'], { fromPlanId: id, toPlanId: id, toPlanName: z.string() }),
    bodyOf(['trial.ending'], { planId: id, planName: z.string(), endsAt: instant }),
    bodyOf(['task.failed'], { taskId: id, name: z.string(), error: z.string().nullable() }),
    bodyOf(
      [
        'invoice.payment_failed',
        'invoice.past_due',
        'invoice.action_needed',
        'invoice.retries_exhausted',
        'invoice.paid',
      ],
      {
        invoiceId: keptId,
        number: z.string(),
        amountDue: money,
        reason: z.string().nullable(),
        failures: z.int(),
        nextChargeAt: instant.nullable(),
        actionUrl: z.string().nullable(),
      },
    ),
    bodyOf(['payment.disputed'], {
      chargeId: keptId,
      status: disputeStatus,
      amount: money,
      reason: z.string().nullable(),
    }),
  ]),
);
const noticeDelivery = tied<NoticeDelivery>()(
  z.strictObject({
    channel: z.enum(['mail', 'webhook']),
    endpointId: id.nullable(),
    status: z.enum(['waiting', 'delivered', 'dead', 'dropped']),
    attempts: z.int(),
    nextAttemptAt: instant.nullable(),
    lastAttemptAt: instant.nullable(),
    lastFailure: z.string().nullable(),
  }),
);
export const notice = tied<Notice>()(
  z.strictObject({
    id: keptId,
    accountId: id,
    webhookId: z.string(),
    body: noticeBody,
    deliveries: z.array(noticeDelivery),
  }),
);
export const noticePage = pageOf(notice);
export const noticeQuery = tied<PageQuery & NoticeQuery>()(
  z.strictObject({
    ...pageQuery.shape,
    accountId: id.exactOptional(),
    status: z.literal('dead').exactOptional(),
  }),
);
export const webhookEndpointInput = tied<WebhookEndpointInput>()(
  z.strictObject({
    url: z.url({ protocol: /^https?$/, error: 'an address that begins with https' }).max(2_000),
    types: z.array(z.enum(noticeTypes)).min(1).exactOptional(),
    label: text.exactOptional(),
  }),
);
const endpointFields = {
  id,
  url: z.string(),
  types: z.array(z.enum(noticeTypes)).nullable(),
  label: z.string().max(apiBounds.textCharactersMax),
  createdAt: instant,
};
export const webhookEndpoint = tied<WebhookEndpoint>()(z.strictObject(endpointFields));
export const webhookEndpointPage = pageOf(webhookEndpoint);
export const createdWebhookEndpoint = tied<CreatedWebhookEndpoint>()(
  z.strictObject({ ...endpointFields, secret: z.string().exactOptional() }),
);
