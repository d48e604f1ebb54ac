import type { RefusalReason } from '../../contract/http/errors.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { Catalog, Plan } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import { availableOf, debtOf } from '../credits/wallet.ts';
import type { DecisionContext, RefusalFigures } from '../decision.ts';
import { admits, heldCount, type LimitStanding, planOf, refusesAtOf, standingOf } from '../limits/limits.ts';
import { packsOnSale } from '../purchases/pack-offer.ts';
import type { AccountState } from '../state.ts';
import { isPaused, pauseCauseOf } from '../subscription/pauses.ts';
import { capacityFigures, exceededCapacity } from '../subscription/plan/capacities.ts';
import {
  admitsAtMs,
  countedBy,
  type WindowedUse,
  type WindowStanding,
  windowAdmits,
  windowStandingOf,
} from '../windows/windows.ts';
import type { Quote } from './quote.ts';

/** Waiting is offered as help where the limit resets within so many seconds. */
export const retryAfterSecondsMax = 600;

/** The first rule before credits that refuses: feature, allocation, the account's own limit, the plan's limit, its windows. */
export function findLimitRefusal(
  context: DecisionContext,
  use: Pick<Quote, 'priced' | 'quantities' | 'charge' | 'needs'>,
): RefusalFigures | null {
  const { state, catalog, member } = context;
  const { priced, quantities } = use;
  const plan = planOf(state, catalog);
  if (isPaused(state, catalog, { priced, quantities })) return pausedFigures(state, catalog);
  for (const line of priced.lines) {
    const feature = line.kind === 'llm' ? (catalog.models.get(line.ref)?.feature ?? null) : null;
    if (feature !== null && !plan.features.has(feature)) {
      const purchasable = higherPlans(catalog, plan).some((other) => other.features.has(feature));
      return { ...emptyFigures('feature_not_in_plan'), purchasable };
    }
  }
  const exceeded = use.needs === undefined ? null : exceededCapacity(catalog, plan, use.needs);
  if (exceeded !== null) {
    const helps = waysOut(
      sellsCapacity(context, plan, exceeded) && 'add_on',
      higherPlans(catalog, plan).some(
        (other) => exceededCapacity(catalog, other, use.needs ?? {}) === null,
      ) && 'upgrade',
    );
    return {
      ...emptyFigures('capacity_exceeded'),
      ...capacityFigures(plan, exceeded, use.needs),
      purchasable: helps.length > 0,
      helps,
    };
  }
  for (const [metric, quantity] of quantities) {
    const allocation = member?.allocations[metric];
    if (allocation === undefined || member === undefined || quantity <= 0n) continue;
    if (metricOf(catalog, metric)?.kind === 'gauge') continue;
    const counted = state.usage.byMember[metric]?.[member.id] ?? 0n;
    const used = counted + heldCount(state, metric, { memberId: member.id });
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
    standing: standingOf(state, catalog, metric),
  }));
  for (const reason of ['account_limit_reached', 'plan_limit_reached', 'additional_use_exhausted'] as const) {
    for (const { quantity, standing } of standings) {
      if (reasonOf(standing) !== reason || admits(standing, quantity)) continue;
      const used = standing.used + standing.held;
      const isOwn = reason === 'account_limit_reached';
      const helps = waysOut(
        // Additional use can be raised, at a price, by the account itself.
        reason === 'additional_use_exhausted' && 'additional_use',
        !isOwn && sellsMore(context, plan, standing.metric) && 'add_on',
        !isOwn &&
          higherPlans(catalog, plan).some((other) => planAdmits(other, standing.metric, used + quantity)) &&
          'upgrade',
      );
      return limitFigures(context, reason, standing.metric, {
        limit: standing.refusesAt,
        used,
        requested: quantity,
        purchasable: helps.length > 0,
        helps,
      });
    }
  }
  return findWindowRefusal(context, use);
}

/** The window that refuses; of several the one that lets the use through last, since waiting for another would not help. */
function findWindowRefusal(context: DecisionContext, use: WindowedUse): RefusalFigures | null {
  const { state, catalog, nowMs } = context;
  const plan = planOf(state, catalog);
  let last: { standing: WindowStanding; quantity: Micros; passesAtMs: number | null } | null = null;
  for (const window of plan.windows) {
    const quantity = countedBy(window, use);
    const standing = quantity > 0n ? windowStandingOf(context, window) : null;
    if (standing === null || windowAdmits(standing, quantity)) continue;
    const passesAtMs = admitsAtMs(standing, quantity);
    if (last === null || (last.passesAtMs !== null && (passesAtMs === null || passesAtMs > last.passesAtMs)))
      last = { standing, quantity, passesAtMs };
  }
  if (last === null) return null;
  const { standing, quantity, passesAtMs } = last;
  const retryAfterSeconds = secondsUntil(passesAtMs, nowMs);
  return {
    ...emptyFigures('window_limit_reached'),
    metric: standing.window.metric,
    window: standing.window,
    limit: standing.window.limit,
    used: standing.used + standing.held,
    requested: quantity,
    resetsAtMs: passesAtMs,
    purchasable:
      retryAfterSeconds === null &&
      higherPlans(catalog, plan).some((other) => windowsAdmit(context, other, use)),
    retryAfterSeconds,
  };
}

