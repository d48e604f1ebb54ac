import type { Store, StorePage, UnreadableRow } from '../store/store.ts';
import type { Log } from './app-options.ts';

type List = (...given: unknown[]) => Promise<StorePage<unknown>>;

/** Rows that are remembered by name; more than that are told once more each time they are met. */
const namesMax = 1_000;

/** Tells once of each row that lists leave out, since it cannot be read: nobody would miss it. */
export class UnreadableWatch {
  readonly #log: Log;
  readonly #rows = new Map<string, UnreadableRow>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Those that were met since the start, the first ones. */
  get rows(): readonly UnreadableRow[] {
    return [...this.#rows.values()];
  }

  note(rows: readonly UnreadableRow[]): void {
    for (const row of rows) {
      const name = JSON.stringify([row.reason, row.accountId, row.id]);
      if (this.#rows.has(name)) continue;
      if (this.#rows.size < namesMax) this.#rows.set(name, row);
      const { accountId, id, reason } = row;
      this.#log.error({ accountId, id, reason }, 'A stored row cannot be read; lists leave it out');
    }
  }

  /** The same store, whose lists tell here what they leave out. */
  watched(store: Store): Store {
    /** By the store's own function, which a test may replace. */
    const calls = new Map<unknown, unknown>();
    return new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const known = calls.get(value);
        if (known !== undefined) return known;
        const isList = String(name).startsWith('list');
        const call = isList ? this.#telling(value as List, target) : value.bind(target);
        calls.set(value, call);
        return call;
      },
    });
  }

  #telling(list: List, store: Store): List {
    return async (...given) => {
      const page = await list.apply(store, given);
      if (page.unreadable !== undefined) this.note(page.unreadable);
      return page;
    };
  }
}
