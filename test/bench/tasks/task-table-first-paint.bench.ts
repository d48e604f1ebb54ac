import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';
import { withTaskTablePages } from './task-table-in-chromium.ts';

export const bench: Bench = {
  name: 'task-table-first-paint',
  description: 'first paints a second of a TaskTable of 100,000 rows in Chromium, against one of 100',
  // At most one and a half times the time.
  target: 0.667,
  measure: () =>
    withTaskTablePages(async (withTaskTable) => {
      const paintsASecond = (rowCount: number) =>
        withTaskTable(async (table) => 1_000 / (await table.showTable(rowCount)));
      const { ratio, ours, theirs } = await alternate(
        15,
        () => paintsASecond(100_000),
        () => paintsASecond(100),
      );
      return {
        ratio,
        figures: {
          'milliseconds to the first paint of 100,000 rows': 1_000 / ours,
          'milliseconds to the first paint of 100 rows': 1_000 / theirs,
        },
      };
    }),
};
