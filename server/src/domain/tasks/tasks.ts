import type { Item } from '../../contract/gate/gate.ts';
import type { TaskStatus } from '../../contract/tasks/tasks.ts';
import type { GrantPart, Wallet } from '../credits/state.ts';
import { legsTotal, termsOf } from '../credits/wallet.ts';
import { type Decision, type DecisionContext, DomainError, type RefusalFigures } from '../decision.ts';
import { type Facts, joinFacts, noFacts } from '../facts.ts';
import { pausedFigures } from '../gate/refusals.ts';
import { decideUse } from '../gate/use.ts';
import { openHoldRecord } from '../holds/hold-end.ts';
import { decideHold, decideRelease } from '../holds/holds.ts';
import { decideHeldCharge } from '../holds/settlements.ts';
import { deriveId } from '../ids/derived-id.ts';
import { planOf } from '../limits/limits.ts';
import { newNotice } from '../notices/state.ts';
import { priceItems } from '../pricing/pricing.ts';
import type { AccountState } from '../state.ts';
import { pauseOf } from '../subscription/pauses.ts';
import type { UsageRecord, UseDimensions } from '../usage/state.ts';
import { uncount } from '../usage/uncount.ts';
import { mergedParts, refundTask } from './refunds.ts';
import type { TaskCount, TaskRecord } from './state.ts';

/** Where a task may go from each status. What has ended stays as it is. */
export const taskTransitions: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  pending: ['in_progress', 'failed', 'cancelled'],
  in_progress: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

/** A task that begins. */
export interface CreateTask {
  readonly id: string;
  readonly name: string;
  readonly dimensions: UseDimensions;
  readonly status: 'pending' | 'in_progress';
  readonly estimate: readonly Item[] | null;
  /** When the hold of a started task ends by itself. */
  readonly holdExpiresAtMs: number;
}

/** What becomes of a task. */
export interface ChangeTask {
  readonly status?: TaskStatus;
  readonly items?: readonly Item[];
  readonly result?: string;
  readonly error?: string;
  readonly holdExpiresAtMs: number;
}

/** The task as it is now, or why the gate refused. */
export type TaskOutcome =
  | { readonly outcome: 'changed'; readonly task: TaskRecord }
  | { readonly outcome: 'refused'; readonly refusal: RefusalFigures };

type TaskDecision = Decision<TaskOutcome>;

/**
 * Makes a task. One that starts at once has its estimate set aside, and is refused where the gate refuses that.
 * @throws DomainError as `decideHold`.
 */
export function decideCreateTask(context: DecisionContext, command: CreateTask): TaskDecision {
  const { state, catalog, nowMs } = context;
  const dimensions = { ...command.dimensions, taskId: command.id };
  const estimated =
    command.estimate === null
      ? null
      : priceItems(catalog, command.estimate, {
          atMs: nowMs,
          ownKeys: state.profile.ownKeys,
          modelFactor: planOf(state, catalog).modelFactor,
        });
  const pending: TaskRecord = {
    id: command.id,
    accountId: state.profile.id,
    name: command.name,
    status: 'pending',
    dimensions,
    estimate: estimated?.charge ?? null,
    estimateItems: command.estimate,
    holdId: null,
    held: 0n,
    cost: 0n,
    paid: 0n,
    paidFrom: [],
    counted: [],
    refunded: 0n,
    unit: catalog.unit,
    lines: [],
    result: null,
    error: null,
    createdAtMs: nowMs,
    startedAtMs: null,
    endedAtMs: null,
    updatedAtMs: nowMs,
  };
  if (command.status === 'pending') return changed(pending, state, noFacts);
  return start(context, pending, command.holdExpiresAtMs);
}

/**
 * Advances a task, charges its use, and keeps its result or error. Charges of a task with a hold use the hold first; when the
 * task ends, the rest of the hold is released. A charge beyond the gate and the overdraft is refused. A failed task is refunded
 * if the catalog says so.
 * @throws DomainError `task_status_conflict` for a step that its status does not allow, and as `decideUse`.
 */
export function decideChangeTask(
  context: DecisionContext,
  task: TaskRecord,
  command: ChangeTask,
): TaskDecision {
  const { nowMs } = context;
  const status = command.status ?? task.status;
  assertMove(task, status, command);
  const before: TaskRecord = {
    ...task,
    result: command.result ?? task.result,
    error: command.error ?? task.error,
    updatedAtMs: nowMs,
  };
  const steps = new Steps(context, before);
  if (task.status === 'pending' && status === 'in_progress') {
    const refusal = steps.apply((step, current) => start(step, current, command.holdExpiresAtMs));
    if (refusal !== null)
      return { outcome: { outcome: 'refused', refusal }, state: context.state, facts: noFacts };
  }
  if (command.items !== undefined && command.items.length > 0) {
    const { items } = command;
    const refusal = steps.apply((step, current) => charge(step, current, items));
    if (refusal !== null)
      return { outcome: { outcome: 'refused', refusal }, state: context.state, facts: noFacts };
  }
  if (status === 'in_progress') steps.apply((step, current) => renew(step, current, command.holdExpiresAtMs));
  if (taskTransitions[status].length === 0 && status !== task.status)
    steps.apply((step, current) => end(step, current, status));
  return changed(steps.task, steps.state, steps.facts);
}

