import { expect, it } from 'vitest';
import { shareEqual } from '../../../sdk/src/derive/share-equal.ts';

const before = () => ({
  cycle: { startsAt: 'a' },
  meters: [
    { id: 'x', used: '1' },
    { id: 'y', used: '2' },
  ],
  asOf: '1',
});

it('gives the older object where nothing has changed', () => {
  const old = before();
  expect(shareEqual(old, before())).toBe(old);
});

it('gives the newer values, with every part that says the same from the older one', () => {
  const old = before();
  const now = {
    ...before(),
    asOf: '2',
    meters: [
      { id: 'x', used: '5' },
      { id: 'y', used: '2' },
      { id: 'z', used: '3' },
    ],
  };
  const shared = shareEqual(old, now);
  expect(shared).toEqual(now);
  expect(shared.cycle).toBe(old.cycle);
  expect(shared.meters[1]).toBe(old.meters[1]);
  expect(shared.meters[0]).not.toBe(old.meters[0]);
});

it('lets what is gone go', () => {
  expect(shareEqual({ a: 1, b: [1, 2, 3] }, { b: [1] })).toEqual({ b: [1] });
  expect(shareEqual(undefined, null)).toBe(null);
  expect(shareEqual({ a: 1 }, null)).toBe(null);
});
