import type { DiagnosisArea, FindingSeverity } from '../../contract/diagnosis/diagnosis.ts';
import { levelOfPercent } from '../../contract/usage/levels.ts';
import { amountMax, formatAmount, lesserOf, percentOf } from '../amounts/amounts.ts';
import type { DecisionContext } from '../decision.ts';
import { decideUse } from '../gate/use.ts';
import { deriveId } from '../ids/derived-id.ts';
import { type LimitStanding, planOf, standingOf } from '../limits/limits.ts';
import type { TaskRecord } from '../tasks/state.ts';
import { type Run, typicalRun } from '../tasks/typical-run.ts';
import { findSpike } from '../usage/spike.ts';
import type { Cause, Seen } from './causes.ts';
import { attemptUse, type RefusedWork, refusedWork } from './refused-work.ts';
import { taskCauses } from './task-causes.ts';

/** Credits for fewer runs than this are low. */
export const runsLowBelow = 5;

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
}: Pick<DecisionContext, 'state' | 'catalog'>): LimitStanding[] {
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
