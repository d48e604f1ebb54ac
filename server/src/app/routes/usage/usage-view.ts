import { levelOfPercent } from '../../../contract/usage/levels.ts';
import { otherValue } from '../../../contract/usage/other-value.ts';
import type {
  Budget,
  CategoryShare,
  Meter,
  MeterGroup,
  MyMeter,
  SeriesDimension,
  Usage,
} from '../../../contract/usage/usage.ts';
import type { CreditUnit } from '../../../contract/values/amount.ts';
import { formatAmount, type Micros, percentOf, sumOf } from '../../../domain/amounts/amounts.ts';
import type { Metric } from '../../../domain/catalog/catalog-types.ts';
import { type LimitStanding, levelOf, standingOf } from '../../../domain/limits/limits.ts';
import { isMetricPaused } from '../../../domain/subscription/pauses.ts';
import { creditsMetric } from '../../../domain/usage/cells.ts';
import { balanceUnit, formatOrNull, showsBalance, showsUnit } from '../../access/amounts-in-view.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import { pauseView } from '../../accounts/pause-view.ts';
import { creditPoolOf, creditsResetAtMs, paysWithCredits } from '../../accounts/standing-of-account.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';
import { countedFromView } from '../../usage/counted-from-view.ts';
import { windowMeters } from '../../usage/window-view.ts';
import { countedOf } from '../accounts/summary-view.ts';
import { creditsLeftView } from '../gate/gate-views.ts';

/** Figures of the present cycle that the state does not hold: they come from the rollups. */
export interface CycleSums {
  /** The budget metric's use by category. */
  readonly byCategory: ReadonlyMap<string, Micros>;
  /** The calling member's use, by metric. */
  readonly own: ReadonlyMap<string, Micros>;
}

/** How the account stands this cycle, as the viewer may see it. */
export function usageView(reading: AccountReading, sums: CycleSums): Usage {
  const { state, catalog, plan, viewer, nowMs } = reading;
  const { startsAtMs, endsAtMs } = state.usage;
  const budget = budgetView(reading);
  return {
    accountId: state.profile.id,
    planName: viewer.view.plan ? plan.name : null,
    paused: pauseView(reading),
    cycle: {
      startsAt: formatInstant(startsAtMs),
      endsAt: formatInstant(endsAtMs),
      ...countedFromView(state),
      timeZone: state.profile.timeZone,
    },
    budget,
    categories: budget === null ? [] : categoryShares(reading, sums.byCategory),
    groups: meterGroups(reading),
    windows: windowMeters(reading),
    myUsage: viewer.view.usage === 'units' ? myMeters(reading, sums.own) : [],
    credits: showsBalance(viewer, catalog.unit) ? creditsLeftView(state, catalog) : null,
    creditLabel: balanceUnit(catalog),
    moneyVisible: viewer.view.money,
    canManage: viewer.view.manage,
    breakdowns: breakdownsOf(reading),
    asOf: formatInstant(nowMs),
  };
}

/** The dimensions by which the catalog can tell use apart, in the order in which they are offered. */
function breakdownsOf({ catalog, viewer }: AccountReading): SeriesDimension[] {
  if (viewer.view.usage !== 'units') return [];
  const breakdowns: SeriesDimension[] = [];
  if (catalog.models.size > 0) breakdowns.push(viewer.modelNames ? 'model' : 'tier');
  breakdowns.push('agent', 'project');
  if (viewer.view.usageOf === 'all') breakdowns.push('member');
  breakdowns.push('apiKey');
  if (catalog.tools.size > 0) breakdowns.push('tool');
  if (showsBalance(viewer, catalog.unit)) breakdowns.push('lineItem');
  return breakdowns;
}

interface BudgetFigures {
  readonly used: Micros;
  readonly held: Micros;
  readonly included: Micros;
  readonly unit: CreditUnit;
  readonly resetsAtMs: number | null;
}

/** The budget's figures: of its metric where the catalog names one, otherwise of the cycle's credits where they pay. Null without any. */
function budgetFigures({ state, catalog, plan }: AccountReading): BudgetFigures | null {
  const metric = catalog.budget.metric === null ? undefined : catalog.metrics.get(catalog.budget.metric);
  if (metric === undefined) {
    if (!paysWithCredits(catalog, plan)) return null;
    const pool = creditPoolOf(state, catalog);
    return pool.included === 0n
      ? null
      : {
          used: pool.spent,
          held: pool.held,
          included: pool.included,
          unit: catalog.unit,
          resetsAtMs: creditsResetAtMs(state, plan),
        };
  }
  const { used, held, included } = standingOf(state, catalog, metric.id);
  if (included === null) return null;
  const unit = metric.countsFrom === 'charges' ? catalog.unit : metric.unit.other;
  return { used, held, included, unit, resetsAtMs: state.usage.endsAtMs };
}

function budgetView(reading: AccountReading): Budget | null {
  const { catalog, viewer } = reading;
  if (viewer.view.usage === 'none') return null;
  const figures = budgetFigures(reading);
  if (figures === null) return null;
  const { used, held, included, unit, resetsAtMs } = figures;
  const percent = percentOf(used + held, included) ?? 0;
  const shown = viewer.view.usage === 'units' && showsBudgetUnit(reading, unit);
  return {
    label: catalog.budget.label,
    metric: catalog.budget.metric ?? creditsMetric,
    percent,
    level: levelOfPercent(percent),
    heldPercent: percentOf(held, included) ?? 0,
    used: shown ? formatAmount(used) : null,
    included: shown ? formatAmount(included) : null,
    held: shown ? formatAmount(held) : null,
    unit,
    resetsAt: formatInstantOrNull(resetsAtMs),
  };
}

