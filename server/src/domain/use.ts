import type { RefusalReason } from '../contract/errors.ts';
import type { Item } from '../contract/gate.ts';
import { totalMax } from './amounts.ts';
import type { Catalog, Plan } from './catalog-types.ts';
import { type Decision, type DecisionContext, DomainError, type RefusalFigures } from './decision.ts';
import { recordEntry } from './ledger.ts';
import { admits, heldCount, planOf, refusesAtOf, type Standing, standingOf } from './limits.ts';
import { paymentOf } from './payment.ts';
import { type Priced, priceItems } from './pricing.ts';
import {
  type AccountState,
  type Count,
  type CycleUsage,
  type GrantLeg,
  type LedgerRecord,
  type Micros,
  noFacts,
  type UsageRecord,
  type UseDimensions,
} from './state.ts';
import { availableOf, debtOf, negated, type Payable, take, withDebt } from './wallet.ts';

/** Waiting is offered as help where the limit resets within so many seconds. */
export const retryAfterSecondsMax = 600;

export interface UseCommand {
  readonly items: readonly Item[];
  readonly dimensions: UseDimensions;
}

export interface AllowedUse {
  readonly outcome: 'allowed';
  readonly priced: Priced;
  readonly usage: UsageRecord;
  readonly grantsUsed: readonly GrantLeg[];
  /** After the use. */
  readonly standings: readonly Standing[];
}

export interface RefusedUse {
  readonly outcome: 'refused';
  readonly priced: Priced;
  readonly refusal: RefusalFigures;
  /** As they stand, since a refusal changes nothing. */
  readonly standings: readonly Standing[];
}

export type UseOutcome = AllowedUse | RefusedUse;

