import { expect, it } from 'vitest';
import rowTitles from '../../rows.json' with { type: 'json' };

it('the copy of the product list holds every row once', () => {
  const lastOf = { A: 11, B: 15, C: 14, D: 15, E: 15, F: 30 };
  const ids = Object.entries(lastOf).flatMap(([group, last]) =>
    Array.from({ length: last }, (_, index) => `${group}${index + 1}`),
  );
  expect(Object.keys(rowTitles)).toEqual(ids);
});
