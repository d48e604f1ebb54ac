import type { DiagnosisArea, FindingSeverity } from '../../contract/diagnosis/diagnosis.ts';
import type { RefusalReason } from '../../contract/http/errors.ts';
import { limits } from '../../contract/limits.ts';
import { levelOfPercent } from '../../contract/usage/levels.ts';
import type { MeterLevel } from '../../contract/usage/usage.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import {
  amountMax,
  formatAmount,
  lesserOf,
  type Micros,
  microsPerUnit,
  percentOf,
} from '../amounts/amounts.ts';
import type { Model, Pack } from '../catalog/catalog-types.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import { type DecisionContext, DomainError, type RefusalFigures } from '../decision.ts';
import { priceItems } from '../gate/pricing.ts';
import { decideUse } from '../gate/use.ts';
import { deriveId } from '../ids/derived-id.ts';
import { planOf, type Standing, standingOf } from '../limits/limits.ts';
import { policies } from '../limits/policies.ts';
import { memberShareOf } from '../members/members.ts';
import { packsOnSale } from '../purchases/pack-offer.ts';
import type { AccountState } from '../state.ts';
import type { TaskRecord } from '../tasks/state.ts';
import { decideChangeTask, decideCreateTask } from '../tasks/tasks.ts';
import { type Run, typicalRun } from '../tasks/typical-run.ts';
import type { Unpriced } from '../unpriced/state.ts';
import { findSpike, type Spike } from '../usage/spike.ts';
import type { UsageRecord } from '../usage/state.ts';

/** A task in progress that has not moved for so long is told of. */
export const stuckAfterMs = 3_600_000;
/** A task that waits for longer than this is told of. */
export const waitingAfterMs = 600_000;
/** Refusals not older than this are tried again. */
export const lateRefusalMs = 3_600_000;
/** Credits for fewer runs than this are low. */
export const runsLowBelow = 5;

/** The tasks that the reader may see, newest first, at most `limits.diagnosisTasksMax` of each. */
export interface TasksSeen {
  /** The latest tasks, in every status. */
  readonly latest: readonly TaskRecord[];
  readonly pending: readonly TaskRecord[];
  readonly running: readonly TaskRecord[];
}

/** A refused request of the gate, as it was made. */
export interface RefusedRequest extends Pick<Run, 'items' | 'dimensions'> {
  readonly atMs: number;
}

/** The input of a diagnosis in addition to the account. */
export interface Seen {
  /** Null where the reader may see none. */
  readonly tasks: TasksSeen | null;
  /** Latest uses, at most `limits.diagnosisUsesMax`. */
  readonly uses: readonly UsageRecord[];
  /** Latest uses that cost anything, from which the typical run is taken; `uses` where it is left out. */
  readonly paidUses?: readonly UsageRecord[];
  /** The reader's recent refusals, newest first. */
  readonly refusals?: readonly RefusedRequest[];
  /** By metric: the use of each of the last days, oldest first, the present day last. */
  readonly days: ReadonlyMap<string, readonly Micros[]>;
}

/** A finding with its figures. The first finding of a blocked account is the cause. */
export type Cause = { readonly area: DiagnosisArea; readonly severity: FindingSeverity } & (
  | {
      readonly kind: 'gate_refuses';
      readonly refusal: RefusalFigures;
      /** The use that was tried, if credits were short. */
      readonly run: Run | null;
      readonly waitingTask: TaskRecord | null;
      /** Those that let it through, the smallest first. */
      readonly packs: readonly Pack[];
      /** The most expensive model with which the same run fits the available amount; null if there is none. */
      readonly cheaper: CheaperModel | null;
      /** When just this was refused, where it was in the last hour. */
      readonly refusedAtMs: number | null;
    }
  | {
      readonly kind: 'tasks_failed' | 'tasks_stuck' | 'tasks_waiting';
      /** Newest first. */
      readonly tasks: readonly TaskRecord[];
    }
  | {
      readonly kind: 'credits_low';
      readonly run: Run;
      readonly runsLeft: number;
      /** How the gate will refuse when they are gone. */
      readonly refusal: RefusalFigures;
    }
  | { readonly kind: 'usage_spike'; readonly metric: string; readonly spike: Spike }
  | { readonly kind: 'use_unpriced'; readonly names: Unpriced['names'] }
  | {
      readonly kind: 'limit_near';
      readonly standing: Standing;
      readonly percent: number;
      readonly level: MeterLevel;
      readonly refusal: RefusalFigures | null;
    }
);

