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
