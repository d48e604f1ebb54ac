import { activityOf } from '../activity/activity.ts';
import { lesserOf, type Micros, sumOf } from '../amounts/amounts.ts';
import { restOf, withCarry } from '../amounts/rounding.ts';
import { endGrant, hasSpendableAfterEnd } from '../credits/grant-end.ts';
import { defaultPriority } from '../credits/grants.ts';
import { recordEntry } from '../credits/ledger.ts';
import type { GrantPart, GrantTerms, LedgerRecord } from '../credits/state.ts';
import { debtOf, legsTotal, termsOf, withDebt, withGivenBack } from '../credits/wallet.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { joinFacts, noFacts } from '../facts.ts';
import { describeUse, nameOfUse } from '../gate/use.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import { givenBack, nameOfSource } from '../stored-words/stored-names.ts';
import { mergedParts, takeLatest } from '../tasks/refunds.ts';
import type { TaskRecord } from '../tasks/state.ts';
import type { UnpricedItem } from '../unpriced/state.ts';
import { withoutUnpriced } from '../unpriced/unpriced.ts';
import { countedFromMs } from '../usage/cycles.ts';
import type { ChargeLine, UsageRecord } from '../usage/state.ts';
import { leaveWindows, uncount } from '../usage/uncount.ts';
import { countedAtMs } from '../windows/windows.ts';

/** A use that is to be taken back, with what history knows of it. */
export interface VoidCommand {
  readonly usage: UsageRecord;
  /** The amount that no grant covered when it was charged. */
  readonly owed: Micros;
  /** The terms of the grants that paid, including grants that have left the wallet. */
  readonly terms: ReadonlyMap<string, GrantTerms>;
  /** Payments of debts by grants since the use, latest last. */
  readonly paidSince: readonly GrantPart[];
  /** Whether its counts were given back already, as a failed task's are. */
  readonly isUncounted: boolean;
  /** The task that was charged. */
  readonly task: TaskRecord | undefined;
  readonly reason: string;
}

/** A use that was taken back, and what came back with it. */
export interface Voided {
  readonly usage: UsageRecord;
  /** The returned amounts, by grant and as cancelled debt. */
  readonly credits: Micros;
  readonly unit: string;
  /** The record that takes it out of history, with negative counts. */
  readonly reversal: UsageRecord;
}

/**
 * Voids a use: takes back its counters, rollups and gauges, and returns its credits to the grants that paid, on their original
 * terms, or lowers the debt. If the use's debt has been paid since, the latest payments are returned. An amount returned to an
 * ended grant expires at once. The caller must make sure that a use is voided only once.
 * @throws DomainError `conflict` for a record that itself voids a use.
 */
export function decideVoid(context: DecisionContext, command: VoidCommand): Decision<Voided> {
  const { usage, reason, task } = command;
  if (usage.takesBack !== undefined)
    throw new DomainError('conflict', 'This record voids another use and cannot be voided itself');
  const { catalog, recordedAtMs } = context;
  const place = task === undefined ? null : placeInTask(task, usage);
  const repaid = giveBack(context, command, place);
  const uncounted =
    usage.backfill || command.isUncounted
      ? { state: repaid.state, counts: command.isUncounted ? [] : negatedCounts(usage), invoiced: [] }
      : uncount(repaid.state, catalog, {
          atMs: usage.atMs,
          counts: usage.counts,
          memberId: usage.dimensions.memberId,
          lines: usage.lines,
          countedAtMs: countedAtMs(context.state.profile, usage),
          causeId: deriveId(usage.id, 'void'),
          nowMs: context.nowMs,
          ...(usage.partsEnded === undefined ? {} : { partsEnded: usage.partsEnded }),
          ...(usage.invoiced === undefined ? {} : { invoiced: usage.invoiced }),
        });
  const { unpriced: _, invoiced: __, ...told } = usage;
  const reversal: UsageRecord = {
    ...told,
    id: deriveId(usage.id, 'void'),
    recordedAtMs,
    counts: uncounted.counts,
    lines: usage.lines.map(negatedLine),
    charge: -usage.charge,
    grantsUsed: [],
    ...(uncounted.invoiced.length === 0 ? {} : { invoiced: uncounted.invoiced }),
    takesBack: { usageId: usage.id, reason },
  };
  const activity = activityOf(context, {
    kind: 'use_voided',
    event: { kind: 'use_taken_back', ...nameOfUse(catalog, usage) },
    reason,
  });
  const changedTask =
    task === undefined || place === null ? null : withoutUse(task, command, { place, nowMs: context.nowMs });
  return {
    outcome: { usage, credits: repaid.credits, unit: usage.unit, reversal },
    state: withoutSpent(withoutCharge(uncounted.state, usage), usage),
    facts: {
      ...noFacts,
      entries: repaid.entries,
      usage: [reversal],
      tasks: changedTask === null ? [] : [changedTask],
      activity: [activity],
    },
  };
}

