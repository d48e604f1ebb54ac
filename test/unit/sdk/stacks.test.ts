import { describe, expect, it } from 'vitest';
import { byAgent } from '../../../sdk/gallery/fixtures/series.ts';
import {
  type ColoursByValue,
  restColour,
  stackColours,
} from '../../../sdk/src/components/usage-history/panels/stack-colours.ts';
import { dayTotals } from '../../../sdk/src/derive/usage/day-points.ts';
import { stackPoints } from '../../../sdk/src/derive/usage/stack-points.ts';
import { type Share, topShares } from '../../../sdk/src/derive/usage/top-shares.ts';

const share = (value: string | null, restCount?: number): Share => ({
  value,
  label: value ?? '',
  total: '1',
  percent: 1,
  ...(restCount === undefined ? {} : { restCount }),
});

describe('the parts of a bar', () => {
  it('A9: sum to what the day had, the rest among them', () => {
    const shares = topShares(byAgent.groups, String, 3);
    const points = stackPoints(byAgent, shares);
    const totals = dayTotals(byAgent);
    points.forEach(({ at, ...parts }, place) => {
      expect(at).toBe(byAgent.buckets[place]);
      const sum = Object.values(parts).reduce<number>((total, value = 0) => total + value, 0);
      expect(sum).toBeCloseTo(Number(totals[place]), 6);
    });
  });

  it('A9: keep their colours while others come and go', () => {
    const kept: ColoursByValue = new Map();
    expect(stackColours([share('a'), share('b'), share('other', 2)], kept)).toEqual([1, 2, restColour]);
    expect(stackColours([share('b'), share('c'), share(null)], kept)).toEqual([2, 1, 3]);
    expect(stackColours([share('c'), share('b')], kept)).toEqual([1, 2]);
    const many = ['c', 'b', 'd', 'e', 'f', 'g'].map((value) => share(value));
    const colours = stackColours(many, kept);
    expect(new Set(colours).size).toBe(6);
    expect(colours.slice(0, 2)).toEqual([1, 2]);
  });

  it('do not take a value called other for what stands for all the others', () => {
    const kept: ColoursByValue = new Map();
    expect(stackColours([share('other'), share('other', 3)], kept)).toEqual([1, restColour]);
  });
});
