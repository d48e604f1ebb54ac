import type { SetAside, Store } from '../store/store.ts';
import type { Log } from './app-options.ts';

const pageSize = 50;

/** Tells once of each thing that the store has set aside: a person has to look at it. */
export class SetAsideWatch {
  readonly #store: Store;
  readonly #log: Log;
  #lastId = 0;
  #count = 0;

  constructor(store: Store, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  /** How many there are, as far as they were seen. */
  get count(): number {
    return this.#count;
  }

  /** Looks for new rows. Rows may have any size, so no body is logged. */
  async look(): Promise<void> {
    const found: SetAside[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Store['listSetAside']>> = await this.#store.listSetAside({
        limit: pageSize,
        ...(cursor === null ? {} : { cursor }),
      });
      const fresh = page.items.filter(({ id }) => id > this.#lastId);
      found.push(...fresh);
      cursor = fresh.length === page.items.length ? page.nextCursor : null;
    } while (cursor !== null);
    this.#lastId = found[0]?.id ?? this.#lastId;
    this.#count += found.length;
    for (const { id, accountId, noun, reason } of found.reverse())
      this.#log.error(
        { setAsideId: id, accountId, noun, reason },
        'What was acknowledged could not be applied and is set aside',
      );
  }
}