/** A use with the prices that its items got later. */
export interface WholeVoid extends VoidCommand {
  /** Those that were not taken back by themselves. */
  readonly pricedLate: readonly VoidCommand[];
  /** Items of it that wait for a price, which they need no longer. */
  readonly waiting: readonly UnpricedItem[];
}

export interface WholeVoided extends Voided {
  /** All voided usage records. */
  readonly usageIds: readonly string[];
}

/**
 * Takes back a use as `decideVoid` does, and with it the prices that its items got later. Items that wait for a price get none.
 * @throws DomainError as `decideVoid`.
 */
export function decideWholeVoid(context: DecisionContext, command: WholeVoid): Decision<WholeVoided> {
  const own = decideVoid(context, command);
  let { state, facts } = own;
  let { credits } = own.outcome;
  const usageIds = [command.usage.id];
  for (const late of command.pricedLate) {
    const taken = decideVoid({ ...context, state }, late);
    state = taken.state;
    // One thing was taken back, and is told once.
    facts = joinFacts(facts, { ...taken.facts, activity: [] });
    credits += taken.outcome.credits;
    usageIds.push(late.usage.id);
  }
  for (const item of command.waiting) state = withoutUnpriced(state, item);
  return { outcome: { ...own.outcome, credits, usageIds }, state, facts };
}

interface Repaid {
  readonly state: AccountState;
  readonly entries: readonly LedgerRecord[];
  readonly credits: Micros;
}

/** @param place The place of the use's first line among the lines of its task, which keeps a copy; null without a task. */
function giveBack(context: DecisionContext, command: VoidCommand, place: number | null): Repaid {
  const { nowMs, recordedAtMs, catalog } = context;
  const { usage, owed, task } = command;
  const paid = legsTotal(usage.grantsUsed);
  const copies = place === null ? undefined : task?.lines.slice(place, place + usage.lines.length);
  const state: AccountState = {
    ...context.state,
    wallet: withCarry(context.state.wallet, usage.unit, -restOf(copies ?? usage.lines)),
  };
  // A failed task's charges have come back already, and with them the rests of its lines.
  const isRefunded = place !== null && task !== undefined && task.refunded > 0n;
  if (paid + owed === 0n || isRefunded) return { state, entries: [], credits: 0n };
  const forgiven = lesserOf(owed, debtOf(state.wallet, usage.unit));
  const repaid = takeLatest(command.paidSince, usage.unit, owed - forgiven).taken;
  const { left: paidDebts } = takeLatest(state.paidDebts, usage.unit, owed - forgiven);
  const unknown = owed - forgiven - sumOf(repaid.map(({ amount }) => amount));
  const parts = mergedParts(
    usage.grantsUsed.map(({ grantId, amount }) => ({ grant: termsFor(context, command, grantId), amount })),
    unknown === 0n ? repaid : [...repaid, { grant: refundTerms(context, usage), amount: unknown }],
  );
  const entry = {
    accountId: usage.accountId,
    dimensions: usage.dimensions,
    usageId: usage.id,
    effectiveAtMs: nowMs,
    recordedAtMs,
  };
  const refundId = deriveId(usage.id, 'void');
  const refunded = recordEntry(withDebt(withGivenBack(state.wallet, parts), usage.unit, -forgiven), {
    ...entry,
    id: refundId,
    kind: 'refund',
    unit: usage.unit,
    legs: parts.map(({ grant, amount }) => ({ grantId: grant.id, amount })),
    debt: forgiven,
    description: givenBack.ofUse(describeUse(catalog, usage)),
  });
  const entries = [refunded.entry];
  let { wallet } = refunded;
  for (const grant of refunded.wallet.grants) {
    if (!hasSpendableAfterEnd(grant, nowMs)) continue;
    const ended = endGrant(wallet, grant, { ...entry, id: deriveId(refundId, 'end', grant.id) });
    wallet = ended.wallet;
    entries.push(ended.entry);
  }
  return { state: { ...state, wallet, paidDebts }, entries, credits: paid + owed };
}