/** Whether the windows of another plan would let the use through, given their present counts. */
function windowsAdmit(context: DecisionContext, plan: Plan, use: WindowedUse): boolean {
  return plan.windows.every((window) => {
    const standing = windowStandingOf(context, window);
    return standing === null || windowAdmits(standing, countedBy(window, use));
  });
}

/** Which rule a standing's limit is of. */
export function reasonOf({ ownLimit, additionalUseLimit }: LimitStanding): RefusalReason {
  if (ownLimit) return 'account_limit_reached';
  return additionalUseLimit ? 'additional_use_exhausted' : 'plan_limit_reached';
}

type WayOut = NonNullable<RefusalFigures['helps']>[number];

function waysOut(...ways: readonly (WayOut | false)[]): WayOut[] {
  return ways.filter((way): way is WayOut => way !== false);
}

/** Whether an add-on raises the capacity. */
function sellsCapacity({ state }: DecisionContext, plan: Plan, capacity: string): boolean {
  const { kind } = state.profile;
  return [...plan.addOns.values()].some(
    (addOn) => addOn.capacity?.capacity === capacity && addOn.accountKinds.has(kind),
  );
}

/** Whether an add-on raises the metric's limit. */
function sellsMore({ state }: DecisionContext, plan: Plan, metric: string): boolean {
  const { kind } = state.profile;
  return [...plan.addOns.values()].some(
    ({ allowance, accountKinds }) => allowance?.metric === metric && accountKinds.has(kind),
  );
}

function planAdmits(plan: Plan, metric: string, total: Micros): boolean {
  const refusesAt = refusesAtOf(plan.limits.get(metric));
  return refusesAt === null || total <= refusesAt;
}

function higherPlans(catalog: Catalog, plan: Plan): Plan[] {
  return [...catalog.plans.values()].filter((other) => other.rank > plan.rank);
}

/** A payment ends the pause, or another plan. */
export function pausedFigures(state: Pick<AccountState, 'subscription'>, catalog: Catalog): RefusalFigures {
  const pausedFor = pauseCauseOf(state, catalog);
  return {
    ...emptyFigures('metric_paused'),
    purchasable: true,
    ...(pausedFor !== null && { pausedFor }),
  };
}

function emptyFigures(reason: RefusalReason): RefusalFigures {
  return {
    reason,
    metric: null,
    window: null,
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
  figures: Pick<RefusalFigures, 'limit' | 'used' | 'requested' | 'purchasable' | 'helps'>,
): RefusalFigures {
  const resetsAtMs = resetHelps(context, metric, figures) ? context.state.usage.endsAtMs : null;
  return {
    ...emptyFigures(reason),
    metric,
    ...figures,
    resetsAtMs,
    retryAfterSeconds: secondsUntil(resetsAtMs, context.nowMs),
  };
}

/** Whether a use that a limit of the cycle refuses would pass once the cycle ends: not if it alone exceeds the limit. */
function resetHelps(
  { state, catalog }: DecisionContext,
  metric: string,
  { limit, requested }: Pick<RefusalFigures, 'limit' | 'requested'>,
): boolean {
  if (metricOf(catalog, metric)?.kind === 'gauge') return false;
  // What is left of an allowance may carry over and raise the next limit above this one.
  const carriesOver = (planOf(state, catalog).limits.get(metric)?.rollover ?? null) !== null;
  return limit === null || carriesOver || requested <= limit;
}

/** Whether a charge that the wallet cannot pay would pass once the next cycle's credits have come. */
function nextCreditsHelp(
  { state, catalog }: DecisionContext,
  unit: CreditUnit,
  { requested, overdraft }: { readonly requested: Micros; readonly overdraft: Micros },
): boolean {
  const { monthlyCredits, creditsRollover } = planOf(state, catalog);
  if (monthlyCredits === 0n) return false;
  let then = monthlyCredits + overdraft - debtOf(state.wallet, unit);
  for (const grant of state.wallet.grants) {
    if (grant.unit !== unit) continue;
    const isLasting = grant.expiresAtMs === null || grant.expiresAtMs > state.usage.endsAtMs;
    if (isLasting || creditsRollover !== null) then += grant.remaining;
  }
  return requested <= then;
}

/** The refusal of a use that the wallet cannot pay. */
export function creditRefusal(
  context: DecisionContext,
  { priced, payables }: Pick<Quote, 'priced' | 'payables'>,
  overdraft: Micros,
): RefusalFigures {
  const { state, catalog, nowMs } = context;
  const plan = planOf(state, catalog);
  let requested = 0n;
  for (const payable of payables) requested += payable.amount;
  const packsHelp = packsOnSale(catalog, plan).length > 0;
  const upgradeHelps = higherPlans(catalog, plan).some((other) => other.monthlyCredits > plan.monthlyCredits);
  const resetsAtMs = nextCreditsHelp(context, priced.unit, { requested, overdraft })
    ? state.usage.endsAtMs
    : null;
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
