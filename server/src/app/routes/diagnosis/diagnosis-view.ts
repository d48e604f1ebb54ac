import { apiBounds } from '../../../contract/api-bounds.ts';
import type {
  AreaLookedAt,
  DiagnosedTask,
  Diagnosis,
  DiagnosisArea,
  Finding,
  FindingSeverity,
  TypicalRun,
} from '../../../contract/diagnosis/diagnosis.ts';
import { formatAmount, type Micros, percentOf } from '../../../domain/amounts/amounts.ts';
import { availableOf } from '../../../domain/credits/wallet.ts';
import type { Cause, Seen } from '../../../domain/diagnosis/causes.ts';
import { type DiagnosisFacts, refusingStandings } from '../../../domain/diagnosis/diagnosis.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import type { Run } from '../../../domain/tasks/typical-run.ts';
import { dayOf, startOfDayMs } from '../../../domain/time/calendar.ts';
import { otherNames } from '../../../domain/unpriced/unpriced.ts';
import { creditsMetric } from '../../../domain/usage/cells.ts';
import { balanceUnit, formatOrNull, showsBalance, showsUnit } from '../../access/amounts-in-view.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import { actionsFor } from '../../gate/actions.ts';
import { refusalView } from '../../gate/refusal-view.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';
import { packView } from '../catalog/catalog-view.ts';

/** The largest user of an unusual day, by metric. */
export type LargestAgents = ReadonlyMap<string, { readonly agentId: string; readonly quantity: Micros }>;

export interface Diagnosed {
  readonly seen: Seen;
  readonly facts: DiagnosisFacts;
  readonly largest: LargestAgents;
}

/** So many tasks and packs are named. */
const namedMax = 3;

/** Why work is blocked, cut to what the viewer may see. That it is, everybody is told. */
export function diagnosisView(reading: AccountReading, { seen, facts, largest }: Diagnosed): Diagnosis {
  const findings = facts.causes.flatMap((cause) => findingView(cause, reading, largest));
  return {
    accountId: reading.state.profile.id,
    status: statusOf(findings),
    findings,
    lookedAt: areasLookedAt(reading, seen, findings),
    workInProgress: facts.workInProgress,
    creditLabel: balanceUnit(reading.catalog),
    timeZone: reading.state.profile.timeZone,
    asOf: formatInstant(reading.nowMs),
  };
}

function statusOf(findings: readonly Finding[]): Diagnosis['status'] {
  if (findings.some(({ severity }) => severity === 'blocking')) return 'blocked';
  return findings.some(({ severity }) => severity === 'warning') ? 'at_risk' : 'clear';
}

/** None where the viewer may not know of it. */
function findingView(cause: Cause, reading: AccountReading, largest: LargestAgents): Finding[] {
  const { catalog, viewer } = reading;
  switch (cause.kind) {
    case 'gate_refuses':
      return [gateFinding(cause, reading)];
    case 'tasks_failed':
    case 'tasks_stuck':
    case 'tasks_waiting': {
      const { kind, severity, tasks } = cause;
      const named = tasks.slice(0, namedMax).map(diagnosedTask);
      return [{ kind, area: 'tasks', severity, count: tasks.length, tasks: named }];
    }
    case 'credits_low':
      return showsBalance(viewer, catalog.unit) ? [creditFinding(cause, reading)] : [];
    case 'usage_spike':
      return [spikeFinding(cause, reading, largest)];
    case 'use_unpriced': {
      const { usage, usageOf } = viewer.view;
      return usage === 'units' && usageOf === 'all' ? [unpricedFinding(cause, reading)] : [];
    }
    case 'limit_near':
      return viewer.view.usage === 'none' ? [] : limitFinding(cause, reading);
  }
}

type CauseOf<Kind extends Cause['kind']> = Extract<Cause, { kind: Kind }>;

function gateFinding(cause: CauseOf<'gate_refuses'>, reading: AccountReading): Finding {
  const { catalog, viewer } = reading;
  const { area, refusal, run, waitingTask, packs, cheaper, refusedAtMs } = cause;
  const seesBalance = showsBalance(viewer, catalog.unit);
  const mayBuy = viewer.view.manage;
  return {
    kind: 'gate_refuses',
    area,
    severity: 'blocking',
    refusal: refusalView(refusal, reading),
    typicalRun: run !== null && seesBalance ? typicalRunView(run, reading) : null,
    waitingTask: waitingTask === null ? null : diagnosedTask(waitingTask),
    packs: mayBuy
      ? packs.slice(0, namedMax).map((pack) => packView(pack, reading.plan, viewer.view.price))
      : [],
    ...(cheaper !== null && seesBalance
      ? {
          cheaperModel: {
            id: viewer.modelNames ? cheaper.model.id : null,
            label: viewer.modelNames ? cheaper.model.label : cheaper.model.tier.label,
            cost: formatAmount(cheaper.cost),
          },
        }
      : {}),
    ...(refusedAtMs === null ? {} : { refusedAt: formatInstant(refusedAtMs) }),
  };
}

