import * as z from 'zod';
import { creditsLeft, pauseCause, windowOwner } from '../gate/gate-schemas.ts';
import { limitPolicy } from '../limits/limits-schemas.ts';
import {
  creditUnit,
  decimal,
  id,
  instant,
  percent,
  shownUnit,
  unitLabel,
} from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import { meterLevels } from './levels.ts';
import type {
  Budget,
  CategoryShare,
  Cycle,
  Meter,
  MeterGroup,
  MeterLevel,
  MetricHistory,
  MetricKind,
  MyMeter,
  Pause,
  SeriesDimension,
  SeriesGroup,
  SeriesInterval,
  SeriesQuery,
  Usage,
  UsageHistory,
  UsageSeries,
  WindowKind,
  WindowMeter,
} from './usage.ts';
import { windowKinds } from './window-kinds.ts';

export const metricKind = tied<MetricKind>()(z.enum(['counter', 'gauge']));
export const meterLevel = tied<MeterLevel>()(z.enum(meterLevels));

export const cycle = tied<Cycle>()(
  z.strictObject({
    startsAt: instant,
    endsAt: instant,
    countedFrom: instant.exactOptional(),
    timeZone: z.string(),
  }),
);
export const pause = tied<Pause>()(
  z.strictObject({ what: z.enum(['all', 'ai', 'metrics']), cause: pauseCause.nullable() }),
);
export const meter = tied<Meter>()(
  z.strictObject({
    metric: id,
    label: z.string(),
    description: z.string().exactOptional(),
    unit: unitLabel,
    kind: metricKind,
    policy: limitPolicy,
    used: decimal.nullable(),
    included: decimal.nullable(),
    held: decimal.nullable(),
    percent: percent.nullable(),
    level: meterLevel,
    resetsAt: instant.nullable(),
    refusesAt: decimal.nullable(),
    ownLimit: decimal.nullable(),
    paused: z.boolean(),
  }),
);
export const windowKind = tied<WindowKind>()(z.enum(windowKinds));
export const windowMeter = tied<WindowMeter>()(
  z.strictObject({
    id,
    label: z.string(),
    metric: id,
    unit: shownUnit,
    of: windowOwner,
    kind: windowKind,
    minutes: z.int().nullable(),
    used: decimal.nullable(),
    held: decimal.nullable(),
    limit: decimal.nullable(),
    percent,
    level: meterLevel,
    startsAt: instant.nullable(),
    resetsAt: instant.nullable(),
  }),
);
export const meterGroup = tied<MeterGroup>()(
  z.strictObject({ id: z.string(), label: z.string().nullable(), meters: z.array(meter) }),
);
export const budget = tied<Budget>()(
  z.strictObject({
    label: z.string(),
    metric: id,
    percent,
    level: meterLevel,
    heldPercent: percent,
    used: decimal.nullable(),
    included: decimal.nullable(),
    held: decimal.nullable(),
    unit: creditUnit,
    resetsAt: instant.nullable(),
  }),
);
export const categoryShare = tied<CategoryShare>()(
  z.strictObject({
    id: z.string(),
    label: z.string().nullable(),
    tierLabel: z.string().nullable(),
    sharePercent: percent,
    used: decimal.nullable(),
  }),
);
export const myMeter = tied<MyMeter>()(
  z.strictObject({
    metric: id,
    label: z.string(),
    unit: unitLabel,
    used: decimal,
    allocation: decimal.nullable(),
    pool: decimal.nullable(),
    percent: percent.nullable(),
    level: meterLevel,
  }),
);
export const seriesDimension = tied<SeriesDimension>()(
  z.enum(['agent', 'project', 'member', 'apiKey', 'category', 'tool', 'model', 'tier', 'lineItem']),
);
export const usage = tied<Usage>()(
  z.strictObject({
    accountId: id,
    planName: z.string().nullable(),
    paused: pause.nullable(),
    cycle,
    budget: budget.nullable(),
    categories: z.array(categoryShare),
    groups: z.array(meterGroup),
    windows: z.array(windowMeter),
    myUsage: z.array(myMeter),
    credits: creditsLeft.nullable(),
    creditLabel: shownUnit,
    moneyVisible: z.boolean(),
    canManage: z.boolean(),
    breakdowns: z.array(seriesDimension),
    asOf: instant,
  }),
);

export const seriesInterval = tied<SeriesInterval>()(z.enum(['minute', 'hour', 'day', 'week', 'month']));
export const seriesQuery = tied<SeriesQuery>()(
  z.strictObject({
    metric: id,
    groupBy: seriesDimension.exactOptional(),
    interval: seriesInterval.exactOptional(),
    from: instant.exactOptional(),
    to: instant.exactOptional(),
    memberId: id.exactOptional(),
  }),
);
export const seriesGroup = tied<SeriesGroup>()(
  z.strictObject({
    value: z.string().nullable(),
    label: z.string().nullable(),
    total: decimal,
    values: z.array(decimal),
  }),
);
export const usageSeries = tied<UsageSeries>()(
  z.strictObject({
    metric: id,
    label: z.string(),
    unit: shownUnit,
    interval: seriesInterval,
    groupBy: seriesDimension.nullable(),
    timeZone: z.string(),
    buckets: z.array(instant),
    groups: z.array(seriesGroup),
    total: decimal,
    asOf: instant,
  }),
);

export const metricHistory = tied<MetricHistory>()(
  z.strictObject({
    metric: id,
    label: z.string(),
    unit: unitLabel,
    kind: metricKind,
    values: z.array(decimal),
  }),
);
export const usageHistory = tied<UsageHistory>()(
  z.strictObject({
    months: z.array(instant),
    metrics: z.array(metricHistory),
    timeZone: z.string(),
    asOf: instant,
  }),
);
