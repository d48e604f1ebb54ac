import { apiBounds } from '../../contract/api-bounds.ts';
import type { WindowOwner } from '../../contract/usage/usage.ts';
import type { Micros } from '../amounts/amounts.ts';
import { restOf, withCarry } from '../amounts/rounding.ts';
import type { Catalog, PlanWindow } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import { recordEntry } from '../credits/ledger.ts';
import type { GrantLeg, LedgerRecord } from '../credits/state.ts';
import { negated, type Taking, withDebt } from '../credits/wallet.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { deriveId } from '../ids/derived-id.ts';
import { type LimitStanding, planOf } from '../limits/limits.ts';
import type { Priced } from '../pricing/pricing.ts';
import type { AccountState } from '../state.ts';
import { nameOfLines } from '../stored-words/stored-names.ts';
import { addToGauge, emptyGauge } from '../usage/gauges.ts';
import type { CycleUsage, InvoicedPart, UsageRecord, UseDimensions } from '../usage/state.ts';
import {
  type CountingMoment,
  countInWindows,
  countsSomething,
  touchedWindows,
  type WindowedUse,
  type WindowStanding,
} from '../windows/windows.ts';
import { passGate, type RefusedUse, refuse, standingsOf } from './gate.ts';
import { quoteUse, type UseCommand } from './quote.ts';

/** A use that was allowed and charged. */
export interface AllowedUse {
  readonly outcome: 'allowed';
  readonly priced: Priced;
  readonly usage: UsageRecord;
  readonly grantsUsed: readonly GrantLeg[];
  /** After the use. */
  readonly standings: readonly LimitStanding[];
  /** Windows of time that the use counted in, after it. */
  readonly windows: readonly WindowStanding[];
}

/** What the gate decided. */
export type UseOutcome = AllowedUse | RefusedUse;

/** The debt that may result if credits fall short. */
export interface UseAllowance {
  readonly overdraft: Micros;
}

/**
 * The gate: prices the items, checks every rule in the order of `contract/errors`, and debits and records in one step.
 * A check is the same decision with its state and facts dropped, so the two cannot disagree.
 * @throws DomainError `unknown_metric`, `unknown_model`, `unknown_tool`, `unknown_storage`, `amount_out_of_range`.
 */
export function decideUse(
  context: DecisionContext,
  use: UseCommand,
  { overdraft }: UseAllowance = { overdraft: 0n },
): Decision<UseOutcome> {
  const { state, catalog } = context;
  const quote = quoteUse(context, use);
  const { priced, quantities, invoiced } = quote;
  const passage = passGate(context, quote, { overdraft });
  if (passage.outcome === 'refused') return refuse(context, quote, passage.refusal);
  const { taking } = passage;
  const usage = usageRecordOf(context, use.dimensions, {
    priced,
    grantsUsed: taking.legs,
    invoiced: invoicedParts(invoiced, state.usage.invoicedFromMs),
  });
  const charged = chargeWallet(context, usage, taking);
  const after: AccountState = {
    ...state,
    wallet: charged.wallet,
    usage: countUse(state.usage, context, usage, { quantities, invoiced }),
    memberWindows: countOwnUse(context, usage, quantities),
  };
  return {
    outcome: {
      outcome: 'allowed',
      priced,
      usage,
      grantsUsed: taking.legs,
      standings: standingsOf(after, catalog, quantities),
      windows: windowsAfter(context, after, quote),
    },
    state: after,
    facts: { ...noFacts, entries: charged.entries, usage: [usage] },
  };
}

/** A use with its charges, and who pays them. */
export interface PaidUse {
  readonly priced: Priced;
  readonly grantsUsed: readonly GrantLeg[];
  readonly invoiced: readonly InvoicedPart[];
  /** Now where it is left out. */
  readonly atMs?: number;
}