/** Several decisions about one task, one after the other, as if they were one. */
class Steps {
  task: TaskRecord;
  state: AccountState;
  facts: Facts = noFacts;
  readonly #context: DecisionContext;
  #count = 0;

  constructor(context: DecisionContext, task: TaskRecord) {
    this.#context = context;
    this.task = task;
    this.state = context.state;
  }

  apply(step: (context: DecisionContext, task: TaskRecord) => TaskDecision): RefusalFigures | null {
    const commandId =
      this.#count === 0 ? this.#context.commandId : deriveId(this.#context.commandId, this.#count);
    this.#count += 1;
    const decision = step({ ...this.#context, state: this.state, commandId }, this.task);
    if (decision.outcome.outcome === 'refused') return decision.outcome.refusal;
    this.task = decision.outcome.task;
    this.state = decision.state;
    // Only the task as it stands at the end is kept.
    this.facts = { ...joinFacts(this.facts, decision.facts), tasks: decision.facts.tasks };
    return null;
  }
}

/** The task after a step. Its hold may have expired since the task was stored, so the held amount is read again. */
function changed(kept: TaskRecord, state: AccountState, facts: Facts): TaskDecision {
  const hold = state.holds.find((open) => open.id === kept.holdId);
  const task: TaskRecord = { ...kept, held: hold === undefined ? 0n : legsTotal(hold.legs) };
  return { outcome: { outcome: 'changed', task }, state, facts: { ...facts, tasks: [task] } };
}

function assertMove(task: TaskRecord, status: TaskStatus, command: ChangeTask): void {
  const ended = taskTransitions[task.status].length === 0;
  if (status !== task.status && !taskTransitions[task.status].includes(status)) {
    const accepted = taskTransitions[task.status].join(', ') || 'no other status, since the task has ended';
    throw new DomainError(
      'task_status_conflict',
      `A task that is ${task.status} cannot become ${status}`,
      '/status',
      accepted,
    );
  }
  if (ended && command.items !== undefined && command.items.length > 0) {
    throw new DomainError(
      'task_status_conflict',
      `A task that is ${task.status} cannot be charged`,
      '/items',
      'no items',
    );
  }
}

function start(context: DecisionContext, task: TaskRecord, holdExpiresAtMs: number): TaskDecision {
  const { state, catalog, nowMs } = context;
  if (pauseOf(state, catalog) === 'all')
    return { outcome: { outcome: 'refused', refusal: pausedFigures(state, catalog) }, state, facts: noFacts };
  const limit = planOf(state, catalog).concurrentTasksMax;
  if (limit !== null && state.runningTasks >= limit) {
    const refusal: RefusalFigures = {
      reason: 'concurrency_exceeded',
      metric: null,
      window: null,
      limit: BigInt(limit) * 1_000_000n,
      used: BigInt(state.runningTasks) * 1_000_000n,
      requested: 1_000_000n,
      available: null,
      resetsAtMs: null,
      purchasable: false,
      ownKeyHelps: false,
      retryAfterSeconds: 30,
    };
    return { outcome: { outcome: 'refused', refusal }, state, facts: noFacts };
  }
  const started: TaskRecord = { ...task, status: 'in_progress', startedAtMs: nowMs };
  const running = { ...context, state: { ...state, runningTasks: state.runningTasks + 1 } };
  const estimate = task.estimateItems;
  if (estimate === null || estimate.length === 0) return changed(started, running.state, noFacts);
  const held = decideHold(running, {
    id: deriveId(task.id, 'hold'),
    items: estimate,
    dimensions: task.dimensions,
    expiresAtMs: holdExpiresAtMs,
  });
  if (held.outcome.outcome === 'refused')
    return { outcome: { outcome: 'refused', refusal: held.outcome.refusal }, state, facts: noFacts };
  const { hold } = held.outcome;
  return changed({ ...started, holdId: hold.id }, held.state, held.facts);
}

/** A task that has begun goes on, with a hold or without, up to the overdraft that its plan states. */
function charge(context: DecisionContext, task: TaskRecord, items: readonly Item[]): TaskDecision {
  const { state, catalog } = context;
  const overdraft = task.status === 'in_progress' ? planOf(state, catalog).overdraft : 0n;
  const { outcome, ...after } = hasOpenHold(state, task)
    ? decideHeldCharge(context, { holdId: task.holdId, items, overdraft })
    : decideUse(context, { items, dimensions: task.dimensions }, { overdraft });
  if (outcome.outcome === 'refused')
    return { outcome: { outcome: 'refused', refusal: outcome.refusal }, ...after };
  const charged = withCharge(task, outcome.usage, after.facts, state.wallet);
  return changed(charged, after.state, after.facts);
}

/** The task with a charge, paid from the wallet as it stood before. */
function withCharge(
  task: TaskRecord,
  usage: UsageRecord,
  { entries }: Facts,
  { grants }: Wallet,
): TaskRecord {
  // The task's debt counts as paid: a refund pays the debt.
  let paid = 0n;
  for (const entry of entries) if (entry.usageId === usage.id) paid -= entry.amount;
  const parts = usage.grantsUsed.flatMap(({ grantId, amount }): GrantPart[] => {
    const grant = grants.find(({ id }) => id === grantId);
    return grant === undefined ? [] : [{ grant: termsOf(grant), amount }];
  });
  return {
    ...task,
    lines: [...task.lines, ...usage.lines],
    cost: task.cost + usage.charge,
    paid: task.paid + paid,
    paidFrom: mergedParts(task.paidFrom, parts),
    counted: [...task.counted, taskCountOf(usage)],
  };
}

function taskCountOf({ id, atMs, counts, lines, partsEnded }: UsageRecord): TaskCount {
  return {
    usageId: id,
    atMs,
    counts,
    lines: lines.filter(({ kind }) => kind === 'metric'),
    ...(partsEnded === undefined ? {} : { partsEnded }),
  };
}

/** Each change of a running task shows that it runs and extends its hold, so that others cannot spend the held amount. */
function renew({ state }: DecisionContext, task: TaskRecord, expiresAtMs: number): TaskDecision {
  const hold = state.holds.find((open) => open.id === task.holdId);
  if (hold === undefined || hold.expiresAtMs >= expiresAtMs) return changed(task, state, noFacts);
  const renewed = { ...hold, expiresAtMs };
  const holds = state.holds.map((open) => (open === hold ? renewed : open));
  return changed(
    task,
    { ...state, holds },
    { ...noFacts, holds: [openHoldRecord(state.profile.id, renewed)] },
  );
}

function end(context: DecisionContext, task: TaskRecord, status: TaskStatus): TaskDecision {
  let { state } = context;
  let facts: Facts = noFacts;
  if (hasOpenHold(state, task)) {
    const released = decideRelease(context, task.holdId);
    state = released.state;
    facts = released.facts;
  }
  const refunds = status === 'failed' && context.catalog.failedTaskRefund === 'full';
  let { lines } = task;
  if (refunds) {
    const refunded = refundTask({ ...context, state }, task);
    ({ state, lines } = refunded);
    facts = { ...facts, entries: [...facts.entries, ...refunded.entries] };
  }
  if (status === 'failed' && context.catalog.failedTaskCounts === 'give_back') {
    const uncounted = uncountTask({ ...context, state }, task);
    state = uncounted.state;
    facts = { ...facts, usage: [...facts.usage, ...uncounted.usage] };
  }
  if (status === 'failed') {
    const { id: taskId, name, error } = task;
    const notice = newNotice(
      state.profile.id,
      { atMs: context.nowMs, recordedAtMs: context.recordedAtMs },
      { id: deriveId(taskId, 'notice'), subject: { type: 'task.failed', taskId, name, error } },
    );
    facts = { ...facts, notices: [...facts.notices, notice] };
  }
  const ended: TaskRecord = {
    ...task,
    status,
    endedAtMs: context.nowMs,
    refunded: refunds ? task.paid : 0n,
    lines,
    paidFrom: [],
    counted: [],
  };
  return changed(ended, task.startedAtMs === null ? state : withoutRunning(state), facts);
}

/** Gives back what a failed task counted, use by use, each in its own cycle and on its own day. */
function uncountTask(
  { state: before, catalog, nowMs, recordedAtMs }: DecisionContext,
  { accountId, unit, dimensions, counted }: TaskRecord,
): { state: AccountState; usage: UsageRecord[] } {
  let state = before;
  const usage: UsageRecord[] = [];
  for (const { usageId, ...count } of counted) {
    const { atMs } = count;
    const back = uncount(state, catalog, {
      ...count,
      memberId: dimensions.memberId,
      // A task is charged at the time that it is.
      countedAtMs: atMs,
      causeId: deriveId(usageId, 'uncounted'),
      nowMs,
    });
    state = back.state;
    if (back.counts.length === 0 && back.invoiced.length === 0) continue;
    usage.push({
      id: deriveId(usageId, 'uncounted'),
      accountId,
      atMs,
      recordedAtMs,
      dimensions,
      counts: back.counts,
      lines: [],
      charge: 0n,
      unit,
      grantsUsed: [],
      backfill: false,
      ...(back.invoiced.length === 0 ? {} : { invoiced: back.invoiced }),
      takesBack: { usageId, reason: 'The task failed' },
    });
  }
  return { state, usage };
}

/** The account after a task has stopped running. With the last one goes what only a running task could get back. */
function withoutRunning(state: AccountState): AccountState {
  const runningTasks = Math.max(0, state.runningTasks - 1);
  return { ...state, runningTasks, paidDebts: runningTasks === 0 ? [] : state.paidDebts };
}

function hasOpenHold(
  state: AccountState,
  task: TaskRecord,
): task is TaskRecord & { readonly holdId: string } {
  return task.holdId !== null && state.holds.some((hold) => hold.id === task.holdId);
}
