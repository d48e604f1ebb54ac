import type { Forecast, ForecastAmount, ForecastFigure, RunsOut } from '../../contract/forecast/forecast.ts';
import { roundEstimate } from '../../contract/forecast/round-estimate.ts';
import { formatAmount, type Micros } from '../../domain/amounts/amounts.ts';
import { capitalised } from '../../domain/catalog/capitalised.ts';
import {
  type DayAhead,
  type DayOfUse,
  type ForecastPath,
  forecastDaysMax,
  forecastIntervalShare,
  forecastUse,
} from '../../domain/forecast/forecast.ts';
import { dayOf, startOfDayMs } from '../../domain/time/calendar.ts';
import { creditsMetric } from '../../domain/usage/cells.ts';
import { formatOrNull, showsBalance, showsUnit } from '../access/amounts-in-view.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import { creditPoolOf, limitedStandings } from '../accounts/standing-of-account.ts';
import { formatInstant, formatInstantOrNull } from '../http/instants.ts';
import type { Services } from '../services.ts';
import { windowMeters, windowStandings } from '../usage/window-view.ts';

/** The inputs of a forecast in addition to its days. */
interface Subject extends Pick<ForecastFigure, 'metric' | 'window' | 'label' | 'unit'> {
  readonly used: Micros;
  readonly included: Micros | null;
  readonly endsAtMs: number;
  /** The member whose use it is; null for everybody's. */
  readonly memberId: string | null;
}

/** The days to come of a cycle or a window, with the instants at which they end. */
interface Horizon {
  readonly nowMs: number;
  readonly endsAtMs: number;
  readonly days: readonly (DayAhead & { readonly endsAtMs: number })[];
}

/**
 * Forecasts each counter with a limit, and the credits, to the end of the cycle, and each window of time that has begun to its own
 * end; a rolling one has none. It reads the daily rollups, so its cost does not
 * grow with the number of events.
 */
export async function readForecast(services: Services, reading: AccountReading): Promise<Forecast> {
  const { state, nowMs } = reading;
  const { id: accountId, timeZone } = state.profile;
  const today = dayOf(nowMs, timeZone);
  const figures = await Promise.all(
    subjectsOf(reading).map(async (subject) => {
      const span = { accountId, metric: subject.metric, fromDay: today - forecastDaysMax, toDay: today };
      const horizon = horizonOf(nowMs, subject.endsAtMs, timeZone);
      const { memberId } = subject;
      const cells = await services.store.readCells({ ...span, dimension: memberId === null ? '' : 'member' });
      const own = memberId === null ? cells : cells.filter(({ value }) => value === memberId);
      const used = new Map(own.map(({ day, quantity }) => [day, Math.max(0, unitsOf(quantity))]));
      const days: DayOfUse[] = [];
      for (let day = span.fromDay; day < today; day += 1)
        days.push({ weekday: weekdayOf(day), used: used.get(day) ?? 0 });
      const path = forecastUse(days, horizon.days);
      const known =
        days.length -
        Math.max(
          0,
          days.findIndex((day) => day.used > 0),
        );
      return path === null ? [] : [figureOf(subject, path, horizon, known)];
    }),
  );
  return {
    method: 'weekday_level',
    intervalPercent: forecastIntervalShare * 100,
    figures: figures.flat(),
    timeZone,
    asOf: formatInstant(nowMs),
  };
}

/** The forecast of each metric's cycle, then of the plan's windows, in the plan's order. */
function subjectsOf(reading: AccountReading): Subject[] {
  return [...cycleSubjects(reading), ...windowSubjects(reading)];
}

/** Windows that have begun and end, as far as the viewer sees their figures; a member's own only where a member reads. */
function windowSubjects(reading: AccountReading): Subject[] {
  const { viewer } = reading;
  if (viewer.view.usage !== 'units') return [];
  const shown = new Map(windowMeters(reading).map((meter) => [meter.id, meter]));
  return windowStandings(reading).flatMap(({ window, used, held, resetsAtMs }): Subject[] => {
    const { id, metric, kind, limit } = window;
    const meter = shown.get(id);
    const isOwn = window.of === 'member';
    if (resetsAtMs === null || kind === 'rolling' || !meter || meter.used === null) return [];
    if (meter.unit.currency !== undefined || (!isOwn && viewer.view.usageOf !== 'all')) return [];
    const { label } = meter;
    const unit = { one: meter.unit.one, other: meter.unit.other };
    const memberId = isOwn ? viewer.memberId : null;
    return [
      { metric, window: id, label, unit, used: used + held, included: limit, endsAtMs: resetsAtMs, memberId },
    ];
  });
}

