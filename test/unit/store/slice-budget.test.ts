import { expect, it } from 'vitest';
import { measuredSlices, pageInSlices, rowsReadAtOnce } from '../../../server/src/store/parts/page-of.ts';
import { SliceBudget, SliceSize, sliceMs } from '../../../server/src/store/parts/slice-budget.ts';

/** A clock that work moves. */
function clock() {
  let nowMs = 0;
  return {
    stopwatchMs: () => nowMs,
    work: (ms: number) => {
      nowMs += ms;
    },
  };
}

it('F21: ends a slice with the item during which its time is over, and has one at least', () => {
  const { stopwatchMs, work } = clock();
  const taken = (items: number[], msPerItem: number) => {
    const done: number[] = [];
    for (const item of new SliceBudget(stopwatchMs).take(items)) {
      work(msPerItem);
      done.push(item);
    }
    return done;
  };
  expect(taken([1, 2, 3], 0)).toEqual([1, 2, 3]);
  expect(taken([1, 2, 3], sliceMs / 2)).toEqual([1, 2]);
  expect(taken([1, 2, 3], sliceMs * 100)).toEqual([1]);
  expect(taken([], 1)).toEqual([]);
});

it('F21: makes a slice as large as the one before had time for, at most twice as large, and never larger than it may be', () => {
  const { stopwatchMs, work } = clock();
  const size = new SliceSize({ rowsMax: 100, rowsFirst: 20, stopwatchMs });
  const rowsAfter = (msPerRow: number) => {
    const took = size.begin();
    work(size.rows * msPerRow);
    took();
    return size.rows;
  };
  expect(rowsAfter(0)).toBe(40);
  expect(rowsAfter(0)).toBe(80);
  expect(rowsAfter(0)).toBe(100);
  expect(rowsAfter(sliceMs / 10)).toBe(10);
  expect(rowsAfter(sliceMs * 10)).toBe(4);
});

it('F21: reads a list a slice at a time, in smaller slices where rows take long, each row once', async () => {
  for (const msPerRow of [0, 1]) {
    const { stopwatchMs, work } = clock();
    const size = measuredSlices(rowsReadAtOnce, stopwatchMs);
    const slices: number[] = [];
    let turns = 0;
    const nextTurn = async () => {
      turns += 1;
    };
    const rows = Array.from({ length: 400 }, (_, index) => index);
    const page = await pageInSlices({ limit: 320 }, { nextTurn, size }, async ({ limit, cursor = '0' }) => {
      const took = size.begin();
      slices.push(limit);
      work(limit * msPerRow);
      took(limit);
      const from = Number(cursor);
      return { items: rows.slice(from, from + limit), nextCursor: String(from + limit) };
    });
    expect(page).toEqual({ items: rows.slice(0, 320), nextCursor: '320' });
    expect(turns).toBe(slices.length - 1);
    expect(Math.max(...slices)).toBeLessThanOrEqual(rowsReadAtOnce);
    if (msPerRow > 0) expect(new Set(slices.slice(1, -1))).toEqual(new Set([sliceMs]));
  }
});
