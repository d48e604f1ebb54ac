import { msPerHour } from '../../contract/values/durations.ts';
import type { Micros } from '../amounts/amounts.ts';
import { dayOf, startOfDayMs } from '../time/calendar.ts';
import { CellSums } from './cell-sums.ts';
import type { AddedCell, UsageRecord } from './state.ts';

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
    const add = (metric: string, dimension: string, value: string, quantity: Micros) => {
      if (quantity === 0n) return;
      if (memberId === undefined) sums.add({ accountId, day, metric, dimension, value, quantity, hour });
      else sums.add({ accountId, day, metric, dimension, value, quantity, hour, memberId });
    };
    const addWithDimensions = (metric: string, quantity: Micros) => {
      add(metric, '', '', quantity);
      add(metric, hourDimension, String(hour), quantity);
      for (const [dimension, key] of recordDimensions) {
        const value = record.dimensions[key];
        if (value !== undefined) add(metric, dimension, value, quantity);
      }
    };
    for (const count of record.counts) {
      addWithDimensions(count.metric, count.quantity);
      if (count.model !== undefined) add(count.metric, 'model', count.model, count.quantity);
      if (count.tier !== undefined) add(count.metric, 'tier', count.tier, count.quantity);
      if (count.tool !== undefined) add(count.metric, 'tool', count.tool, count.quantity);
    }
    addWithDimensions(creditsMetric, record.charge);
    for (const line of record.lines) {
      add(creditsMetric, 'lineItem', line.kind, line.amount);
      if (line.kind === 'llm') add(creditsMetric, 'model', line.ref, line.amount);
      if (line.tier !== undefined) add(creditsMetric, 'tier', line.tier, line.amount);
      if (line.kind === 'tool') add(creditsMetric, 'tool', line.ref, line.amount);
    }
  }
  return sums.cells;
}
