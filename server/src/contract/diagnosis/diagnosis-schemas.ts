import * as z from 'zod';
import { creditPack } from '../catalog/catalog-view-schemas.ts';
import { unpricedKind } from '../events/events-schemas.ts';
import { action, refusal } from '../gate/gate-schemas.ts';
import { taskStatus } from '../tasks/tasks-schemas.ts';
import { meterLevel } from '../usage/usage-schemas.ts';
import { creditUnit, decimal, id, instant, shownUnit, unitLabel } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  AreaLookedAt,
  CreditFinding,
  DiagnosedTask,
  Diagnosis,
  DiagnosisArea,
  Finding,
  FindingSeverity,
  GateFinding,
  LimitFinding,
  SpikeFinding,
  TaskFinding,
  TypicalRun,
  UnpricedFinding,
  WorkInProgress,
} from './diagnosis.ts';

export const diagnosisArea = tied<DiagnosisArea>()(z.enum(['tasks', 'usage', 'billing']));
export const findingSeverity = tied<FindingSeverity>()(z.enum(['blocking', 'warning', 'note']));
export const diagnosedTask = tied<DiagnosedTask>()(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    status: taskStatus,
    agentId: id.nullable(),
    error: z.string().nullable(),
    since: instant,
  }),
);
export const typicalRun = tied<TypicalRun>()(
  z.strictObject({ taskId: z.string().nullable(), cost: decimal, unit: creditUnit }),
);

export const gateFinding = tied<GateFinding>()(
  z.strictObject({
    kind: z.literal('gate_refuses'),
    area: diagnosisArea,
    severity: z.literal('blocking'),
    refusal,
    typicalRun: typicalRun.nullable(),
    waitingTask: diagnosedTask.nullable(),
    packs: z.array(creditPack),
    cheaperModel: z
      .strictObject({ id: z.string().nullable(), label: z.string(), cost: decimal })
      .exactOptional(),
    refusedAt: instant.exactOptional(),
  }),
);
export const taskFinding = tied<TaskFinding>()(
  z.strictObject({
    kind: z.enum(['tasks_failed', 'tasks_stuck', 'tasks_waiting']),
    area: z.literal('tasks'),
    severity: findingSeverity,
    count: z.int().min(1),
    tasks: z.array(diagnosedTask).min(1).max(3),
  }),
);
export const creditFinding = tied<CreditFinding>()(
  z.strictObject({
    kind: z.literal('credits_low'),
    area: z.literal('usage'),
    severity: z.literal('warning'),
    available: decimal,
    runsLeft: z.int().min(1),
    typicalRun,
    actions: z.array(action),
  }),
);
export const spikeFinding = tied<SpikeFinding>()(
  z.strictObject({
    kind: z.literal('usage_spike'),
    area: z.literal('usage'),
    severity: z.literal('warning'),
    metric: z.string(),
    label: z.string(),
    unit: shownUnit,
    day: instant,
    used: decimal,
    usual: decimal,
    daysCompared: z.int().min(3).max(7),
    largest: z.strictObject({ agentId: id, sharePercent: z.number() }).nullable(),
  }),
);
export const unpricedFinding = tied<UnpricedFinding>()(
  z.strictObject({
    kind: z.literal('use_unpriced'),
    area: z.literal('usage'),
    severity: z.literal('note'),
    count: z.int().min(1),
    names: z.array(z.strictObject({ kind: unpricedKind, name: z.string(), count: z.int().min(1) })).max(3),
  }),
);
export const limitFinding = tied<LimitFinding>()(
  z.strictObject({
    kind: z.literal('limit_near'),
    area: z.literal('billing'),
    severity: findingSeverity,
    metric: id,
    label: z.string(),
    unit: unitLabel,
    used: decimal.nullable(),
    limit: decimal.nullable(),
    percent: z.number(),
    level: meterLevel,
    resetsAt: instant.nullable(),
    actions: z.array(action),
  }),
);
export const finding = tied<Finding>()(
  z.discriminatedUnion('kind', [
    gateFinding,
    taskFinding,
    creditFinding,
    spikeFinding,
    unpricedFinding,
    limitFinding,
  ]),
);
export const areaLookedAt = tied<AreaLookedAt>()(
  z.strictObject({
    area: diagnosisArea,
    permitted: z.boolean(),
    count: z.int().min(0),
    severity: findingSeverity.nullable(),
  }),
);
export const workInProgress = tied<WorkInProgress>()(
  z.strictObject({ running: z.int().min(0), waiting: z.int().min(0), goesOn: z.boolean() }),
);
export const diagnosis = tied<Diagnosis>()(
  z.strictObject({
    accountId: id,
    status: z.enum(['blocked', 'at_risk', 'clear']),
    findings: z.array(finding),
    lookedAt: z.array(areaLookedAt),
    workInProgress: workInProgress.nullable(),
    creditLabel: shownUnit,
    timeZone: z.string(),
    asOf: instant,
  }),
);
