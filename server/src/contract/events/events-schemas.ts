import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import { dimensionFields, metricItem, modelItem, storageItem, toolItem } from '../gate/gate-schemas.ts';
import { type ErrorCode, errors, type ProblemCode, type RefusalReason, refusals } from '../http/errors.ts';
import { decimal, id, instant, signedAmount } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  AdjustedReport,
  EventItem,
  EventsAnswer,
  EventsRequest,
  RejectedEvent,
  UnpricedReport,
  UsageEvent,
} from './events.ts';

export const problemCode = tied<ProblemCode>()(
  z.enum([...Object.keys(errors), ...Object.keys(refusals)] as [ErrorCode, ...(ErrorCode | RefusalReason)[]]),
);

export const eventItem = tied<EventItem>()(
  z.union([
    metricItem,
    z.strictObject({ metric: id, quantity: signedAmount, op: z.enum(['add', 'set']) }),
    modelItem,
    toolItem,
    storageItem,
  ]),
);
export const usageEvent = tied<UsageEvent>()(
  z.strictObject({
    id,
    accountId: id,
    at: instant.exactOptional(),
    items: z.array(eventItem).min(1).max(apiBounds.itemsPerRequestMax),
    backfill: z.boolean().exactOptional(),
    ...dimensionFields,
  }),
);
export const eventsRequest = tied<EventsRequest>()(
  z.strictObject({ events: z.array(usageEvent).min(1).max(apiBounds.eventsPerRequestMax) }),
);
export const rejectedEvent = tied<RejectedEvent>()(
  z.strictObject({
    index: z.int(),
    id: z.string().nullable(),
    code: problemCode,
    detail: z.string(),
  }),
);
/** The items that may arrive without a price. */
export const unpricedKind = z.enum(['model', 'tool', 'storage']);
export const adjustedReport = tied<AdjustedReport>()(
  z.strictObject({
    index: z.int(),
    id,
    metric: id,
    reason: z.enum(['below_zero', 'in_later_setting']),
    value: decimal,
  }),
);
export const unpricedReport = tied<UnpricedReport>()(
  z.strictObject({ index: z.int(), id, kind: unpricedKind, name: z.string() }),
);
export const eventsAnswer = tied<EventsAnswer>()(
  z.strictObject({
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.array(rejectedEvent),
    adjusted: z.array(adjustedReport).exactOptional(),
    unpriced: z.array(unpricedReport).exactOptional(),
  }),
);
