import * as z from 'zod';
import { action, creditsLeft } from '../gate/gate-schemas.ts';
import { type RefusalReason, refusals } from '../http/errors.ts';
import { meterLevel, windowMeter } from '../usage/usage-schemas.ts';
import { decimal, id, instant, percent, shownUnit, unitLabel } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import { blockReasons } from './block-reasons.ts';
import type { Blocked, RefusedLately, Summary, SummaryMeter } from './summary.ts';

export const summaryMeter = tied<SummaryMeter>()(
  z.strictObject({
    metric: id,
    label: z.string(),
    unit: unitLabel,
    used: decimal.nullable(),
    included: decimal.nullable(),
    percent: percent.nullable(),
    level: meterLevel,
    resetsAt: instant.nullable(),
  }),
);
export const blocked = tied<Blocked>()(
  z.strictObject({
    reason: z.enum(blockReasons),
    metric: id.nullable(),
    message: z.string(),
    resetsAt: instant.nullable(),
    actions: z.array(action),
  }),
);
export const refusedLately = tied<RefusedLately>()(
  z.strictObject({
    reason: z.enum(Object.keys(refusals) as [RefusalReason, ...RefusalReason[]]),
    metric: id.nullable(),
    at: instant,
  }),
);
export const summary = tied<Summary>()(
  z.strictObject({
    accountId: id,
    accountName: z.string(),
    planName: z.string().nullable(),
    credits: creditsLeft.nullable(),
    creditLabel: shownUnit,
    creditsIncluded: decimal.nullable(),
    level: meterLevel,
    meters: z.array(summaryMeter),
    windows: z.array(windowMeter),
    blocked: blocked.nullable(),
    refusedLately: refusedLately.exactOptional(),
    pastDue: z.boolean(),
    cycleStartsAt: instant,
    countedFrom: instant.exactOptional(),
    resetsAt: instant.nullable(),
    creditsResetAt: instant.nullable().exactOptional(),
    billingUrl: z.string().nullable(),
    usageUrl: z.string().exactOptional(),
    tasksUrl: z.string().exactOptional(),
    pollAfterSeconds: z.int(),
    version: z.int(),
    asOf: instant,
  }),
);
