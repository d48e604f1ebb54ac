import { describe, expect, it } from 'vitest';
import { CellSums } from '../../../../server/src/domain/usage/cell-sums.ts';
import type { UsageCell } from '../../../../server/src/domain/usage/state.ts';
import { sampleCell } from '../../../store/account-samples.ts';
import fc from '../../../support/fast-check.ts';

const cell = fc
  .record({
    day: fc.integer({ min: 1, max: 3 }),
    metric: fc.constantFrom('requests', 'credits'),
    dimension: fc.constantFrom('', 'agent', 'model'),
    value: fc.constantFrom('', 'x', 'y', 'z'),
    quantity: fc.bigInt({ min: -5n, max: 10n ** 18n }),
  })
  .map((parts) => sampleCell('a', parts));

function keyOf({ quantity: _, ...key }: UsageCell): string {
  return JSON.stringify(key);
}

function sumsOf(cells: readonly UsageCell[]): readonly UsageCell[] {
  const sums = new CellSums();
  for (const each of cells) sums.add(each);
  return sums.cells;
}

describe('CellSums', () => {
  it('gives one cell a key, and for each the sum of its quantities, however many there are', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 300 }), (cells) => {
        const expected = new Map<string, bigint>();
        for (const each of cells)
          expected.set(keyOf(each), (expected.get(keyOf(each)) ?? 0n) + each.quantity);
        const summed = sumsOf(cells);
        expect(new Map(summed.map((each) => [keyOf(each), each.quantity]))).toEqual(expected);
        expect(summed).toHaveLength(expected.size);
      }),
    );
  });

  it('adds up the same cells in the same order again and again', () => {
    const use = ['a', 'b', 'c'].map((value) => sampleCell('a', { value, quantity: 2n }));
    const summed = sumsOf([...use, ...use, ...use]);
    expect(summed.map(({ value, quantity }) => [value, quantity])).toEqual([
      ['a', 6n],
      ['b', 6n],
      ['c', 6n],
    ]);
    expect(use.map(({ quantity }) => quantity)).toEqual([2n, 2n, 2n]);
  });

  it('goes on from distinct cells as from the same ones added one by one, and changes none of them', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), fc.array(cell, { maxLength: 60 }), (waiting, added) => {
        const distinct = sumsOf(waiting);
        const before = structuredClone(distinct);
        const sums = new CellSums(distinct);
        for (const each of added) sums.add(each);
        expect(sums.cells).toEqual(sumsOf([...distinct, ...added]));
        expect(distinct).toEqual(before);
      }),
    );
  });

  it('keeps cells in the order in which they first came', () => {
    const values = ['c', 'a', 'b', 'a', 'c', 'd'];
    const summed = sumsOf(values.map((value) => sampleCell('a', { value })));
    expect(summed.map((each) => each.value)).toEqual(['c', 'a', 'b', 'd']);
  });
});
