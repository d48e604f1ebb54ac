import type { WindowLeft } from '../../contract/gate/gate.ts';
import { levelOfPercent } from '../../contract/usage/levels.ts';
import type { WindowMeter } from '../../contract/usage/usage.ts';
import type { ShownUnit } from '../../contract/values/amount.ts';
import { formatAmount, percentOf } from '../../domain/amounts/amounts.ts';
import type { Catalog, PlanWindow } from '../../domain/catalog/catalog-types.ts';
import { creditsMetric } from '../../domain/usage/cells.ts';
import { type WindowStanding, windowRemaining, windowStandingsOf } from '../../domain/windows/windows.ts';
import { balanceUnit, showsUnit } from '../access/amounts-in-view.ts';
import type { Viewer } from '../access/viewer.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import { formatInstantOrNull } from '../http/instants.ts';

/** The state of the plan's windows for the reader; windows of each member's own use only if a member reads. */
export function windowStandings({ state, member, plan, nowMs }: AccountReading): readonly WindowStanding[] {
  return windowStandingsOf({ state, member, nowMs }, plan.windows);
}

/** The plan's windows as the viewer may see them. */
export function windowMeters(reading: AccountReading): WindowMeter[] {
  const { catalog, viewer } = reading;
  if (viewer.view.usage === 'none') return [];
  return windowStandings(reading).map((standing): WindowMeter => {
    const { window, startsAtMs, resetsAtMs } = standing;
    const { id, label, metric, of, kind, minutes } = window;
    const counted = standing.used + standing.held;
    const percent = percentOf(counted, window.limit) ?? 0;
    const shown = viewer.view.usage === 'units' && showsWindowFigures(window, catalog, viewer);
    return {
      id,
      label,
      metric,
      unit: unitOfWindow(window, catalog),
      of,
      kind,
      minutes: minutes === 0 ? null : minutes,
      used: shown ? formatAmount(standing.used) : null,
      held: shown ? formatAmount(standing.held) : null,
      limit: shown ? formatAmount(window.limit) : null,
      percent,
      level: levelOfPercent(percent),
      startsAt: formatInstantOrNull(startsAtMs),
      resetsAt: formatInstantOrNull(resetsAtMs),
    };
  });
}

/** Where a window stands after a decision. */
export function windowLeftView(standing: WindowStanding): WindowLeft {
  const { window, used, held, resetsAtMs } = standing;
  return {
    window: window.id,
    metric: window.metric,
    of: window.of,
    used: formatAmount(used + held),
    limit: formatAmount(window.limit),
    remaining: formatAmount(windowRemaining(standing)),
    resetsAt: formatInstantOrNull(resetsAtMs),
  };
}

/** The unit of a window's figures: its metric's, or that of charges. */
export function unitOfWindow({ metric }: Pick<PlanWindow, 'metric'>, catalog: Catalog): ShownUnit {
  if (metric !== creditsMetric) return catalog.metrics.get(metric)?.unit ?? { one: metric, other: metric };
  return balanceUnit(catalog);
}

/** Charges are shown to viewers who may see amounts of that unit. */
function showsWindowFigures({ metric }: PlanWindow, catalog: Catalog, viewer: Viewer): boolean {
  const isCharges = metric === creditsMetric || catalog.metrics.get(metric)?.countsFrom === 'charges';
  return !isCharges || showsUnit(viewer, catalog.unit);
}
