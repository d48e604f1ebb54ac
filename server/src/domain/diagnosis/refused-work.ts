import { apiBounds } from '../../contract/api-bounds.ts';
import type { DiagnosisArea } from '../../contract/diagnosis/diagnosis.ts';
import type { RefusalReason } from '../../contract/http/errors.ts';
import { formatAmount, lesserOf, type Micros, microsPerUnit } from '../amounts/amounts.ts';
import type { Pack } from '../catalog/catalog-types.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import { type DecisionContext, DomainError, type RefusalFigures } from '../decision.ts';
import { decideUse } from '../gate/use.ts';
import { planOf, standingOf } from '../limits/limits.ts';
import { policies } from '../limits/policies.ts';
import { memberShareOf } from '../members/members.ts';
import { priceItems } from '../pricing/pricing.ts';
import { packsOnSale } from '../purchases/pack-offer.ts';
import type { AccountState } from '../state.ts';
import type { TaskRecord } from '../tasks/state.ts';
import { decideChangeTask, decideCreateTask } from '../tasks/tasks.ts';
import type { Run } from '../tasks/typical-run.ts';
import type { UsageRecord } from '../usage/state.ts';
import type { Cause, CheaperModel, Seen } from './causes.ts';

/** Refusals not older than this are tried again. */
export const lateRefusalMs = 3_600_000;

/** A cause that is a refusal of the gate. */
export type RefusedWork = Extract<Cause, { kind: 'gate_refuses' }>;

/** How the gate decides something on a state of the account; null where it lets it through. */
type Attempt = (state: AccountState) => RefusalFigures | null;

/** All refusals of the tried uses, each reason and metric once. */
export function refusedWork(context: DecisionContext, seen: Seen, run: Run | null): RefusedWork[] {
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
  return nowMs + apiBounds.holdLifetimeSecondsDefault * 1_000;
}

export function attemptUse(context: DecisionContext, run: Pick<Run, 'items' | 'dimensions'>): Attempt {
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

function areaOf(reason: RefusalReason): DiagnosisArea {
  if (reason === 'concurrency_exceeded') return 'tasks';
  return reason === 'insufficient_credits' ? 'usage' : 'billing';
}
