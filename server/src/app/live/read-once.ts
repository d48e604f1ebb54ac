import type { Store } from '../../store/store.ts';

/** Reads that several messages about one change need alike. */
const shared = [
  'readAccount',
  'readCells',
  'readDayParts',
  'listEntries',
  'listUsage',
  'listCountedUses',
] as const satisfies (keyof Store)[];

/**
 * The store as it is for the length of one telling: what several viewers' messages are made of is read once. It must not
 * outlive that, since what it has read does not change any more.
 */
export function readOnce(store: Store): Store {
  const kept = new Map<string, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (!(shared as readonly PropertyKey[]).includes(name)) return value.bind(target);
      return (...args: unknown[]) => {
        const key = JSON.stringify([name, ...args]);
        if (!kept.has(key)) kept.set(key, value.apply(target, args));
        return kept.get(key);
      };
    },
  });
}
