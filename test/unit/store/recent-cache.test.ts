import { expect, it } from 'vitest';
import { RecentCache } from '../../../server/src/store/parts/recent-cache.ts';
import fc from '../../support/fast-check.ts';

it('F21: keeps at least so many that were used last, and never more than twice as many', () => {
  const sizeMax = 5;
  const keys = Array.from({ length: 30 }, (_, index) => `k-${index}`);
  const step = fc.record({
    key: fc.constantFrom(...keys),
    does: fc.constantFrom('put' as const, 'get' as const),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const cache = new RecentCache<string>(sizeMax);
      let used: string[] = [];
      for (const { key, does } of steps) {
        if (does === 'put') cache.put(key, key);
        else if (cache.get(key) === undefined) continue;
        used = [key, ...used.filter((other) => other !== key)];
        expect(cache.size).toBeLessThanOrEqual(2 * sizeMax);
      }
      for (const key of used.slice(0, sizeMax)) expect(cache.get(key)).toBe(key);
    }),
  );
});

it('F21: counts a value by what it weighs, also where it is put again or deleted', () => {
  const weightMax = 20;
  const weightest = 6;
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    weight: fc.integer({ min: 1, max: weightest }),
    does: fc.constantFrom('put' as const, 'get' as const, 'delete' as const),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const cache = new RecentCache<number>(weightMax, (weight) => weight);
      let used: [string, number][] = [];
      for (const { key, weight, does } of steps) {
        const others = used.filter(([other]) => other !== key);
        if (does === 'put') cache.put(key, weight);
        if (does === 'delete') cache.delete(key);
        const kept = cache.get(key);
        if (does !== 'get') expect(kept).toBe(does === 'put' ? weight : undefined);
        used = kept === undefined ? others : [[key, kept], ...others];
      }
      let left = weightMax - weightest;
      for (const [key, weight] of used) {
        left -= weight;
        if (left < 0) break;
        expect(cache.get(key)).toBe(weight);
      }
    }),
  );
});

it('F21: keeps fewer of those that weigh more', () => {
  const cache = new RecentCache<number>(100, () => 25);
  for (let index = 0; index < 1_000; index++) {
    cache.put(`k-${index}`, index);
    expect(cache.size).toBeLessThanOrEqual(8);
  }
});