/** A model that fits, and what the run costs with it. */
export interface CheaperModel {
  readonly model: Model;
  readonly cost: Micros;
}

export interface DiagnosisFacts {
  readonly causes: readonly Cause[];
  /** Null where the reader may see no tasks. */
  readonly workInProgress: {
    readonly running: number;
    readonly waiting: number;
    readonly goesOn: boolean;
  } | null;
}

/**
 * Why work is blocked, if it is. Whether it is, is what the gate itself decides of a task that waits and of one more use
 * like the latest, with what that would change dropped; no rule is written here a second time.
 */
export function diagnose(context: DecisionContext, seen: Seen): DiagnosisFacts {
  const plan = planOf(context.state, context.catalog);
  const runs = runsOf(context, seen);
  const run = typicalRun(runs, context.catalog, plan, context.nowMs);
  const refused = refusedWork(context, seen, run);
  const isRefused = refused.length > 0;
  const causes: Cause[] = [
    ...refused,
    ...taskCauses(seen.tasks, context.nowMs, isRefused),
    ...lowCredits(context, run),
    ...spikes(seen.days),
    ...unpricedUse(context),
    ...nearLimits(context, refused),
  ];
  return {
    causes: causes.sort((a, b) => latelyOf(b) - latelyOf(a) || placeOf(a) - placeOf(b)),
    workInProgress: workInProgress(context, { seen, run, refused }),
  };
}

function unpricedUse({ state: { unpriced } }: DecisionContext): Cause[] {
  return unpriced === null
    ? []
    : [{ kind: 'use_unpriced', area: 'usage', severity: 'note', names: unpriced.names }];
}

/** The runs of the asking member if it has any; otherwise the runs of the account. */
function runsOf({ member }: DecisionContext, { tasks, uses, paidUses = uses }: Seen) {
  const all = { tasks: tasks?.latest ?? [], uses: paidUses };
  const isOwn = ({ dimensions }: Pick<Run, 'dimensions'>) => dimensions.memberId === member?.id;
  const own = { tasks: all.tasks.filter(isOwn), uses: all.uses.filter(isOwn) };
  const costs = own.tasks.some(({ cost }) => cost > 0n) || own.uses.some(({ charge }) => charge > 0n);
  return member !== undefined && costs ? own : all;
}

/** Recent refusals that the gate would repeat come first, the latest before older ones. */
function latelyOf(cause: Cause): number {
  return cause.kind === 'gate_refuses' ? (cause.refusedAtMs ?? 0) : 0;
}

/** In this order causes are told: what blocks first, and within that by area. */
const severities: readonly FindingSeverity[] = ['blocking', 'warning', 'note'];
const areas: readonly DiagnosisArea[] = ['tasks', 'usage', 'billing'];

function placeOf({ severity, area }: Cause): number {
  return severities.indexOf(severity) * areas.length + areas.indexOf(area);
}

function areaOf(reason: RefusalReason): DiagnosisArea {
  if (reason === 'concurrency_exceeded') return 'tasks';
  return reason === 'insufficient_credits' ? 'usage' : 'billing';
}

type RefusedWork = Extract<Cause, { kind: 'gate_refuses' }>;

/** How the gate decides something on a state of the account; null where it lets it through. */
type Attempt = (state: AccountState) => RefusalFigures | null;

