import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { inSlices } from '../../../server/src/store/in-slices.ts';
import { SliceSize, sliceMs } from '../../../server/src/store/parts/slice-budget.ts';
import { TableReads } from '../../../server/src/store/postgres/rows/table-reads.ts';
import fc from '../../support/fast-check.ts';

it('F21: makes each item once and in order, in groups that the clock ends, with a turn for others between two', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 * sliceMs }), { maxLength: 60 }), async (costs) => {
      let nowMs = 0;
      let turns = 0;
      const slicing = {
        stopwatchMs: () => nowMs,
        nextTurn: async () => {
          turns += 1;
          // What others do in their turn is not the slice's time.
          nowMs += 100;
        },
      };
      const groups: { places: readonly number[]; turns: number }[] = [];
      const places = costs.map((_, place) => place);
      const make = (place: number) => {
        nowMs += costs[place] ?? 0;
        return place;
      };
      for await (const made of inSlices(places, slicing, make)) groups.push({ places: made, turns });
      expect(groups.flatMap((group) => group.places)).toEqual(places);
      expect(groups.map((group) => group.turns)).toEqual(groups.map((_, index) => index));
      const spent = (some: readonly number[]) => some.reduce((sum, place) => sum + (costs[place] ?? 0), 0);
      for (const [index, group] of groups.entries()) {
        expect(group.places.length).toBeGreaterThan(0);
        // The item during which the time is over is the last one, and none but the last group ends before.
        expect(spent(group.places.slice(0, -1))).toBeLessThan(sliceMs);
        if (index < groups.length - 1) expect(spent(group.places)).toBeGreaterThanOrEqual(sliceMs);
      }
    }),
  );
});

it('F21: reads a list of PostgreSQL in slices as large as decoding has time for', async () => {
  const row = { id: 'm', body: '{}' };
  const pool = { query: async () => ({ rows: Array.from({ length: 40 }, () => row) }) } as unknown as Pool;
  // Each look at the watch finds 40 rows decoded in twice the time of a slice.
  let nowMs = 0;
  const stopwatchMs = () => {
    nowMs += 2 * sliceMs;
    return nowMs;
  };
  const size = new SliceSize({ rowsMax: 100, rowsFirst: 40, stopwatchMs });
  const reads = new TableReads(pool, true);
  await reads.timedBy(size).accounts({ limit: 40 });
  expect(size.rows).toBe(20);
});
