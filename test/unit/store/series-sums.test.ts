import { expect, it } from 'vitest';
import { apiBounds } from '../../../server/src/contract/api-bounds.ts';
import { otherValue } from '../../../server/src/contract/usage/other-value.ts';
import { SeriesSums } from '../../../server/src/store/parts/series-sums.ts';

it('I8: keeps every value that a table kept, wherever the sum of the others stands among them', () => {
  const sums = new SeriesSums();
  const kept = Array.from({ length: apiBounds.seriesValuesMax }, (_, index) => `agent-${index}`);
  for (const value of [otherValue, ...kept, 'agent-new']) sums.add({ day: 1, value, quantity: 1n });
  const found = new Map(sums.cells(0, 2).map(({ value, quantity }) => [value, quantity]));
  expect([...found.keys()].sort()).toEqual([otherValue, ...kept].sort());
  expect(found.get(otherValue)).toBe(2n);
});
