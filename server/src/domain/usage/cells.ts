import { msPerHour } from '../../contract/values/durations.ts';
import type { Micros } from '../amounts/amounts.ts';
import { dayOf, startOfDayMs } from '../time/calendar.ts';
import { CellSums } from './cell-sums.ts';
import type { AddedCell, CountedUse, UsageRecord } from './state.ts';

/** The metric under which rollups keep charges. */
export const creditsMetric = 'credits';

/** The dimension of the sums by hour, counted from the start of the local day: `0`, `1` and so on. */
export const hourDimension = 'hour';

/** The dimension of the sums by member. */
export const memberDimension = 'member';

/** Dimensions of a record as a whole, with the rollups' names for them. */
const recordDimensions = [
  ['agent', 'agentId'],
  ['project', 'projectId'],
  [memberDimension, 'memberId'],
  ['apiKey', 'apiKeyId'],
  ['category', 'category'],
] as const;

/** So much of a metric, for a value of a dimension. */
type AddCount = (metric: string, dimension: string, value: string, quantity: Micros) => void;

/**
 * The rollup cells of usage records: each day's total, and its part for each value of each dimension. Use without a value of a
 * dimension has no cell; it is the total minus the dimension's cells. Days, and their hours, follow the account's time zone. Each cell
 * says the hour and the member; by each of them the stores keep the same sums by dimension.
 */
export function cellsOf(records: readonly UsageRecord[], timeZone: string): readonly AddedCell[] {
  const sums = new CellSums();
  for (const record of records) {
    const { accountId } = record;
    const { memberId } = record.dimensions;
    const day = dayOf(record.atMs, timeZone);
    const hour = Math.floor((record.atMs - startOfDayMs(day, timeZone)) / msPerHour);
    const add: AddCount = (metric, dimension, value, quantity) => {
      if (memberId === undefined) sums.add({ accountId, day, metric, dimension, value, quantity, hour });
      else sums.add({ accountId, day, metric, dimension, value, quantity, hour, memberId });
    };
    addCounts(record, (metric, dimension, value, quantity) => {
      add(metric, dimension, value, quantity);
      if (dimension === '') add(metric, hourDimension, String(hour), quantity);
    });
  }
  return sums.cells;
}

/** As much of a record as tells what it counted of a metric: charge and lines only of credits, counts only of other metrics. */
export function countedUseOf({ atMs, dimensions, ...use }: UsageRecord, metric: string): CountedUse {
  const { counts, lines, charge } = use;
  return metric === creditsMetric
    ? { atMs, dimensions, counts: [], lines, charge }
    : { atMs, dimensions, counts, lines: [], charge: 0n };
}

/** What one use counts: of each metric in all (dimension '') and for each value of each dimension, apart from its time. */
export function addCounts(use: CountedUse, addCount: AddCount): void {
  const add: AddCount = (metric, dimension, value, quantity) => {
    if (quantity !== 0n) addCount(metric, dimension, value, quantity);
  };
  const addWithDimensions = (metric: string, quantity: Micros) => {
    add(metric, '', '', quantity);
    for (const [dimension, key] of recordDimensions) {
      const value = use.dimensions[key];
      if (value !== undefined) add(metric, dimension, value, quantity);
    }
  };
  for (const count of use.counts) {
    addWithDimensions(count.metric, count.quantity);
    if (count.model !== undefined) add(count.metric, 'model', count.model, count.quantity);
    if (count.tier !== undefined) add(count.metric, 'tier', count.tier, count.quantity);
    if (count.tool !== undefined) add(count.metric, 'tool', count.tool, count.quantity);
  }
  addWithDimensions(creditsMetric, use.charge);
  for (const line of use.lines) {
    add(creditsMetric, 'lineItem', line.kind, line.amount);
    if (line.kind === 'llm') add(creditsMetric, 'model', line.ref, line.amount);
    if (line.tier !== undefined) add(creditsMetric, 'tier', line.tier, line.amount);
    if (line.kind === 'tool') add(creditsMetric, 'tool', line.ref, line.amount);
  }
}
