import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '@usagekit/server/app';
import { type CatalogVersion, type CatalogView, paths } from '@usagekit/server/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { assertDayParts } from '../support/assert-day-parts.ts';
import { assertReconciled } from '../support/assert-reconciled.ts';
import fc from '../support/fast-check.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import {
  between,
  type Command,
  command,
  historyStart,
} from '../unit/domain/reference-model/random-commands.ts';
import { withSearchPrice } from '../unit/domain/reference-model/twins.ts';
import { AccountOverHttp } from './account-over-http.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-histories-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const secretKey = 'sk_test_for-random-histories';
let ids = 0;

/** Without a catalog of its own, so that it begins with the one that the store has. */
function serve(store: Store): App {
  return createApp({
    store,
    clock: { nowMs: () => Date.parse(historyStart) },
    newId: () => `id-${(ids++).toString().padStart(8, '0')}`,
    secretKeys: [secretKey],
    tokenSecret: 'a secret for these tests only',
  });
}

/** A place that a store can be opened at again, after it was closed. */
interface Place {
  open(): Promise<Store>;
  /** Whether what was written is there when it is opened again. */
  readonly isDurable: boolean;
}

const places: Record<string, () => Promise<Place>> = {
  memory: async () => ({ open: async () => createMemoryStore(), isDurable: false }),
  SQLite: async () => ({
    open: async () => createSqliteStore({ file: join(folder, 'usage.db') }),
    isDurable: true,
  }),
  PostgreSQL: async () => {
    const url = await postgres.freshUrl();
    return { open: () => createPostgresStore({ url, connectionsMax: 4 }), isDurable: true };
  },
};

const accountsMax = 4;
/** The histories of several accounts, which go on at the same time, in parts. Something happens to all of them before each part. */
const histories = fc.array(
  fc.record({
    before: fc.array(between, { maxLength: 2 }),
    parts: fc.array(fc.array(command, { maxLength: 12, size: 'max' }), {
      minLength: accountsMax,
      maxLength: accountsMax,
    }),
  }),
  { minLength: 2, maxLength: 4 },
);

async function send<Answer>(
  app: App,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; answer: Answer }> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await app.fetch(new Request(`http://usage.test${path}`, init));
  return { status: response.status, answer: (await response.json()) as Answer };
}

/** The catalogs of one run, which all of its accounts share. */
class SharedCatalog {
  readonly #prices: (bigint | null)[] = [];
  readonly #versions: number[] = [];

  async put(app: App, ofSearch: bigint | null): Promise<bigint | null> {
    const { status, answer } = await send<CatalogView>(app, 'PUT', paths.catalog, withSearchPrice(ofSearch));
    expect(status).toBe(200);
    this.#prices.push(ofSearch);
    this.#versions.push(answer.version);
    return ofSearch;
  }

  /** No account can be given another unit that has, holds or owes anything in the present one. */
  async changeUnit(app: App): Promise<void> {
    const config = { ...withSearchPrice(this.#prices.at(-1) ?? null), pricedIn: 'money' };
    expect((await send(app, 'PUT', paths.catalog, config)).status).toBe(422);
  }

  async restore(app: App, which: number): Promise<bigint | null> {
    const index = Math.max(this.#versions.length - 1 - which, 0);
    const path = `${paths.catalog}/versions/${this.#versions[index]}/restore`;
    const { status, answer } = await send<CatalogVersion>(app, 'POST', path);
    expect(status).toBeLessThan(300);
    const ofSearch = this.#prices[index] ?? null;
    this.#prices.push(ofSearch);
    this.#versions.push(answer.version);
    return ofSearch;
  }
}

async function runAll(accounts: readonly AccountOverHttp[], parts: readonly Command[][]): Promise<void> {
  await Promise.all(
    accounts.map(async (account, index) => {
      for (const next of parts[index] ?? []) {
        const answers = await account.run(next);
        expect(answers.account).toEqual(answers.model);
        expect(await account.balances()).toEqual(account.modelBalances());
      }
    }),
  );
}

it.each(Object.keys(places))(
  'F1, F2, F3, F12, F23: on %s every answer, balance and window is that of the plain model, over random histories with changes of the catalog, of its unit and restarts in any order',
  async (name) => {
    const place = await places[name]?.();
    if (place === undefined) throw new Error(`No place '${name}'`);
    let store = await place.open();
    let app = serve(store);
    let accountsMade = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (phases) => {
        const accounts = Array.from(
          { length: accountsMax },
          () => new AccountOverHttp(app, secretKey, `acme-${accountsMade++}`),
        );
        const catalog = new SharedCatalog();
        // The run before may have left another price.
        await catalog.put(app, 2n);
        await Promise.all(accounts.map((account) => account.create()));
        const priceAll = (ofSearch: bigint | null) => {
          for (const { model } of accounts) model.price(ofSearch);
        };
        for (const { before, parts } of phases) {
          for (const next of before) {
            if (next.type === 'price') priceAll(await catalog.put(app, next.ofSearch));
            if (next.type === 'restore') priceAll(await catalog.restore(app, next.which));
            if (next.type === 'unit') await catalog.changeUnit(app);
            if (next.type !== 'restart' || !place.isDurable) continue;
            await app.close();
            await store.close();
            store = await place.open();
            app = serve(store);
            for (const account of accounts) account.app = app;
          }
          await runAll(accounts, parts);
        }
        await assertReconciled(store);
        for (const { id } of accounts) await assertDayParts(store, id);
      }),
      { numRuns: 6 },
    );
    await app.close();
    await store.close();
  },
  120_000,
);
