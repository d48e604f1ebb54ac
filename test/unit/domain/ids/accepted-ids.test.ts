import { expect, it } from 'vitest';
import { acceptedIds, acceptedIdsToldMax } from '../../../../server/src/domain/ids/accepted-ids.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);

it('tells all ids up to its bound, then how many more there are, and what there is none of', () => {
  expect(acceptedIds([], 'no seat type')).toBe('no seat type');
  expect(acceptedIds(ids(2).values(), 'none')).toBe('id-0, id-1');
  expect(acceptedIds(ids(acceptedIdsToldMax), 'none')).toBe(ids(acceptedIdsToldMax).join(', '));
  expect(acceptedIds(ids(acceptedIdsToldMax + 3), 'none')).toBe(
    `${ids(acceptedIdsToldMax).join(', ')}, and 3 more`,
  );
  expect(acceptedIds(ids(3), 'none', 2)).toBe('id-0, id-1, and 1 more');
});
