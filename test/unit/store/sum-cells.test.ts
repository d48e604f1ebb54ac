import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UsageCell } from '../../../server/src/domain/state.ts';
import { sumCells } from '../../../server/src/store/parts/sum-cells.ts';
import { sampleCell } from '../../store/account-samples.ts';

const cell = fc
  .record({
    accountId: fc.constantFrom('a', 'b'),
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

describe('sumCells', () => {
  it('gives one cell a key, and for each the sum of its quantities, however many there are', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 300 }), (cells) => {
        const expected = new Map<string, bigint>();
        for (const each of cells)
          expected.set(keyOf(each), (expected.get(keyOf(each)) ?? 0n) + each.quantity);
        const summed = sumCells(cells);
        expect(new Map(summed.map((each) => [keyOf(each), each.quantity]))).toEqual(expected);
        expect(summed).toHaveLength(expected.size);
      }),
    );
  });

  it("keeps an account's cells in the order in which they first came", () => {
    const values = ['c', 'a', 'b', 'a', 'c', 'd'];
    const summed = sumCells(values.map((value) => sampleCell('a', { value })));
    expect(summed.map((each) => each.value)).toEqual(['c', 'a', 'b', 'd']);
  });
});
