import type { LimitPolicy } from '../../contract/limits/limits.ts';
import { levelOfPercent, type MeterLevel } from '../../contract/usage/levels.ts';
import { type Micros, percentOf } from '../amounts/amounts.ts';
import type { AdditionalUse, Catalog, Plan, PlanLimit } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import { DomainError } from '../decision.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';
import type { AccountState } from '../state.ts';
import { effectivePlan } from '../subscription/plan/effective-plan.ts';
import type { AllowanceTerms, EarlierCycle } from '../usage/state.ts';
import { policies } from './policies.ts';

/** Where one metric of an account stands: the figures behind a meter and behind a gate's decision. */
export interface LimitStanding {
  readonly metric: string;
  readonly policy: LimitPolicy;
  /** The use, without held amounts. */
  readonly used: Micros;
  /** Set aside by open holds; it counts as used. */
  readonly held: Micros;
  /** Null without a cap. */
  readonly included: Micros | null;
  /** The gate refuses what would end beyond it; null where it never refuses. */
  readonly refusesAt: Micros | null;
  /** Whether `refusesAt` is a limit that the account set itself. */
  readonly ownLimit: boolean;
  /** Whether it is where the account lets additional use end. */
  readonly additionalUseLimit: boolean;
  /** Null for gauges, which do not reset. */
  readonly resetsAtMs: number | null;
}

/** The account's plan with its purchases: its own plan, or the catalog's default if its own no longer exists. */
export function planOf(state: Pick<AccountState, 'profile' | 'subscription'>, catalog: Catalog): Plan {
  const { planId, catalogVersion } = state.profile;
  const plan = planAt(catalog, planId, catalogVersion) ?? defaultPlanOf(catalog);
  return effectivePlan(plan, state.subscription, catalog);
}

/** A plan as it is in a version of the catalog; as it is in the latest one where that version is not at hand. */
export function planAt(catalog: Catalog, planId: string, version: number): Plan | undefined {
  const { plans } = catalog.latest ?? catalog;
  if (version === catalog.version || catalog.older.size === 0) return plans.get(planId);
  return catalog.older.get(`${version} ${planId}`) ?? plans.get(planId);
}

/** The refusal of a plan that the catalog has not. */
export function unknownPlan({ plans }: Pick<Catalog, 'plans'>, planId: string): DomainError {
  return new DomainError(
    'unknown_plan',
    `The catalog has no plan '${planId}'`,
    '/planId',
    acceptedIds(plans.keys(), 'no plan'),
  );
}

/** The plan of accounts that name none. */
export function defaultPlanOf(catalog: Catalog): Plan {
  const plan = catalog.plans.get(catalog.defaultPlanId);
  if (plan === undefined) throw new Error(`The catalog has no plan '${catalog.defaultPlanId}'`);
  return plan;
}

/** The open holds that count: all except the one being settled, or only those of one member. */
export interface HeldBy {
  readonly exceptHoldId?: string | undefined;
  readonly memberId?: string | undefined;
}

/** The amount of a metric set aside by open holds. */
export function heldCount(state: AccountState, metric: string, { exceptHoldId, memberId }: HeldBy): Micros {
  let held = 0n;
  for (const hold of state.holds) {
    if (hold.id === exceptHoldId) continue;
    if (memberId !== undefined && hold.dimensions.memberId !== memberId) continue;
    held += hold.counts[metric] ?? 0n;
  }
  return held;
}

/** The account's use of a metric: of this cycle for a counter, the level for a gauge. */
export function usedCount(state: AccountState, catalog: Catalog, metric: string): Micros {
  if (metricOf(catalog, metric)?.kind === 'gauge') return state.usage.gauges[metric]?.value ?? 0n;
  return state.usage.counters[metric] ?? 0n;
}

/** The amount at which a limit begins to refuse what would go beyond; null where it never does. */
export function refusesAtOf(limit: Pick<PlanLimit, 'included' | 'policy'> | undefined): Micros | null {
  if (limit === undefined || limit.included === null) return null;
  const { refusesAtPercent } = policies[limit.policy];
  return refusesAtPercent === null ? null : (limit.included * refusesAtPercent) / 100n;
}

/** The additional use that applies: the account's setting, or the plan's default; null if it cannot be set. */
export function additionalUseOf(
  { subscription }: Pick<AccountState, 'subscription'>,
  limit: PlanLimit | undefined,
): AdditionalUse | null {
  if (limit === undefined || limit.additionalUse === null) return null;
  return subscription.additionalUse[limit.metric] ?? limit.additionalUse;
}

/**
 * Where additional use ends: with the allowance, or so many units beyond it in the cycle. Some of them may be billed already;
 * null where it goes on.
 */
function additionalUseEndOf(state: AccountState, limit: PlanLimit | undefined): Micros | null {
  const use = additionalUseOf(state, limit);
  if (limit === undefined || use === null || use.mode === 'unlimited') return null;
  const billed = billedBefore(state.earlierCycles, limit.metric);
  const left = use.mode === 'capped' && use.cap > billed ? use.cap - billed : 0n;
  return (limit.included ?? 0n) + left;
}

