import { type App, createApp } from '@usagekit/server/app';
import { newIdempotencyKey } from '@usagekit/server/contract';
import type { Store } from '../../../server/src/store/store.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { benchKey } from './bench-server.ts';

/** The app over a store, in this process and without a port, standing at one instant. */
export class BenchApp {
  readonly store: Store;
  readonly #app: App;

  constructor(store: Store, nowMs: number) {
    this.store = store;
    this.#app = createApp({
      store,
      clock: { nowMs: () => nowMs },
      newId: newIdempotencyKey,
      catalog: smallCatalogConfig,
      secretKeys: [benchKey],
      afterTurn: setImmediate,
    });
  }

  /** @throws Error for an answer that is no success. */
  async send(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#app.fetch(
      new Request(`http://bench.test${path}`, {
        method,
        headers: {
          authorization: `Bearer ${benchKey}`,
          'content-type': 'application/json',
          'idempotency-key': newIdempotencyKey(),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  }

  /** Closes the store too. */
  async close(): Promise<void> {
    await this.#app.close();
    await this.store.close();
  }
}
