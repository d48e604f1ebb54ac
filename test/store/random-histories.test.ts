import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '@usagekit/server/app';
import type { CatalogConfig } from '@usagekit/server/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { assertDayParts } from '../support/assert-day-parts.ts';
import { assertReconciled } from '../support/assert-reconciled.ts';
import fc from '../support/fast-check.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type Command, command, historyStart } from '../unit/domain/model/random-commands.ts';
import { referenceCatalogConfig } from '../unit/domain/model/reference-catalog.ts';
import { withSearchPrice } from '../unit/domain/model/twins.ts';
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

function serve(store: Store): App {
  return createApp({
    store,
    clock: { nowMs: () => Date.parse(historyStart) },
    newId: () => `id-${(ids++).toString().padStart(8, '0')}`,
    catalog: referenceCatalogConfig,
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

/** Several accounts' histories, which go on at the same time. */
const histories = fc.array(fc.array(command, { minLength: 4, maxLength: 30, size: 'max' }), {
  minLength: 2,
  maxLength: 5,
});

async function putCatalog(app: App, config: CatalogConfig): Promise<number> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify(config);
  return (await app.fetch(new Request('http://usage.test/v1/catalog', { method: 'PUT', headers, body })))
    .status;
}

/** Another price for all, and another unit, which nobody can be given who has anything in the old one. */
async function changeCatalog(
  app: App,
  accounts: readonly AccountOverHttp[],
  ofSearch: bigint,
): Promise<void> {
  const config = withSearchPrice(ofSearch);
  expect(await putCatalog(app, { ...config, pricedIn: 'money' })).toBe(422);
  expect(await putCatalog(app, config)).toBe(200);
  for (const { model } of accounts) model.searchPrice = ofSearch;
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
  'F1, F2, F3, F12, F23: on %s every answer, balance and window is that of the plain model, over random histories and a restart',
  async (name) => {
    const place = await places[name]?.();
    if (place === undefined) throw new Error(`No place '${name}'`);
    let store = await place.open();
    let app = serve(store);
    let accountsMade = 0;
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom(1n, 3n, 7n), async (all, ofSearch) => {
        const accounts = all.map(() => new AccountOverHttp(app, secretKey, `acme-${accountsMade++}`));
        // The run before may have left another price.
        await putCatalog(app, referenceCatalogConfig);
        await Promise.all(accounts.map((account) => account.create()));
        const halves = all.map((history) => Math.ceil(history.length / 2));
        await runAll(
          accounts,
          all.map((history, index) => history.slice(0, halves[index])),
        );
        if (place.isDurable) {
          await app.close();
          await store.close();
          store = await place.open();
          app = serve(store);
          for (const account of accounts) account.app = app;
        }
        await changeCatalog(app, accounts, ofSearch);
        await runAll(
          accounts,
          all.map((history, index) => history.slice(halves[index])),
        );
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