/** The units of the present cycle that parts of it have billed: they do not use up the allowance that follows. */
export function billedBefore(earlierCycles: readonly EarlierCycle[], metric: string): Micros {
  let billed = 0n;
  for (const { goesOn, invoiced } of earlierCycles) {
    if (!goesOn) break;
    billed += invoiced[metric] ?? 0n;
  }
  return billed;
}

/** The limit including allowance carried from the previous cycle, and units that this cycle has billed. */
function withCarried(
  limit: PlanLimit | undefined,
  { usage: { carried }, earlierCycles }: AccountState,
): PlanLimit | undefined {
  if (limit === undefined || limit.included === null) return limit;
  const more = (carried[limit.metric] ?? 0n) + billedBefore(earlierCycles, limit.metric);
  return more === 0n ? limit : { ...limit, included: limit.included + more };
}

/** The limit of a metric: the plan's, or that of the earlier cycle by whose terms a late use is measured. */
export function limitOf(state: AccountState, catalog: Catalog, metric: string): PlanLimit | undefined {
  return limitBy(state.usage.terms ?? null, planOf(state, catalog).limits.get(metric), metric);
}

/** @param limit The present plan's, which holds where no terms were kept. */
export function limitBy(
  terms: AllowanceTerms | null,
  limit: PlanLimit | undefined,
  metric: string,
): PlanLimit | undefined {
  if (terms === null) return limit;
  const kept = terms[metric];
  if (kept !== undefined) return { additionalUse: null, rollover: null, ...kept, metric };
  return limit === undefined || !policies[limit.policy].chargesBeyond ? limit : undefined;
}

/** The allowances of the present plan, and the charges for use beyond them, as they are kept with an ended cycle. */
export function termsOf(state: AccountState, catalog: Catalog): AllowanceTerms {
  const terms: Record<string, AllowanceTerms[string]> = {};
  for (const [metric, limit] of planOf(state, catalog).limits) {
    const isPool = catalog.metrics.get(metric)?.countsFrom === 'charges';
    if (!isPool && !policies[limit.policy].chargesBeyond) continue;
    const { included, policy, beyond, overageRate, overageTiers, invoiceRate } = limit;
    terms[metric] = { included, policy, beyond, overageRate, overageTiers, invoiceRate };
  }
  return terms;
}

/** Where a metric of the account stands. A metric that the plan does not limit is measured only. */
export function standingOf(
  state: AccountState,
  catalog: Catalog,
  metric: string,
  exceptHoldId?: string,
): LimitStanding {
  const limit = withCarried(limitOf(state, catalog, metric), state);
  const ownLimit = state.profile.ownLimits[metric];
  const additional = additionalUseEndOf(state, limit);
  const planRefusesAt = additional ?? refusesAtOf(limit);
  const ownIsNearer = ownLimit !== undefined && (planRefusesAt === null || ownLimit < planRefusesAt);
  return {
    metric,
    policy: limit?.policy ?? 'observe',
    used: usedCount(state, catalog, metric),
    held: state.holds.length === 0 ? 0n : heldCount(state, metric, { exceptHoldId }),
    included: limit?.included ?? null,
    refusesAt: ownIsNearer ? ownLimit : planRefusesAt,
    ownLimit: ownIsNearer,
    additionalUseLimit: !ownIsNearer && additional !== null,
    resetsAtMs: metricOf(catalog, metric)?.kind === 'gauge' ? null : state.usage.endsAtMs,
  };
}

/** The amount that can still be used before the gate refuses; null if it never refuses. */
export function remainingOf(standing: LimitStanding): Micros | null {
  if (standing.refusesAt === null) return null;
  const remaining = standing.refusesAt - standing.used - standing.held;
  return remaining > 0n ? remaining : 0n;
}

/** Whether so much more ends at or below what the limit admits. A use of nothing, and a decrease, always do. */
export function admits(standing: LimitStanding, quantity: Micros): boolean {
  if (standing.refusesAt === null || quantity <= 0n) return true;
  return standing.used + standing.held + quantity <= standing.refusesAt;
}

/** The part of a use beyond the allowance, given the use and holds before it. */
export function beyondAllowance(standing: LimitStanding, quantity: Micros): Micros {
  if (standing.included === null || quantity <= 0n) return 0n;
  const before = standing.used + standing.held;
  const covered = standing.included > before ? standing.included - before : 0n;
  return quantity > covered ? quantity - covered : 0n;
}

/** How a meter stands. What is held counts as used. */
export function levelOf(standing: LimitStanding): MeterLevel {
  if (!policies[standing.policy].offered) return 'observed';
  const percent = percentOf(standing.used + standing.held, standing.included);
  return percent === null ? 'unlimited' : levelOfPercent(percent);
}
