import { msPerHour } from '../../contract/values/durations.ts';
import type { Micros } from '../amounts/amounts.ts';
import { dayOf, startOfDayMs } from '../time/calendar.ts';
import { CellSums } from './cell-sums.ts';
import type { UsageCell, UsageRecord } from './state.ts';

/** The metric under which rollups keep charges. */
export const creditsMetric = 'credits';

/** The dimension of the sums by hour, counted from the start of the local day: `0`, `1` and so on. */
export const hourDimension = 'hour';

/** Dimensions of a record as a whole, with the rollups' names for them. */
const recordDimensions = [
  ['agent', 'agentId'],
  ['project', 'projectId'],
  ['member', 'memberId'],
  ['apiKey', 'apiKeyId'],
  ['category', 'category'],
] as const;

/**
 * The rollup cells of usage records: each day's total, and its part for each value of each dimension. Use without a value of a
 * dimension has no cell; it is the total minus the dimension's cells. Days, and their hours, follow the account's time zone.
 */
export function cellsOf(records: readonly UsageRecord[], timeZone: string): readonly UsageCell[] {
  const sums = new CellSums();
  for (const record of records) {
    const { accountId } = record;
    const day = dayOf(record.atMs, timeZone);
    const hour = String(Math.floor((record.atMs - startOfDayMs(day, timeZone)) / msPerHour));
    const add = (metric: string, dimension: string, value: string, quantity: Micros) => {
      if (quantity !== 0n) sums.add({ accountId, day, metric, dimension, value, quantity });
    };
    const addWithDimensions = (metric: string, quantity: Micros) => {
      add(metric, '', '', quantity);
      add(metric, hourDimension, hour, quantity);
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