/** The part of a use that the invoice pays, and where the time of its line begins; null for a line of the use's own. */
export function invoicedParts(
  invoiced: ReadonlyMap<string, Micros>,
  fromMs: number | null,
): readonly InvoicedPart[] {
  if (invoiced.size === 0) return [];
  return [...invoiced].map(([metric, quantity]) => ({ metric, quantity, fromMs }));
}

/** The usage record of a use that was let through. Its id is the command's. */
export function usageRecordOf(
  context: DecisionContext,
  dimensions: UseDimensions,
  { priced, grantsUsed, invoiced, atMs = context.nowMs }: PaidUse,
): UsageRecord {
  const partsEnded = context.state.earlierCycles.filter(({ endsAtMs }) => endsAtMs === atMs).length;
  return {
    id: context.commandId,
    accountId: context.state.profile.id,
    atMs,
    recordedAtMs: context.recordedAtMs,
    dimensions,
    counts: priced.counts,
    lines: priced.lines,
    charge: priced.charge,
    unit: priced.unit,
    grantsUsed,
    backfill: false,
    ...(invoiced.length === 0 ? {} : { invoiced }),
    ...(partsEnded === 0 ? {} : { partsEnded }),
    ...(priced.unpriced.length === 0 ? {} : { unpriced: priced.unpriced }),
  };
}

/** The wallet and the ledger after a debit. The uncovered part becomes debt, and the part below a millionth is carried. */
export function chargeWallet(
  context: DecisionContext,
  usage: UsageRecord,
  taking: Taking,
): { wallet: AccountState['wallet']; entries: LedgerRecord[] } {
  let wallet = withCarry(taking.wallet, usage.unit, restOf(usage.lines));
  if (taking.legs.length === 0 && taking.short === 0n) return { wallet, entries: [] };
  const common = {
    accountId: usage.accountId,
    unit: usage.unit,
    description: describeUse(context.catalog, usage),
    usageId: usage.id,
    dimensions: usage.dimensions,
    effectiveAtMs: usage.atMs,
    recordedAtMs: context.recordedAtMs,
  };
  const entries: LedgerRecord[] = [];
  if (taking.legs.length > 0) {
    const debited = recordEntry(wallet, {
      ...common,
      id: deriveId(usage.id, 'debit'),
      kind: 'debit',
      legs: negated(taking.legs),
    });
    wallet = debited.wallet;
    entries.push(debited.entry);
  }
  if (taking.short > 0n) {
    const owed = recordEntry(withDebt(wallet, usage.unit, taking.short), {
      ...common,
      id: deriveId(usage.id, 'owed'),
      kind: 'debt',
      legs: [],
      debt: -taking.short,
    });
    wallet = owed.wallet;
    entries.push(owed.entry);
  }
  return { wallet, entries };
}

/** The label of a debit in the ledger: the first line's name, and the number of further lines. */
export function describeUse(catalog: Catalog, usage: Pick<UsageRecord, 'lines'>): string {
  return nameOfLines(nameOfUse(catalog, usage));
}

/** The name of a use's first line, and how many lines there are more; null without any. */
export function nameOfUse(
  catalog: Catalog,
  { lines: [first, ...others] }: Pick<UsageRecord, 'lines'>,
): { label: string | null; more: number } {
  return {
    label: first === undefined ? null : lineLabel(catalog, first.kind, first.ref),
    more: others.length,
  };
}

/** The name under which a line's model, tool, storage kind or metric is shown. */
export function lineLabel(catalog: Catalog, kind: UsageRecord['lines'][number]['kind'], ref: string): string {
  if (kind === 'llm') {
    const model = catalog.models.get(ref);
    if (model === undefined) return 'Model';
    return catalog.modelNames === 'shown' ? model.label : model.tier.label;
  }
  if (kind === 'tool') return catalog.tools.get(ref)?.label ?? ref;
  if (kind === 'storage') return catalog.storage.get(ref)?.label ?? ref;
  return metricOf(catalog, ref)?.label ?? ref;
}

