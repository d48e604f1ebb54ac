import type { Catalog } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import { recordEntry } from '../credits/ledger.ts';
import { negated, type Taking, withDebt } from '../credits/wallet.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { Standing } from '../limits/limits.ts';
import {
  type AccountState,
  type CycleUsage,
  type GrantLeg,
  type LedgerRecord,
  type Micros,
  noFacts,
  type UsageRecord,
  type UseDimensions,
} from '../state.ts';
import { addToGauge, emptyGauge } from '../usage/gauges.ts';
import { passGate, type RefusedUse, refuse, standingsOf } from './gate.ts';
import type { Priced } from './pricing.ts';
import { quoteUse, type UseCommand } from './quote.ts';

export interface AllowedUse {
  readonly outcome: 'allowed';
  readonly priced: Priced;
  readonly usage: UsageRecord;
  readonly grantsUsed: readonly GrantLeg[];
  /** After the use. */
  readonly standings: readonly Standing[];
}

export type UseOutcome = AllowedUse | RefusedUse;

/** What the gate lets through although credits are short: up to so much may be owed after it. */
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
  const { priced, quantities } = quote;
  const passage = passGate(context, quote, { overdraft });
  if (passage.outcome === 'refused') return refuse(context, quote, passage.refusal);
  const { taking } = passage;
  const usage = usageRecordOf(context, use.dimensions, priced, taking.legs);
  const charged = chargeWallet(context, usage, taking);
  const after: AccountState = {
    ...state,
    wallet: charged.wallet,
    usage: countUse(state.usage, context, usage, quantities),
  };
  return {
    outcome: {
      outcome: 'allowed',
      priced,
      usage,
      grantsUsed: taking.legs,
      standings: standingsOf(after, catalog, quantities),
    },
    state: after,
    facts: { ...noFacts, entries: charged.entries, usage: [usage] },
  };
}

/** The usage record of a use that was let through. Its id is the command's. */
export function usageRecordOf(
  context: DecisionContext,
  dimensions: UseDimensions,
  priced: Priced,
  grantsUsed: readonly GrantLeg[],
  atMs = context.nowMs,
): UsageRecord {
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
  };
}

/** The wallet and the ledger after a debit; what no grant covered becomes a debt. */
export function chargeWallet(
  context: DecisionContext,
  usage: UsageRecord,
  taking: Taking,
): { wallet: AccountState['wallet']; entries: LedgerRecord[] } {
  if (taking.legs.length === 0 && taking.short === 0n) return { wallet: taking.wallet, entries: [] };
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
  let { wallet } = taking;
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

/** What a debit was for, as the ledger shows it: the first line's name, and how many others there are. */
export function describeUse(catalog: Catalog, usage: Pick<UsageRecord, 'lines'>): string {
  const [first, ...others] = usage.lines;
  if (first === undefined) return 'Usage';
  const label = lineLabel(catalog, first.kind, first.ref);
  return others.length === 0 ? label : `${label} and ${others.length} more`;
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

/** The cycle after a use. */
export function countUse(
  before: CycleUsage,
  context: DecisionContext,
  usage: UsageRecord,
  quantities: ReadonlyMap<string, Micros>,
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
  return { ...before, counters, gauges, byMember, spent };
}
