import type { Bench } from '../bench.ts';
import { withTaskTablePages } from './task-table-in-chromium.ts';

const rounds = 4;
const framesARound = 180;
/** Three heights of the table a second. */
const stepPx = 28;
const frameMs = 1_000 / 60;

export const bench: Bench = {
  name: 'task-table-scrolling',
  description: 'frames dropped while a TaskTable of 100 rows is scrolled in Chromium, against one of 100,000',
  // At most one and a half times as many are dropped of the long one.
  target: 0.667,
  measure: () =>
    withTaskTablePages(async (withTaskTable) => {
      const scroll = (rowCount: number) =>
        withTaskTable(async (table) => {
          await table.showTable(rowCount);
          // What the first paint leaves to be done is not what scrolling costs.
          await table.scroll(30, stepPx);
          return table.scroll(framesARound, stepPx);
        });
      const many = { dropped: 0, blank: 0, milliseconds: [] as number[] };
      const few = { dropped: 0, blank: 0, milliseconds: [] as number[] };
      const add = async (to: typeof many, rowCount: number) => {
        const { millisecondsOfFrames, blank } = await scroll(rowCount);
        to.dropped += millisecondsOfFrames.reduce((sum, each) => sum + dropped(each), 0);
        to.blank += blank;
        to.milliseconds.push(...millisecondsOfFrames);
      };
      for (let round = 0; round < rounds; round += 1) {
        // Who goes first changes, so that neither always finds the other's traces.
        if (round % 2 === 0) await add(many, 100_000);
        await add(few, 100);
        if (round % 2 === 1) await add(many, 100_000);
      }
      return {
        // One is added to each, since a machine that is quick enough drops none of either.
        ratio: (few.dropped + 1) / (many.dropped + 1),
        figures: {
          [`frames dropped while ${rounds * framesARound} were shown of 100,000 rows`]: many.dropped,
          [`frames dropped while ${rounds * framesARound} were shown of 100 rows`]: few.dropped,
          'milliseconds of a frame with 100,000 rows, 95th percentile': percentile(many.milliseconds, 0.95),
          'milliseconds of a frame with 100 rows, 95th percentile': percentile(few.milliseconds, 0.95),
          'frames of 100,000 rows that lacked one in sight': many.blank,
        },
      };
    }),
};

/** Frames that should have come within this time and did not. */
function dropped(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds / frameMs) - 1);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
