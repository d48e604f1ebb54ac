import type { Summary, SummaryMeter } from '../../../contract/accounts/summary.ts';
import { formatAmount, percentOf } from '../../../domain/amounts/amounts.ts';
import { type LimitStanding, levelOf } from '../../../domain/limits/limits.ts';
import { policies } from '../../../domain/limits/policies.ts';
import { balanceUnit, formatOrNull, showsBalance } from '../../access/amounts-in-view.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import {
  blockedBy,
  creditPoolOf,
  creditsResetAtMs,
  levelOfAccount,
  limitedStandings,
} from '../../accounts/standing-of-account.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';
import { countedFromView } from '../../usage/counted-from-view.ts';
import { windowMeters, windowStandings } from '../../usage/window-view.ts';
import { creditsLeftView } from '../gate/gate-views.ts';

/** A popup has room for so many lines: the fullest meters, in the catalog's order. */
const metersMax = 8;

/** Everything that a badge and a popup need, as the viewer may see it. */
export function summaryView(reading: AccountReading): Summary {
  const { state, catalog, plan, viewer, nowMs } = reading;
  const { profile, usage } = state;
  const shown = showsBalance(viewer, catalog.unit);
  const blocked = blockedBy(reading);
  const windows = windowMeters(reading);
  return {
    accountId: profile.id,
    accountName: profile.name,
    planName: viewer.view.plan ? plan.name : null,
    credits: shown ? creditsLeftView(state, catalog) : null,
    creditLabel: balanceUnit(catalog),
    creditsIncluded: shown ? formatAmount(creditPoolOf(state, catalog).included) : null,
    level: levelOfAccount(reading),
    meters: summaryMeters(reading),
    windows,
    blocked,
    pastDue: false,
    cycleStartsAt: formatInstant(usage.startsAtMs),
    ...countedFromView(state),
    resetsAt: formatInstant(usage.endsAtMs),
    creditsResetAt: formatInstantOrNull(creditsResetAtMs(state, plan)),
    billingUrl: viewer.view.plan || viewer.view.balance ? (catalog.links.billing ?? null) : null,
    ...pagesOfProduct(reading),
    pollAfterSeconds: pollAfterSeconds(blocked !== null, nextResetMs(reading) - nowMs),
    version: state.version,
    asOf: formatInstant(nowMs),
  };
}

/** Addresses of the pages on which the viewer finds something. */
function pagesOfProduct({ catalog, viewer }: AccountReading): Pick<Summary, 'usageUrl' | 'tasksUrl'> {
  const { usage, tasks } = catalog.links;
  return {
    ...(usage !== undefined && viewer.view.usage !== 'none' && { usageUrl: usage }),
    ...(tasks !== undefined && viewer.view.tasks !== 'none' && { tasksUrl: tasks }),
  };
}

function summaryMeters({ state, catalog, plan, viewer }: AccountReading): SummaryMeter[] {
  if (viewer.view.usage === 'none') return [];
  const units = viewer.view.usage === 'units';
  const offered = limitedStandings(state, catalog, plan).filter(({ policy }) => policies[policy].offered);
  const fullest = new Set(offered.toSorted((a, b) => fullnessOf(b) - fullnessOf(a)).slice(0, metersMax));
  return offered
    .filter((standing) => fullest.has(standing))
    .flatMap((standing) => {
      const metric = catalog.metrics.get(standing.metric);
      if (metric === undefined) return [];
      return {
        metric: metric.id,
        label: metric.label,
        unit: metric.unit,
        used: units ? formatAmount(countedOf(standing)) : null,
        included: units ? formatOrNull(standing.included) : null,
        percent: percentOf(countedOf(standing), standing.included),
        level: levelOf(standing),
        resetsAt: formatInstantOrNull(standing.resetsAtMs),
      };
    });
}

/** In percent; a meter without a cap never counts as pressing. */
function fullnessOf(standing: LimitStanding): number {
  return percentOf(countedOf(standing), standing.included) ?? -1;
}

/** Used plus held. */
export function countedOf(standing: LimitStanding) {
  return standing.used + standing.held;
}

const pollSeconds = { calm: 300, blocked: 60, min: 15 } as const;

/** The next of all resets. */
function nextResetMs(reading: AccountReading): number {
  const windows = windowStandings(reading).map(({ resetsAtMs }) => resetsAtMs ?? Number.POSITIVE_INFINITY);
  return Math.min(reading.state.usage.endsAtMs, ...windows);
}

/** Sooner while work is stopped, and at the reset where that comes before. */
function pollAfterSeconds(isBlocked: boolean, untilResetMs: number): number {
  const usual = isBlocked ? pollSeconds.blocked : pollSeconds.calm;
  return Math.max(pollSeconds.min, Math.min(usual, Math.ceil(untilResetMs / 1_000)));
}