/** All refusals of the tried uses, each reason and metric once. */
function refusedWork(context: DecisionContext, seen: Seen, run: Run | null): RefusedWork[] {
  const { tasks, uses, refusals = [] } = seen;
  const waitingTask = tasks?.pending.at(-1) ?? null;
  const lately = refusals
    .filter(({ atMs }) => context.nowMs - atMs <= lateRefusalMs)
    .map(({ atMs, items, dimensions }) => ({
      attempt: attemptUse(withMemberOf(context, dimensions), { items, dimensions }),
      run: { taskId: dimensions.taskId ?? null, cost: costOfRun(context, items), items, dimensions },
      refusedAtMs: atMs,
    }));
  const tried: {
    attempt: Attempt;
    waitingTask?: TaskRecord | null;
    run?: Run | null;
    refusedAtMs?: number;
  }[] = [
    ...lately,
    ...(waitingTask === null ? [] : [{ attempt: attemptStart(context, waitingTask), waitingTask, run }]),
    { attempt: attemptAnyStart(context) },
    ...(run === null ? [] : [{ attempt: attemptUse(context, run), run }]),
    ...probesOf(context, uses).map((probe) => ({ attempt: attemptUse(context, probe) })),
  ];
  const refused = new Map<string, RefusedWork>();
  for (const { attempt, waitingTask = null, run = null, refusedAtMs = null } of tried) {
    const refusal = attempt(context.state);
    if (refusal === null) continue;
    const key = `${refusal.reason} ${refusal.metric}`;
    if (refused.has(key)) continue;
    const isCredits = refusal.reason === 'insufficient_credits';
    refused.set(key, {
      kind: 'gate_refuses',
      area: areaOf(refusal.reason),
      severity: 'blocking',
      refusal,
      run: isCredits ? run : null,
      waitingTask,
      packs: isCredits ? packsThatHelp(context, attempt) : [],
      cheaper: isCredits && run !== null && waitingTask === null ? cheaperModel(context, run) : null,
      refusedAtMs,
    });
  }
  return [...refused.values()];
}

/** A member's request is decided with that member's allocation. */
function withMemberOf(context: DecisionContext, { memberId }: Run['dimensions']): DecisionContext {
  return { ...context, member: memberShareOf(context.state, memberId) };
}

function costOfRun({ catalog, state, nowMs }: DecisionContext, items: Run['items']): Micros {
  try {
    const { modelFactor } = planOf(state, catalog);
    return priceItems(catalog, items, { atMs: nowMs, ownKeys: state.profile.ownKeys, modelFactor }).charge;
  } catch (error) {
    if (error instanceof DomainError) return 0n;
    throw error;
  }
}

/** The dearest model that is open to the plan and with which the gate lets the same run through. */
function cheaperModel(context: DecisionContext, { items, dimensions }: Run): CheaperModel | null {
  const { catalog, state } = context;
  if (!items.some((item) => 'model' in item)) return null;
  const { features } = planOf(state, catalog);
  let best: CheaperModel | null = null;
  for (const model of catalog.models.values()) {
    if (model.feature !== null && !features.has(model.feature)) continue;
    const others = items.map((item) => {
      if (!('model' in item)) return item;
      const { provider: _, ...tokens } = item;
      return { ...tokens, model: model.id };
    });
    const cost = costOfRun(context, others);
    // A model that is priced by tokens costs nothing where none were told, which says nothing of the run.
    if (cost === 0n || (best !== null && cost <= best.cost)) continue;
    if (attemptUse(withMemberOf(context, dimensions), { items: others, dimensions })(state) === null)
      best = { model, cost };
  }
  return best;
}

/** The start of a task that waits, its estimate set aside. */
function attemptStart(context: DecisionContext, task: TaskRecord): Attempt {
  const command = { status: 'in_progress' as const, holdExpiresAtMs: holdExpiry(context) };
  return refusalOf((state) => {
    const { outcome } = decideChangeTask({ ...context, state }, task, command);
    return outcome.outcome === 'refused' ? outcome.refusal : null;
  });
}

/** The start of an unknown task. */
function attemptAnyStart(context: DecisionContext): Attempt {
  const command = {
    id: context.commandId,
    name: '',
    dimensions: {},
    status: 'in_progress' as const,
    estimate: null,
    holdExpiresAtMs: holdExpiry(context),
  };
  return refusalOf((state) => {
    const { outcome } = decideCreateTask({ ...context, state }, command);
    return outcome.outcome === 'refused' ? outcome.refusal : null;
  });
}

function holdExpiry({ nowMs }: DecisionContext): number {
  return nowMs + limits.holdLifetimeSecondsDefault * 1_000;
}

function attemptUse(context: DecisionContext, run: Pick<Run, 'items' | 'dimensions'>): Attempt {
  return refusalOf((state) => {
    const { outcome } = decideUse({ ...context, state }, run);
    return outcome.outcome === 'refused' ? outcome.refusal : null;
  });
}