/** The terms of a grant; a grant that is gone and whose terms were never stored becomes a refund without an end. */
function termsFor(context: DecisionContext, { usage, terms }: VoidCommand, grantId: string): GrantTerms {
  const live = context.state.wallet.grants.find(({ id }) => id === grantId);
  return live === undefined ? (terms.get(grantId) ?? refundTerms(context, usage)) : termsOf(live);
}

function refundTerms({ nowMs }: DecisionContext, usage: UsageRecord): GrantTerms {
  return {
    id: deriveId(usage.id, 'refunded'),
    source: 'refund',
    label: nameOfSource('refund'),
    unit: usage.unit,
    amount: legsTotal(usage.grantsUsed),
    priority: defaultPriority.refund,
    scope: {},
    expiresAtMs: null,
    createdAtMs: nowMs,
  };
}

/** Windows that count charges count no longer what the use cost. */
function withoutCharge(state: AccountState, usage: UsageRecord): AccountState {
  if (usage.backfill || usage.charge === 0n) return state;
  return leaveWindows(state, {
    quantities: new Map(),
    charge: usage.charge,
    memberId: usage.dimensions.memberId,
    countedAtMs: countedAtMs(state.profile, usage),
  });
}

/** The charges of the present cycle no longer include it. */
function withoutSpent(state: AccountState, { atMs, charge, unit, backfill }: UsageRecord): AccountState {
  const spent = state.usage.spent[unit];
  if (backfill || atMs < countedFromMs(state) || spent === undefined) return state;
  const left = spent - charge;
  return {
    ...state,
    usage: { ...state.usage, spent: { ...state.usage.spent, [unit]: left > 0n ? left : 0n } },
  };
}

/** Where the task keeps the use's lines; null where it does not. */
function placeInTask(task: TaskRecord, { lines }: UsageRecord): number | null {
  if (lines.length === 0) return null;
  const place = task.lines.findIndex((_, index) =>
    lines.every((line, offset) => isSameLine(line, task.lines[index + offset])),
  );
  return place === -1 ? null : place;
}

/** The task without the use's lines, cost and payment. */
function withoutUse(
  task: TaskRecord,
  { usage, owed }: VoidCommand,
  { place, nowMs }: { readonly place: number; readonly nowMs: number },
): TaskRecord {
  const paid = legsTotal(usage.grantsUsed) + owed;
  return {
    ...task,
    lines: task.lines.toSpliced(place, usage.lines.length),
    cost: task.cost - usage.charge,
    paid: task.refunded > 0n ? task.paid : task.paid - paid,
    paidFrom: task.paidFrom
      .map((part) => ({
        ...part,
        amount:
          part.amount - (usage.grantsUsed.find(({ grantId }) => grantId === part.grant.id)?.amount ?? 0n),
      }))
      .filter(({ amount }) => amount > 0n),
    counted: task.counted.filter(({ usageId }) => usageId !== usage.id),
    updatedAtMs: nowMs,
  };
}

/** Whether two lines are equal; a task's line is a copy of its use's, except for a remainder that a refund dropped. */
export function isSameLine(a: ChargeLine, b: ChargeLine | undefined): boolean {
  return (
    b !== undefined &&
    a.kind === b.kind &&
    a.ref === b.ref &&
    a.integration === b.integration &&
    a.quantity === b.quantity &&
    a.amount === b.amount &&
    (b.rest === undefined || a.rest === b.rest) &&
    a.rate === b.rate
  );
}

function negatedLine({ rest, ...line }: ChargeLine): ChargeLine {
  const negated = { ...line, quantity: -line.quantity, amount: -line.amount };
  return rest === undefined ? negated : { ...negated, rest: -rest };
}

function negatedCounts({ counts }: UsageRecord) {
  return counts.map((count) => ({ ...count, quantity: -count.quantity }));
}
