import type { Blocked } from '../../contract/accounts/summary.ts';
import { levelOfPercent, type MeterLevel, meterLevels } from '../../contract/usage/levels.ts';
import { type Micros, percentOf } from '../../domain/amounts/amounts.ts';
import type { Catalog, Plan } from '../../domain/catalog/catalog-types.ts';
import { availableOf, heldOf } from '../../domain/credits/wallet.ts';
import type { RefusalFigures } from '../../domain/decision.ts';
import { pausedFigures, reasonOf } from '../../domain/gate/refusals.ts';
import { type LimitStanding, levelOf, remainingOf, standingOf } from '../../domain/limits/limits.ts';
import type { AccountState } from '../../domain/state.ts';
import { pauseOf } from '../../domain/subscription/pauses.ts';
import { type WindowStanding, windowRemaining } from '../../domain/windows/windows.ts';
import { actionsFor } from '../gate/actions.ts';
import { refusalView } from '../gate/refusal-view.ts';
import { formatInstantOrNull } from '../http/instants.ts';
import { windowStandings } from '../usage/window-view.ts';
import type { AccountReading } from './account-reader.ts';

/** The credits of the present cycle: the spent part of all credits that were available. */
export interface CreditPool {
  readonly spent: Micros;
  readonly held: Micros;
  readonly available: Micros;
  /** Spent, held and available together. */
  readonly included: Micros;
}

export function creditPoolOf(state: AccountState, { unit }: Catalog): CreditPool {
  const available = availableOf(state.wallet, unit);
  const held = heldOf(state.wallet, unit);
  const spent = state.usage.spent[unit] ?? 0n;
  const included = spent + held + (available > 0n ? available : 0n);
  return { spent, held, available, included };
}

/** When the plan gives credits again; null where it gives none, so that what there is has to do. */
export function creditsResetAtMs({ usage }: AccountState, { monthlyCredits }: Plan): number | null {
  return monthlyCredits > 0n ? usage.endsAtMs : null;
}

/** Where each metric that the plan limits stands, in the catalog's order. */
export function limitedStandings(state: AccountState, catalog: Catalog, plan: Plan): LimitStanding[] {
  const standings: LimitStanding[] = [];
  for (const metric of catalog.metrics.keys())
    if (plan.limits.has(metric)) standings.push(standingOf(state, catalog, metric));
  return standings;
}

/** How the account stands in all: as its worst meter or window does, or its credits. */
export function levelOfAccount(reading: AccountReading): MeterLevel {
  const { state, catalog, plan } = reading;
  let worst: MeterLevel = 'ok';
  const consider = (level: MeterLevel) => {
    if (meterLevels.indexOf(level) > meterLevels.indexOf(worst)) worst = level;
  };
  for (const standing of limitedStandings(state, catalog, plan)) consider(levelOf(standing));
  for (const { window, used, held } of windowStandings(reading))
    consider(levelOfPercent(percentOf(used + held, window.limit) ?? 0));
  const credits = levelOfCredits(state, catalog, plan);
  if (credits !== null) consider(credits);
  return worst;
}

/** How the credits stand; null where the account pays with none. */
export function levelOfCredits(state: AccountState, catalog: Catalog, plan: Plan): MeterLevel | null {
  if (!paysWithCredits(catalog, plan)) return null;
  const { spent, held, included, available } = creditPoolOf(state, catalog);
  if (included === 0n) return null;
  if (available <= 0n) return 'over';
  return levelOfPercent(percentOf(spent + held, included) ?? 0);
}

/** Whether charges come out of the wallet, and not out of an allowance that the plan states. */
export function paysWithCredits(catalog: Catalog, plan: Plan): boolean {
  const pools = catalog.countingFrom.get('charges') ?? [];
  return !pools.some((metric) => (plan.limits.get(metric.id)?.included ?? null) !== null);
}

/** Why work is stopped, or null. Credits come before limits, and limits before windows, which reset sooner. */
export function blockedBy(reading: AccountReading): Blocked | null {
  const { state, catalog, plan, viewer } = reading;
  const figures = pauseBlock(reading) ?? creditBlock(reading) ?? limitBlock(reading) ?? windowBlock(reading);
  if (figures === null) return null;
  const context = { catalog, plan, viewer };
  return {
    reason: blockedReason(figures.reason),
    metric: figures.metric,
    message:
      figures.reason === 'insufficient_credits'
        ? `No ${catalog.creditLabel.other} left.`
        : refusalView(figures, context).message,
    resetsAt: formatInstantOrNull(figures.resetsAtMs ?? creditsResetAtMs(state, plan)),
    actions: actionsFor(figures, context),
  };
}

function blockedReason(reason: RefusalFigures['reason']): Blocked['reason'] {
  if (reason === 'insufficient_credits' || reason === 'window_limit_reached' || reason === 'metric_paused')
    return reason;
  return 'plan_limit_reached';
}

/** The pause, if it stops everything; a pause of AI or of some metrics is shown with those metrics. */
function pauseBlock({ state, catalog }: AccountReading): RefusalFigures | null {
  return pauseOf(state, catalog) === 'all' ? pausedFigures(state, catalog) : null;
}

function creditBlock({ state, catalog, plan }: AccountReading): RefusalFigures | null {
  if (levelOfCredits(state, catalog, plan) !== 'over') return null;
  return {
    reason: 'insufficient_credits',
    metric: null,
    window: null,
    limit: null,
    used: null,
    requested: 0n,
    available: availableOf(state.wallet, catalog.unit),
    resetsAtMs: creditsResetAtMs(state, plan),
    purchasable: true,
    ownKeyHelps: false,
    retryAfterSeconds: null,
  };
}

function limitBlock({ state, catalog, plan }: AccountReading): RefusalFigures | null {
  for (const standing of limitedStandings(state, catalog, plan)) {
    if (standing.resetsAtMs === null || remainingOf(standing) !== 0n || standing.refusesAt === 0n) continue;
    return {
      reason: reasonOf(standing),
      metric: standing.metric,
      window: null,
      limit: standing.refusesAt,
      used: standing.used + standing.held,
      requested: 0n,
      available: null,
      resetsAtMs: standing.resetsAtMs,
      ownKeyHelps: false,
      purchasable: [...catalog.plans.values()].some((other) => other.rank > plan.rank),
      retryAfterSeconds: null,
    };
  }
  return null;
}

/** The window that is used up, and of several the one that ends last. */
function windowBlock(reading: AccountReading): RefusalFigures | null {
  const { catalog, plan } = reading;
  const full = windowStandings(reading).filter((standing) => windowRemaining(standing) === 0n);
  const endsAtMs = ({ resetsAtMs }: WindowStanding) => resetsAtMs ?? Number.POSITIVE_INFINITY;
  const [last] = full.toSorted((a, b) => endsAtMs(b) - endsAtMs(a));
  if (last === undefined) return null;
  const { window, used, held, resetsAtMs } = last;
  return {
    reason: 'window_limit_reached',
    metric: window.metric,
    window,
    limit: window.limit,
    used: used + held,
    requested: 0n,
    available: null,
    resetsAtMs,
    ownKeyHelps: false,
    purchasable: [...catalog.plans.values()].some((other) => other.rank > plan.rank),
    retryAfterSeconds: null,
  };
}
