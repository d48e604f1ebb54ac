import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountScale, amountTicks } from '../../../../sdk/src/charts/scale/amount-scale.ts';
import { barSpan, bucketScale } from '../../../../sdk/src/charts/scale/bucket-scale.ts';
import { endsOfStack, stackOffsets } from '../../../../sdk/src/charts/scale/stack-offsets.ts';
import { evenTicks } from '../../../../sdk/src/derive/even-ticks.ts';

/** As amounts are, to a millionth. */
const amount = fc
  .oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }),
    fc.double({ min: -1e-3, max: 1e-3, noNaN: true }),
  )
  .map((value) => Number(value.toFixed(6)));

describe('the amounts of a chart', () => {
  it.each([
    [0, 0, [0]],
    [7, -3, [-5, 0, 5, 10]],
    [0, -30, [-30, -20, -10, 0]],
    [1e15, 0, [0, 2e14, 4e14, 6e14, 8e14, 1e15]],
    [Number.NaN, 0, [0]],
    [Number.POSITIVE_INFINITY, 0, [0]],
    [Number.MIN_VALUE, 0, [0]],
  ])('A9: have even ticks from %d down to %d, with zero among them', (most, least, ticks) => {
    expect(evenTicks(most, least)).toEqual(ticks);
  });

  it('A9: are all between the first tick and the last, at most six and evenly apart', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), (amounts) => {
        const ticks = amountTicks(amounts);
        expect(ticks).toContain(0);
        expect(ticks.length).toBeLessThanOrEqual(6);
        const [first = 0, second = 0] = ticks;
        const slack = Math.abs(second - first) * 1e-9;
        for (const each of amounts) {
          expect(each).toBeGreaterThanOrEqual(first - slack);
          expect(each).toBeLessThanOrEqual((ticks.at(-1) ?? 0) + slack);
        }
        ticks.forEach((tick, place) => {
          const step = tick - (ticks[place - 1] ?? 0);
          if (place > 0) expect(Math.abs(step - (second - first))).toBeLessThanOrEqual(slack);
        });
      }),
    );
  });

  it('A9: are drawn between the top and the bottom, greater ones higher, and never nowhere', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), (amounts) => {
        const { yOf } = amountScale(amountTicks(amounts), 8, 192);
        const sorted = amounts.toSorted((one, other) => one - other);
        const heights = sorted.map(yOf);
        heights.forEach((y, place) => {
          expect(y).toBeGreaterThanOrEqual(8 - 1e-6);
          expect(y).toBeLessThanOrEqual(192 + 1e-6);
          if (place > 0) expect(y).toBeLessThanOrEqual((heights[place - 1] ?? 0) + 1e-6);
        });
        for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) expect(yOf(wrong)).toBe(192);
      }),
    );
  });

  it('A9: may be of four hundred days with ten thousand parts in all, more than a call has arguments for', () => {
    expect(amountTicks(Array.from({ length: 400_000 }, (_, place) => place % 97))).toEqual([
      0, 20, 40, 60, 80, 100,
    ]);
  });
});

describe('the buckets of a chart', () => {
  const span = { left: 40, right: 640, rightToLeft: false } as const;

  it.each(['bands', 'points'] as const)('A9: as %s stand within the drawing, evenly apart', (kind) => {
    for (const count of [0, 1, 2, 30, 400]) {
      const { middleOf, step } = bucketScale({ ...span, count, kind });
      const middles = Array.from({ length: count }, (_, index) => middleOf(index));
      middles.forEach((middle, index) => {
        expect(middle).toBeGreaterThanOrEqual(40);
        expect(middle).toBeLessThanOrEqual(640);
        if (index > 0) expect(middle - (middles[index - 1] ?? 0)).toBeCloseTo(step, 9);
      });
    }
  });

  it.each(['bands', 'points'] as const)(
    'A9: as %s are mirrored where reading begins at the right',
    (kind) => {
      const count = 12;
      const { middleOf } = bucketScale({ ...span, count, kind });
      const mirrored = bucketScale({ ...span, count, kind, rightToLeft: true });
      for (let index = 0; index < count; index += 1)
        expect(mirrored.middleOf(index)).toBeCloseTo(middleOf(count - 1 - index), 9);
    },
  );

  it('A9: are found again from where they stand, and from beyond the ends', () => {
    for (const rightToLeft of [false, true])
      for (const kind of ['bands', 'points'] as const)
        for (const count of [1, 2, 30, 400]) {
          const { middleOf, nearestTo } = bucketScale({ ...span, count, kind, rightToLeft });
          for (let index = 0; index < count; index += 1) expect(nearestTo(middleOf(index))).toBe(index);
          expect(nearestTo(-500)).toBe(rightToLeft ? count - 1 : 0);
          expect(nearestTo(5_000)).toBe(rightToLeft ? 0 : count - 1);
        }
    expect(bucketScale({ ...span, count: 0, kind: 'bands' }).nearestTo(100)).toBeUndefined();
  });

  it('A9: have bars in whole pixels that leave gaps while there is room for them', () => {
    for (const count of [1, 7, 30, 90, 400]) {
      const buckets = bucketScale({ ...span, count, kind: 'bands' });
      const bars = Array.from({ length: count }, (_, index) => barSpan(buckets, index));
      for (const { x, width } of bars) expect([x % 1, width % 1]).toEqual([0, 0]);
      const [{ width } = { width: 0 }] = bars;
      expect(width).toBeGreaterThanOrEqual(1);
      expect(width).toBeLessThanOrEqual(28);
      if (count > 90) continue;
      bars.forEach(({ x }, index) => {
        const before = bars[index - 1];
        if (before) expect(x).toBeGreaterThan(before.x + before.width);
      });
    }
  });

  it('A9: are nowhere else than in the drawing where there is no room at all', () => {
    const { middleOf, step } = bucketScale({
      count: 30,
      left: 80,
      right: 20,
      kind: 'bands',
      rightToLeft: true,
    });
    expect([step, Number.isFinite(middleOf(29))]).toEqual([0, true]);
  });
});

describe('the parts of a bar', () => {
  it('A9: stand on each other and sum to the bar, ten thousand of them as well', () => {
    const values = Array.from({ length: 10_000 }, (_, place) => place % 7);
    const offsets = stackOffsets(values);
    expect(offsets.at(-1)?.to).toBe(values.reduce((sum, value) => sum + value, 0));
    offsets.forEach(({ from, to }, place) => {
      expect(to - from).toBe(values[place]);
      if (place > 0) expect(from).toBe(offsets[place - 1]?.to);
    });
  });

  it('A9: hang from zero where they are negative, and a missing one takes no room', () => {
    const offsets = stackOffsets([3, -2, undefined, 4, Number.NaN, -1]);
    expect(offsets.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [0, -2],
      [3, 3],
      [3, 7],
      [7, 7],
      [-2, -3],
    ]);
    expect(endsOfStack(offsets)).toEqual({ top: 3, bottom: 5 });
    expect(endsOfStack(stackOffsets([0, undefined]))).toEqual({ top: -1, bottom: -1 });
  });
});