/** A use of a thing that the catalog no longer has is an error of its own and says nothing about credits and limits. */
function refusalOf(attempt: Attempt): Attempt {
  return (state) => {
    try {
      return attempt(state);
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  };
}

/**
 * The least use of each metric that something limits: the smallest of the latest, a unit at most. A gauge is tried only
 * where the latest uses added to it: one that is full stops nothing but what would add more.
 */
function probesOf(
  context: DecisionContext,
  uses: readonly UsageRecord[],
): Pick<Run, 'items' | 'dimensions'>[] {
  const { state, catalog, member } = context;
  const plan = planOf(state, catalog);
  return [...catalog.metrics.values()].flatMap(({ id, kind }) => {
    const policy = plan.limits.get(id)?.policy;
    const isLimited = policy !== undefined && policies[policy].included === 'needed';
    const isOwn = state.profile.ownLimits[id] !== undefined || member?.allocations[id] !== undefined;
    // A metric without an allowance cannot be used up.
    const isWindowed = plan.windows.some(({ metric }) => metric === id);
    if ((!isLimited && !isOwn && !isWindowed) || standingOf(state, catalog, id).refusesAt === 0n) return [];
    const quantities = uses.flatMap(({ counts }) =>
      counts.filter(({ metric, quantity }) => metric === id && quantity > 0n).map(({ quantity }) => quantity),
    );
    if (kind === 'gauge' && quantities.length === 0) return [];
    const quantity = quantities.length === 0 ? 1n : quantities.reduce(lesserOf, microsPerUnit);
    return { items: [{ metric: id, quantity: formatAmount(quantity) }], dimensions: {} };
  });
}

/** Packs with which the same would be let through, the smallest first. */
function packsThatHelp(context: DecisionContext, attempt: Attempt): Pack[] {
  const { state, catalog } = context;
  return packsOnSale(catalog, planOf(state, catalog))
    .filter((pack) => attempt(withPack(context, pack)) === null)
    .sort((a, b) => (a.credits < b.credits ? -1 : a.credits > b.credits ? 1 : 0));
}

function withPack(
  { state, catalog, nowMs, recordedAtMs, commandId }: DecisionContext,
  pack: Pack,
): AccountState {
  const { label, credits, bonus } = pack;
  const grant = {
    id: commandId,
    source: 'purchase' as const,
    label,
    unit: catalog.unit,
    amount: credits + bonus,
    priority: defaultPriority.purchase,
    scope: {},
    expiresAtMs: null,
  };
  return addGrant(state, grant, { atMs: nowMs, recordedAtMs }).state;
}

/** Tasks that failed, do not move or wait. They are the cause only where the gate would let work through. */
function taskCauses(tasks: TasksSeen | null, nowMs: number, isRefused: boolean): Cause[] {
  if (tasks === null) return [];
  const blocking: FindingSeverity = isRefused ? 'warning' : 'blocking';
  const causes: Cause[] = [];
  const add = (
    kind: 'tasks_failed' | 'tasks_stuck' | 'tasks_waiting',
    severity: FindingSeverity,
    found: readonly TaskRecord[],
  ) => {
    if (found.length > 0) causes.push({ kind, area: 'tasks', severity, tasks: found });
  };
  const { since, before } = failedTasks(tasks.latest, nowMs);
  if (since.length > 0) add('tasks_failed', blocking, since);
  else add('tasks_failed', 'note', before);
  add(
    'tasks_stuck',
    blocking,
    tasks.running.filter((task) => nowMs - task.updatedAtMs > stuckAfterMs),
  );
  // A refusal is reported with the task that waits because of it.
  if (!isRefused)
    add(
      'tasks_waiting',
      'warning',
      tasks.pending.filter((task) => nowMs - task.createdAtMs > waitingAfterMs),
    );
  return causes;
}

/** Tasks that failed in the last days: after the last one that completed, and before. */
function failedTasks(latest: readonly TaskRecord[], nowMs: number) {
  const endedAt = (task: TaskRecord) => task.endedAtMs ?? 0;
  const completedAtMs = Math.max(
    0,
    ...latest.filter(({ status }) => status === 'completed').map((task) => endedAt(task)),
  );
  const failed = latest
    .filter((task) => task.status === 'failed' && nowMs - endedAt(task) <= limits.diagnosisDays * msPerDay)
    .sort((a, b) => endedAt(b) - endedAt(a));
  return {
    since: failed.filter((task) => endedAt(task) > completedAtMs),
    before: failed.filter((task) => endedAt(task) <= completedAtMs),
  };
}

/** Credits for a few more runs: as many as the gate lets through one after another. */
function lowCredits(context: DecisionContext, run: Run | null): Cause[] {
  if (run === null) return [];
  let { state } = context;
  for (let runsLeft = 0; runsLeft < runsLowBelow; runsLeft++) {
    const commandId = deriveId(context.commandId, runsLeft);
    const decided = decideUse({ ...context, state, commandId }, run);
    const { outcome } = decided;
    if (outcome.outcome === 'allowed') {
      state = decided.state;
      continue;
    }
    const { refusal } = outcome;
    if (runsLeft === 0 || refusal.reason !== 'insufficient_credits') return [];
    return [{ kind: 'credits_low', area: 'usage', severity: 'warning', run, runsLeft, refusal }];
  }
  return [];
}

function spikes(days: Seen['days']): Cause[] {
  return [...days].flatMap(([metric, quantities]): Cause[] => {
    const spike = findSpike(quantities);
    return spike === null ? [] : [{ kind: 'usage_spike', area: 'usage', severity: 'warning', metric, spike }];
  });
}

/** Limits that refuse and are used to 80% or more, unless they refuse already. */
function nearLimits(context: DecisionContext, refused: readonly RefusedWork[]): Cause[] {
  const { state, catalog } = context;
  return refusingStandings(context).flatMap((standing): Cause[] => {
    const used = standing.used + standing.held;
    const percent = percentOf(used, standing.refusesAt) ?? 0;
    const level = levelOfPercent(percent);
    if (level === 'ok' || refused.some(({ refusal }) => refusal.metric === standing.metric)) return [];
    const beyond = (standing.refusesAt ?? 0n) - used + 1n;
    const quantity = formatAmount(lesserOf(beyond > 0n ? beyond : 1n, amountMax));
    const refusal = attemptUse(context, { items: [{ metric: standing.metric, quantity }], dimensions: {} })(
      state,
    );
    const severity = level === 'warning' ? 'note' : 'warning';
    return catalog.metrics.has(standing.metric)
      ? [{ kind: 'limit_near', area: 'billing', severity, standing, percent, level, refusal }]
      : [];
  });
}

/** Where each metric stands that a limit of the plan's or the account's own refuses beyond. */
export function refusingStandings({
  state,
  catalog,
}: Pick<DecisionContext, 'state' | 'catalog'>): Standing[] {
  return [...catalog.metrics.keys()]
    .map((metric) => standingOf(state, catalog, metric))
    .filter(({ refusesAt }) => refusesAt !== null && refusesAt !== 0n);
}

interface Tried {
  readonly seen: Seen;
  readonly run: Run | null;
  readonly refused: readonly RefusedWork[];
}

/** Whether tasks in progress go on: each pays out of a hold of its own, or may be charged as a task that has begun may be. */
function workInProgress(
  context: DecisionContext,
  { seen: { tasks }, run, refused }: Tried,
): DiagnosisFacts['workInProgress'] {
  if (tasks === null) return null;
  const { state } = context;
  const paysFromHold = ({ holdId }: TaskRecord) => state.holds.some(({ id }) => id === holdId);
  return {
    running: tasks.running.length,
    waiting: tasks.pending.length,
    goesOn: tasks.running.every(paysFromHold) || mayBeCharged(context, run, refused),
  };
}

function mayBeCharged(context: DecisionContext, run: Run | null, refused: readonly RefusedWork[]): boolean {
  if (refused.some(({ area }) => area === 'billing')) return false;
  if (run === null || refused.every(({ area }) => area === 'tasks')) return true;
  const { overdraft } = planOf(context.state, context.catalog);
  return decideUse(context, run, { overdraft }).outcome.outcome === 'allowed';
}
