import type { MetricHistory, UsageHistory } from '../../contract/usage/usage.ts';
import { formatAmount, type Micros } from '../../domain/amounts/amounts.ts';
import type { Metric } from '../../domain/catalog/catalog-types.ts';
import { dayOf, startOfMonthMs } from '../../domain/time/calendar.ts';
import type { UsageCell } from '../../domain/usage/state.ts';
import { showsUnit } from '../access/amounts-in-view.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import { formatInstant } from '../http/instants.ts';
import type { Services } from '../services.ts';

const monthsShown = 6;

/**
 * Six months of every metric, summed from the daily rollups: months in the account's time zone, the last one still running. A
 * counter's month is its use in that month; a gauge's month is its level at the end, computed back from its present level.
 */
export async function readUsageHistory(services: Services, reading: AccountReading): Promise<UsageHistory> {
  const { state, nowMs } = reading;
  const { id: accountId, timeZone } = state.profile;
  const starts = monthStarts(nowMs, timeZone);
  const firstDays = starts.map((startMs) => dayOf(startMs, timeZone));
  const [fromDay = 0] = firstDays;
  const toDay = dayOf(nowMs, timeZone) + 1;
  const read = await Promise.all(
    shownMetrics(reading).map(async (metric) => {
      const query = { accountId, metric: metric.id, dimension: '', fromDay, toDay };
      return { metric, sums: sumByMonth(await services.store.readCells(query), firstDays) };
    }),
  );
  const begins = starts.findIndex((_start, month) => read.some(({ sums }) => sums[month] !== undefined));
  const months = begins === -1 ? [] : starts.slice(begins);
  return {
    months: months.map(formatInstant),
    metrics: read.map(({ metric, sums }) =>
      metricHistory(
        metric,
        metric.kind === 'gauge' ? levelsOf(sums, state.usage.gauges[metric.id]?.value ?? 0n) : sums,
        starts.length - months.length,
      ),
    ),
    timeZone,
    asOf: formatInstant(nowMs),
  };
}

function monthStarts(nowMs: number, timeZone: string): number[] {
  const starts = [startOfMonthMs(nowMs, timeZone)];
  while (starts.length < monthsShown) starts.unshift(startOfMonthMs((starts[0] ?? 0) - 1, timeZone));
  return starts;
}

/** The metrics of the meters and of the budget; money metrics only for viewers who may see money. */
function shownMetrics({ state, catalog, plan, viewer }: AccountReading): Metric[] {
  const { counters, gauges } = state.usage;
  return [...catalog.metrics.values()].filter(
    ({ id, countsFrom }) =>
      (plan.limits.has(id) || counters[id] !== undefined || gauges[id] !== undefined) &&
      (countsFrom !== 'charges' || showsUnit(viewer, catalog.unit)),
  );
}

/** One sum a month; undefined where nothing was counted in it. */
function sumByMonth(cells: readonly UsageCell[], firstDays: readonly number[]): (Micros | undefined)[] {
  const sums: (Micros | undefined)[] = firstDays.map(() => undefined);
  for (const { day, quantity } of cells) {
    const month = firstDays.findLastIndex((firstDay) => firstDay <= day);
    sums[month] = (sums[month] ?? 0n) + quantity;
  }
  return sums;
}

/** Where a gauge stood at the end of each month, from its changes and where it stands now. */
function levelsOf(changes: readonly (Micros | undefined)[], present: Micros): Micros[] {
  const levels = [...changes].fill(present) as Micros[];
  for (let month = changes.length - 2; month >= 0; month--)
    levels[month] = (levels[month + 1] ?? 0n) - (changes[month + 1] ?? 0n);
  return levels;
}

function metricHistory(
  { id, label, unit, kind }: Metric,
  values: readonly (Micros | undefined)[],
  leftOut: number,
): MetricHistory {
  return {
    metric: id,
    label,
    unit,
    kind,
    values: values.slice(leftOut).map((value) => formatAmount(value ?? 0n)),
  };
}
