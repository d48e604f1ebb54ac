import { expect, it, vi } from 'vitest';
import { ItemMap } from '../../../server/src/store/parts/item-map.ts';
import fc from '../../support/fast-check.ts';

it('F21: keeps what many accounts have under one id apart, as a map by both would', () => {
  const names = fc.constantFrom('a', 'b', 'c', 'd');
  const steps = fc.array(fc.tuple(names, names, fc.option(fc.integer())), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (list) => {
      const map = new ItemMap<number>();
      const model = new Map<string, number>();
      for (const [account, id, value] of list) {
        if (value === null) {
          map.delete(account, id);
          model.delete(`${account}/${id}`);
        } else {
          map.set(account, id, value);
          model.set(`${account}/${id}`, value);
        }
        for (const each of ['a', 'b', 'c', 'd']) expect(map.get(each, id)).toBe(model.get(`${each}/${id}`));
      }
      expect(map.values().sort()).toEqual([...model.values()].sort());
    }),
  );
});

it('tells a value that is undefined from none', () => {
  const map = new ItemMap<undefined>();
  map.set('a', 'x', undefined);
  map.set('b', 'x', undefined);
  expect(map.find('b', 'x')).toBeDefined();
  expect(map.find('c', 'x')).toBeUndefined();
});

it('F21, O7: takes as many steps for each of many accounts that have one id as for each of few', () => {
  const stepsFor = (accounts: number) => {
    const map = new ItemMap<number>();
    const spies = (['get', 'set', 'has', 'delete'] as const).map((name) => vi.spyOn(Map.prototype, name));
    for (let account = 0; account < accounts; account++) map.set(`a-${account}`, 'owner', account);
    for (let account = 0; account < accounts; account++) map.get(`a-${account}`, 'owner');
    for (let account = 0; account < accounts; account++) map.delete(`a-${account}`, 'owner');
    const steps = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    return steps / accounts;
  };
  expect(stepsFor(5_000)).toBeLessThanOrEqual(stepsFor(50) * 1.1);
});