/** What the gate lets through although credits are short: up to so much becomes a debt. */
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
  allowance: UseAllowance = { overdraft: 0n },
): Decision<UseOutcome> {
  const { state, catalog, nowMs } = context;
  const { category } = use.dimensions;
  const base = priceItems(catalog, use.items, {
    atMs: nowMs,
    ownKeys: state.profile.ownKeys,
    ...(category === undefined ? {} : { category }),
  });
  const quantities = quantitiesByMetric(base.counts);
  const { priced, payables } = paymentOf({ state, catalog, category }, base, quantities);
  const refuse = (refusal: RefusalFigures): Decision<UseOutcome> => ({
    outcome: { outcome: 'refused', priced, refusal, standings: standingsOf(state, catalog, quantities) },
    state,
    facts: noFacts,
  });

  const limited = findLimitRefusal(context, priced, quantities);
  if (limited !== null) return refuse(limited);

  const taking = take(state.wallet, priced.unit, payables);
  if (taking.short > 0n && debtOf(state.wallet, priced.unit) + taking.short > allowance.overdraft)
    return refuse(creditRefusal(context, priced, payables));

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

/** Sums what is counted by metric. */
export function quantitiesByMetric(counts: readonly Count[]): ReadonlyMap<string, Micros> {
  const quantities = new Map<string, Micros>();
  for (const { metric, quantity } of counts)
    quantities.set(metric, (quantities.get(metric) ?? 0n) + quantity);
  return quantities;
}

function standingsOf(
  state: AccountState,
  catalog: Catalog,
  quantities: ReadonlyMap<string, Micros>,
): Standing[] {
  const standings: Standing[] = [];
  for (const metric of quantities.keys()) standings.push(standingOf(state, catalog, metric));
  return standings;
}

/** The first rule before credits that refuses: feature, allocation, the account's own limit, the plan's limit. */
export function findLimitRefusal(
  context: DecisionContext,
  priced: Priced,
  quantities: ReadonlyMap<string, Micros>,
  exceptHoldId?: string,
): RefusalFigures | null {
  const { state, catalog, member } = context;
  const plan = planOf(state, catalog);
  for (const line of priced.lines) {
    const feature = line.kind === 'llm' ? (catalog.models.get(line.ref)?.feature ?? null) : null;
    if (feature !== null && !plan.features.has(feature)) {
      const purchasable = higherPlans(catalog, plan).some((other) => other.features.has(feature));
      return { ...emptyFigures('feature_not_in_plan'), purchasable };
    }
  }
  for (const [metric, quantity] of quantities) {
    const allocation = member?.allocations[metric];
    if (allocation === undefined || member === undefined || quantity <= 0n) continue;
    if (catalog.metrics.get(metric)?.kind === 'gauge') continue;
    const counted = state.usage.byMember[metric]?.[member.id] ?? 0n;
    const used = counted + heldCount(state, metric, { exceptHoldId, memberId: member.id });
    if (used + quantity > allocation) {
      return limitFigures(context, 'allocation_exhausted', metric, {
        limit: allocation,
        used,
        requested: quantity,
        purchasable: false,
      });
    }
  }
  // The account's own limits are checked for all metrics before any of the plan's.
  const standings = [...quantities].map(([metric, quantity]) => ({
    quantity,
    standing: standingOf(state, catalog, metric, exceptHoldId),
  }));
  for (const reason of ['account_limit_reached', 'plan_limit_reached'] as const) {
    for (const { quantity, standing } of standings) {
      if (standing.ownLimit !== (reason === 'account_limit_reached') || admits(standing, quantity)) continue;
      const used = standing.used + standing.held;
      const purchasable =
        reason === 'plan_limit_reached' &&
        higherPlans(catalog, plan).some((other) => planAdmits(other, standing.metric, used + quantity));
      return limitFigures(context, reason, standing.metric, {
        limit: standing.refusesAt,
        used,
        requested: quantity,
        purchasable,
      });
    }
  }
  return null;
}

function planAdmits(plan: Plan, metric: string, total: Micros): boolean {
  const refusesAt = refusesAtOf(plan.limits.get(metric));
  return refusesAt === null || total <= refusesAt;
}

function higherPlans(catalog: Catalog, plan: Plan): Plan[] {
  return [...catalog.plans.values()].filter((other) => other.rank > plan.rank);
}

function emptyFigures(reason: RefusalReason): RefusalFigures {
  return {
    reason,
    metric: null,
    limit: null,
    used: null,
    requested: 0n,
    available: null,
    resetsAtMs: null,
    purchasable: false,
    ownKeyHelps: false,
    retryAfterSeconds: null,
  };
}

function limitFigures(
  context: DecisionContext,
  reason: RefusalReason,
  metric: string,
  figures: Pick<RefusalFigures, 'limit' | 'used' | 'requested' | 'purchasable'>,
): RefusalFigures {
  const isGauge = context.catalog.metrics.get(metric)?.kind === 'gauge';
  const resetsAtMs = isGauge ? null : context.state.usage.endsAtMs;
  return {
    ...emptyFigures(reason),
    metric,
    ...figures,
    resetsAtMs,
    retryAfterSeconds: secondsUntil(resetsAtMs, context.nowMs),
  };
}

/** The refusal of a use that the wallet cannot pay. */
export function creditRefusal(
  context: DecisionContext,
  priced: Priced,
  payables: readonly Payable[],
): RefusalFigures {
  const { state, catalog, nowMs } = context;
  const plan = planOf(state, catalog);
  let requested = 0n;
  for (const payable of payables) requested += payable.amount;
  const packsHelp = plan.packs && catalog.creditPacks.size > 0;
  const upgradeHelps = higherPlans(catalog, plan).some((other) => other.monthlyCredits > plan.monthlyCredits);
  const resetsAtMs = plan.monthlyCredits > 0n ? state.usage.endsAtMs : null;
  return {
    ...emptyFigures('insufficient_credits'),
    requested,
    available: availableOf(state.wallet, priced.unit),
    resetsAtMs,
    purchasable: packsHelp || upgradeHelps,
    ownKeyHelps: payables.every(({ kind }) => kind === 'llm'),
    retryAfterSeconds: secondsUntil(resetsAtMs, nowMs),
  };
}

function secondsUntil(atMs: number | null, nowMs: number): number | null {
  if (atMs === null) return null;
  const seconds = Math.ceil((atMs - nowMs) / 1_000);
  return seconds <= retryAfterSecondsMax ? Math.max(seconds, 1) : null;
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
  taking: {
    readonly wallet: AccountState['wallet'];
    readonly legs: readonly GrantLeg[];
    readonly short: Micros;
  },
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
      id: `${usage.id}-debit`,
      kind: 'debit',
      legs: negated(taking.legs),
    });
    wallet = debited.wallet;
    entries.push(debited.entry);
  }
  if (taking.short > 0n) {
    const owed = recordEntry(withDebt(wallet, usage.unit, taking.short), {
      ...common,
      id: `${usage.id}-owed`,
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
  return catalog.metrics.get(ref)?.label ?? ref;
}

/**
 * The cycle after a use.
 * @throws DomainError `amount_out_of_range` where a counter would pass `limits.totalUnitsMax`.
 */
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
    const isGauge = context.catalog.metrics.get(metric)?.kind === 'gauge';
    const total = (isGauge ? (gauges[metric]?.value ?? 0n) : (counters[metric] ?? 0n)) + quantity;
    if (total > totalMax)
      throw new DomainError(
        'amount_out_of_range',
        `'${metric}' would pass what an account can count`,
        '/items',
      );
    if (isGauge) gauges = { ...gauges, [metric]: { value: total, setAtMs: gauges[metric]?.setAtMs ?? 0 } };
    else counters[metric] = total;
    const { member } = context;
    if (!isGauge && member?.allocations[metric] !== undefined) {
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