/** Credits of the wallet are part of the balance; a metric's own unit is not, unless it is money. */
function showsBudgetUnit({ catalog, viewer }: AccountReading, unit: CreditUnit): boolean {
  if (catalog.budget.metric === null) return showsBalance(viewer, unit);
  return unit === catalog.currency ? viewer.view.money : true;
}

function categoryShares(reading: AccountReading, byCategory: ReadonlyMap<string, Micros>): CategoryShare[] {
  const { catalog, viewer } = reading;
  const figures = budgetFigures(reading);
  if (figures === null || viewer.view.usage === 'none' || catalog.categories.size === 0) return [];
  const shown = viewer.view.usage === 'units' && showsBudgetUnit(reading, figures.unit);
  const known = [...catalog.categories.values()].map((category) => ({
    ...category,
    used: byCategory.get(category.id) ?? 0n,
  }));
  // Use without a category is a part of its own, so that the parts sum to the whole.
  const rest = figures.used - sumOf(known.map(({ used }) => used));
  const all = rest > 0n ? [...known, { id: otherValue, label: null, tierLabel: null, used: rest }] : known;
  return all.map(({ id, label, tierLabel, used }) => ({
    id,
    label,
    tierLabel,
    sharePercent: percentOf(used, figures.used) ?? 0,
    used: shown ? formatAmount(used) : null,
  }));
}

function meterGroups(reading: AccountReading): MeterGroup[] {
  const { catalog, viewer } = reading;
  if (viewer.view.usage === 'none') return [];
  const byGroup = new Map<string | null, Meter[]>();
  for (const metric of catalog.metrics.values()) {
    const meter = meterOf(reading, metric);
    if (meter === null) continue;
    const group = metric.group !== null && catalog.meterGroups.some(({ id }) => id === metric.group);
    const key = group ? metric.group : null;
    byGroup.set(key, [...(byGroup.get(key) ?? []), meter]);
  }
  const groups = catalog.meterGroups.flatMap(({ id, label }) => {
    const meters = byGroup.get(id);
    return meters === undefined ? [] : [{ id, label, meters }];
  });
  const others = byGroup.get(null);
  return others === undefined ? groups : [...groups, { id: 'usage', label: null, meters: others }];
}

/** A metric's meter; null for the budget's own, and for one that is neither in the plan nor used. */
function meterOf(reading: AccountReading, metric: Metric): Meter | null {
  const { state, catalog, plan } = reading;
  if (metric.id === catalog.budget.metric) return null;
  if (!plan.limits.has(metric.id) && countedOf(standingOf(state, catalog, metric.id)) === 0n) return null;
  return meterView(reading, metric);
}

/** How a metric of the account stands, as far as the caller may see it. */
export function meterView({ state, catalog, viewer }: AccountReading, metric: Metric): Meter {
  const standing = standingOf(state, catalog, metric.id);
  const isMoney = metric.countsFrom === 'charges' && !showsUnit(viewer, catalog.unit);
  const units = viewer.view.usage === 'units' && !isMoney;
  return {
    metric: metric.id,
    label: metric.label,
    ...(metric.description !== null && { description: metric.description }),
    unit: metric.unit,
    kind: metric.kind,
    policy: standing.policy,
    used: units ? formatAmount(standing.used) : null,
    included: units ? formatOrNull(standing.included) : null,
    held: units ? formatAmount(standing.held) : null,
    percent: percentOf(countedOf(standing), standing.included),
    level: levelOf(standing),
    resetsAt: formatInstantOrNull(standing.resetsAtMs),
    refusesAt: units ? formatOrNull(standing.refusesAt) : null,
    ownLimit: units ? formatOrNull(state.profile.ownLimits[metric.id] ?? null) : null,
    paused: isMetricPaused(state, catalog, metric.id),
  };
}

/** Metrics whose own use a member sees: those with a share of theirs, and whatever they have used this cycle. */
export function ownMetrics({ catalog, member }: AccountReading): Metric[] {
  return [...catalog.metrics.values()].filter(
    ({ kind, id }) =>
      kind === 'counter' && (member?.allocations[id] !== undefined || id !== catalog.budget.metric),
  );
}

/** The caller's own use; of an account's only member, what is not the account's use over again. */
function myMeters(reading: AccountReading, own: ReadonlyMap<string, Micros>): MyMeter[] {
  const { state, catalog, member, viewer } = reading;
  if (member === undefined) return [];
  const isAlone = state.memberCount === 1;
  return ownMetrics(reading).flatMap((metric) => {
    const used = own.get(metric.id) ?? 0n;
    const allocation = member.allocations[metric.id] ?? null;
    if (used === 0n && allocation === null) return [];
    if (metric.countsFrom === 'charges' && !showsUnit(viewer, catalog.unit)) return [];
    const standing: LimitStanding = standingOf(state, catalog, metric.id);
    if (isAlone && allocation === null && used === standing.used) return [];
    const whole = allocation ?? standing.included;
    const percent = percentOf(used, whole);
    return {
      metric: metric.id,
      label: metric.label,
      unit: metric.unit,
      used: formatAmount(used),
      allocation: formatOrNull(allocation),
      pool: allocation === null ? formatOrNull(standing.included) : null,
      percent,
      level: percent === null ? 'unlimited' : levelOfPercent(percent),
    };
  });
}