/** Credits first, where the viewer sees them, then the counters that have a limit, in the catalog's order. */
function cycleSubjects({ state, catalog, plan, viewer }: AccountReading): Subject[] {
  const ofCycle = { window: null, endsAtMs: state.usage.endsAtMs, memberId: null };
  const subjects: Subject[] = [];
  if (catalog.unit === 'credits' && showsBalance(viewer, catalog.unit)) {
    const { spent, held, included } = creditPoolOf(state, catalog);
    const { creditLabel } = catalog;
    subjects.push({
      metric: creditsMetric,
      label: capitalised(creditLabel.other),
      unit: creditLabel,
      used: spent + held,
      included,
      ...ofCycle,
    });
  }
  if (viewer.view.usage !== 'units' || viewer.view.usageOf !== 'all') return subjects;
  for (const { metric: id, used, held, included } of limitedStandings(state, catalog, plan)) {
    const metric = catalog.metrics.get(id);
    if (metric === undefined || metric.kind === 'gauge' || included === null) continue;
    if (metric.countsFrom === 'charges' && !showsUnit(viewer, catalog.unit)) continue;
    subjects.push({
      metric: id,
      label: metric.label,
      unit: metric.unit,
      used: used + held,
      included,
      ...ofCycle,
    });
  }
  return subjects;
}

function horizonOf(nowMs: number, endsAtMs: number, timeZone: string): Horizon {
  const days: { weekday: number; share: number; endsAtMs: number }[] = [];
  for (let fromMs = nowMs; fromMs < endsAtMs; ) {
    const day = dayOf(fromMs, timeZone);
    const nextMs = startOfDayMs(day + 1, timeZone);
    const untilMs = Math.min(nextMs, endsAtMs);
    const share = (untilMs - fromMs) / (nextMs - startOfDayMs(day, timeZone));
    days.push({ weekday: weekdayOf(day), share, endsAtMs: untilMs });
    fromMs = untilMs;
  }
  return { nowMs, endsAtMs, days };
}

function figureOf(subject: Subject, path: ForecastPath, horizon: Horizon, days: number): ForecastFigure {
  const { metric, window, label, unit, used, included } = subject;
  return {
    metric,
    window,
    label,
    unit,
    used: formatAmount(used),
    included: formatOrNull(included),
    atEnd: amountAtEnd(used, path),
    runsOut: included === null ? null : runsOutOf(unitsOf(included - used), path, horizon),
    days,
    endsAt: formatInstant(horizon.endsAtMs),
  };
}

function amountAtEnd(used: Micros, { expected, low, high }: ForecastPath): ForecastAmount {
  const plus = (more: number | undefined) => formatAmount(used + microsOf(more ?? 0));
  return { expected: plus(expected.at(-1)), low: plus(low.at(-1)), high: plus(high.at(-1)) };
}

function runsOutOf(left: number, { expected, low, high }: ForecastPath, horizon: Horizon): RunsOut | null {
  const earliestMs = reachedAtMs(left, high, horizon);
  if (earliestMs === null) return null;
  return {
    expectedAt: formatInstantOrNull(reachedAtMs(left, expected, horizon)),
    earliestAt: formatInstant(earliestMs),
    latestAt: formatInstantOrNull(reachedAtMs(left, low, horizon)),
  };
}

/** When a path of sums has come to so much, evenly within its day; null where it does not within the horizon. */
function reachedAtMs(left: number, sums: readonly number[], { nowMs, days }: Horizon): number | null {
  if (left <= 0) return nowMs;
  const index = sums.findIndex((sum) => sum >= left);
  const day = days[index];
  if (day === undefined) return null;
  const before = sums[index - 1] ?? 0;
  const fromMs = days[index - 1]?.endsAtMs ?? nowMs;
  const share = (left - before) / ((sums[index] ?? left) - before);
  return Math.round(fromMs + (day.endsAtMs - fromMs) * share);
}

function weekdayOf(day: number): number {
  return ((day % 7) + 7) % 7;
}

function unitsOf(micros: Micros): number {
  return Number(micros) / 1e6;
}

/** Of an estimate, which has no more than tenths. */
function microsOf(units: number): Micros {
  return BigInt(Math.round(roundEstimate(units) * 10)) * 100_000n;
}
