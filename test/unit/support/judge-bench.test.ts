import { expect, it } from 'vitest';
import { judge } from '../../bench/bench.ts';

it.each([
  [0.5, 0.5, true],
  [0.4999, 0.499, false],
  [1.23456, 1.234, true],
])('judges a ratio of %d by the %d that it prints', (ratio, shown, met) => {
  expect(judge({ target: 0.5 }, { ratio })).toEqual({ ratio: shown, target: 0.5, met });
});