function typicalRunView({ taskId, cost }: Run, { catalog }: AccountReading): TypicalRun {
  return { taskId, cost: formatAmount(cost), unit: catalog.unit };
}

function creditFinding({ run, runsLeft, refusal }: CauseOf<'credits_low'>, reading: AccountReading): Finding {
  const { state, catalog } = reading;
  return {
    kind: 'credits_low',
    area: 'usage',
    severity: 'warning',
    available: formatAmount(availableOf(state.wallet, catalog.unit)),
    runsLeft,
    typicalRun: typicalRunView(run, reading),
    actions: actionsFor(refusal, reading),
  };
}

function spikeFinding(
  { metric, spike }: CauseOf<'usage_spike'>,
  { state, catalog, nowMs }: AccountReading,
  largest: LargestAgents,
): Finding {
  const { timeZone } = state.profile;
  const known = catalog.metrics.get(metric);
  const isCredits = metric === creditsMetric;
  const most = largest.get(metric);
  const daysAgo = apiBounds.diagnosisDays - 1 - spike.dayIndex;
  return {
    kind: 'usage_spike',
    area: 'usage',
    severity: 'warning',
    metric,
    label: isCredits ? catalog.creditLabel.other : (known?.label ?? metric),
    unit: (isCredits ? balanceUnit(catalog) : known?.unit) ?? { one: metric, other: metric },
    day: formatInstant(startOfDayMs(dayOf(nowMs, timeZone) - daysAgo, timeZone)),
    used: formatAmount(spike.used),
    usual: formatAmount(spike.usual),
    daysCompared: spike.daysCompared,
    largest:
      most === undefined
        ? null
        : { agentId: most.agentId, sharePercent: percentOf(most.quantity, spike.used) ?? 0 },
  };
}

function unpricedFinding({ names }: CauseOf<'use_unpriced'>, { viewer }: AccountReading): Finding {
  const named = names
    .filter(({ name, kind }) => name !== otherNames && (kind !== 'model' || viewer.modelNames))
    .sort((a, b) => b.count - a.count)
    .slice(0, namedMax);
  return {
    kind: 'use_unpriced',
    area: 'usage',
    severity: 'note',
    count: names.reduce((sum, { count }) => sum + count, 0),
    names: named.map(({ kind, name, count }) => ({ kind, name, count })),
  };
}

function limitFinding(cause: CauseOf<'limit_near'>, reading: AccountReading): Finding[] {
  const { standing, percent, level, severity, refusal } = cause;
  const { catalog, viewer } = reading;
  const metric = catalog.metrics.get(standing.metric);
  if (metric === undefined) return [];
  const isMoney = metric.countsFrom === 'charges' && !showsUnit(viewer, catalog.unit);
  const shown = viewer.view.usage === 'units' && !isMoney;
  return [
    {
      kind: 'limit_near',
      area: 'billing',
      severity,
      metric: metric.id,
      label: metric.label,
      unit: metric.unit,
      used: shown ? formatAmount(standing.used + standing.held) : null,
      limit: shown ? formatOrNull(standing.refusesAt) : null,
      percent,
      level,
      resetsAt: formatInstantOrNull(standing.resetsAtMs),
      actions: refusal === null ? [] : actionsFor(refusal, reading),
    },
  ];
}

function diagnosedTask(task: TaskRecord): DiagnosedTask {
  return {
    id: task.id,
    name: task.name,
    status: task.status,
    agentId: task.dimensions.agentId ?? null,
    error: task.error,
    since: formatInstant(task.endedAtMs ?? task.updatedAtMs),
  };
}

function areasLookedAt(
  reading: AccountReading,
  { tasks }: Seen,
  findings: readonly Finding[],
): AreaLookedAt[] {
  const seesUse = reading.viewer.view.usage !== 'none';
  const taskIds = tasks && new Set([...tasks.latest, ...tasks.pending, ...tasks.running].map(({ id }) => id));
  const counts: Record<DiagnosisArea, number | null> = {
    tasks: taskIds?.size ?? null,
    usage: seesUse ? apiBounds.diagnosisDays : null,
    billing: seesUse ? refusingStandings(reading).length : null,
  };
  return (['tasks', 'usage', 'billing'] as const).map((area) => ({
    area,
    permitted: counts[area] !== null,
    count: counts[area] ?? 0,
    severity: worstOf(findings.filter((finding) => finding.area === area)),
  }));
}

/** Findings come worst first. */
function worstOf([first]: readonly Finding[]): FindingSeverity | null {
  return first?.severity ?? null;
}