/** The additions of a use to its cycle. */
export interface CountedUse {
  readonly quantities: ReadonlyMap<string, Micros>;
  /** The units that the invoice pays, by metric. */
  readonly invoiced: ReadonlyMap<string, Micros>;
}

/** The cycle after a use. */
export function countUse(
  before: CycleUsage,
  context: DecisionContext,
  usage: UsageRecord,
  { quantities, invoiced }: CountedUse,
): CycleUsage {
  const counters: Record<string, Micros> = { ...before.counters };
  let gauges = before.gauges;
  let byMember = before.byMember;
  for (const [metric, quantity] of quantities) {
    if (metricOf(context.catalog, metric)?.kind === 'gauge') {
      const { gauge } = addToGauge(gauges[metric] ?? emptyGauge, { atMs: usage.atMs, quantity });
      gauges = { ...gauges, [metric]: gauge };
      continue;
    }
    counters[metric] = (counters[metric] ?? 0n) + quantity;
    const { member } = context;
    if (member?.allocations[metric] !== undefined) {
      const shares = byMember[metric] ?? {};
      byMember = { ...byMember, [metric]: { ...shares, [member.id]: (shares[member.id] ?? 0n) + quantity } };
    }
  }
  const spent =
    usage.charge === 0n
      ? before.spent
      : { ...before.spent, [usage.unit]: (before.spent[usage.unit] ?? 0n) + usage.charge };
  const windows = countInWindows(
    before.windows,
    windowsOf(context, 'account'),
    { quantities, charge: usage.charge },
    momentOf(context, usage),
  );
  return {
    ...before,
    counters,
    gauges,
    byMember,
    spent,
    windows,
    invoiced: withAdded(before.invoiced, invoiced),
  };
}

/**
 * The members' own windows after a use that names a member. Members without any use that still counts are dropped.
 * @throws DomainError `count_limit_reached` if more than `apiBounds.membersPerAccountMax` members would be kept.
 */
export function countOwnUse(
  context: DecisionContext,
  usage: UsageRecord,
  quantities: ReadonlyMap<string, Micros>,
): AccountState['memberWindows'] {
  const { member, nowMs } = context;
  const { memberWindows } = context.state;
  const windows = member === undefined ? [] : windowsOf(context, 'member');
  if (member === undefined || windows.length === 0) return memberWindows;
  const before = memberWindows[member.id] ?? {};
  const use = { quantities, charge: usage.charge };
  const after = countInWindows(before, windows, use, momentOf(context, usage));
  if (after === before) return memberWindows;
  const others = Object.entries(memberWindows).filter(
    ([id, uses]) => id !== member.id && countsSomething(uses, nowMs),
  );
  if (others.length >= apiBounds.membersPerAccountMax)
    throw new DomainError(
      'count_limit_reached',
      `${apiBounds.membersPerAccountMax} members have used their windows, which is the maximum`,
      '/memberId',
    );
  return Object.fromEntries([...others, [member.id, after]]);
}

/** Where the windows stand that a use counted in, after it. */
export function windowsAfter(
  { catalog, member, nowMs }: DecisionContext,
  state: AccountState,
  use: WindowedUse,
): readonly WindowStanding[] {
  return touchedWindows({ state, member, nowMs }, planOf(state, catalog).windows, use);
}

function windowsOf({ state, catalog }: DecisionContext, owner: WindowOwner): readonly PlanWindow[] {
  const { windows } = planOf(state, catalog);
  return windows.length === 0 ? windows : windows.filter(({ of }) => of === owner);
}

function momentOf({ state, nowMs }: DecisionContext, { atMs }: UsageRecord): CountingMoment {
  return { atMs, nowMs, timeZone: state.profile.timeZone };
}

function withAdded(
  before: CycleUsage['invoiced'],
  added: ReadonlyMap<string, Micros>,
): CycleUsage['invoiced'] {
  if (added.size === 0) return before;
  const after: Record<string, Micros> = { ...before };
  for (const [metric, amount] of added) after[metric] = (after[metric] ?? 0n) + amount;
  return after;
}
