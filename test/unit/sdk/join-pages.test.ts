import { expect, it } from 'vitest';
import { joinRest } from '../../../sdk/src/derive/join-pages.ts';

const listOf = (ids: string[], nextCursor: string | null) => ({
  items: ids.map((id) => ({ id })),
  nextCursor,
});

it('keeps the rest of a list whose head was read again', () => {
  expect(joinRest(listOf(['new', 'a'], 'after a'), listOf(['a', 'b'], 'after b'))).toEqual(
    listOf(['new', 'a', 'b'], 'after b'),
  );
});

it('drops the last items of a list once a whole reading no longer has them', () => {
  expect(joinRest(listOf(['a'], null), listOf(['a', 'b'], null))).toEqual(listOf(['a'], null));
});
