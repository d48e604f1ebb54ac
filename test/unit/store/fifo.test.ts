import { expect, it, vi } from 'vitest';
import { Fifo } from '../../../server/src/store/parts/fifo.ts';
import fc from '../../support/fast-check.ts';

it('gives what came first, whatever was taken before', () => {
  const step = fc.oneof(
    fc.record({ push: fc.integer() }),
    fc.record({ drop: fc.integer({ min: 0, max: 5 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const fifo = new Fifo<number>();
      const model: number[] = [];
      for (const each of steps) {
        if ('push' in each) {
          fifo.push(each.push);
          model.push(each.push);
        } else {
          fifo.drop(each.drop);
          model.splice(0, each.drop);
        }
        expect(fifo.length).toBe(model.length);
        expect(fifo.peek()).toBe(model[0]);
        expect(fifo.oldest(3)).toEqual(model.slice(0, 3));
        expect(fifo.all()).toEqual(model);
      }
    }),
  );
});

it('moves each item about once while a long one is worked off in slices', () => {
  const fifo = new Fifo<number>();
  const count = 60_000;
  for (let item = 0; item < count; item++) fifo.push(item);
  const slice = vi.spyOn(Array.prototype, 'slice');
  while (fifo.length > 0) fifo.drop(300);
  const moved = slice.mock.results.map(({ value }) => (value as unknown[]).length);
  slice.mockRestore();
  // Taken from the front of an array, they would be 6 million.
  expect(moved.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(count);
});
