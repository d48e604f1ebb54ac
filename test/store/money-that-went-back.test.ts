import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credits, PortalSession, Problem } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { afterAll, expect, it } from 'vitest';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/src/store/store.ts';
import { billedCatalog, payingAccount } from '../api/invoices/paying-account.ts';
import { usd } from '../support/plans-catalog.ts';
import { startPostgres } from '../support/postgres-server.ts';

/** Once every store has been reconciled, which comes after each test. */
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

const stores: [string, () => Promise<Store>][] = [
  ['memory', async () => createMemoryStore()],
  [
    'SQLite',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'usagekit-returned-'));
      const store = createSqliteStore({ file: join(folder, 'usage.db') });
      ends.push(async () => {
        await store.close();
        rmSync(folder, { recursive: true, force: true });
      });
      return store;
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const server = await startPostgres();
      const store = await createPostgresStore({ url: await server.freshUrl() });
      ends.push(async () => {
        await store.close();
        await server.stop();
      });
      return store;
    },
  ],
];

it.each(stores)(
  'L241, L242, L244: %s keeps what was refunded and disputed at the provider, and orders nothing dearer than was seen',
  async (_, open) => {
    const catalog = {
      ...billedCatalog,
      creditPacks: [{ id: 'hundred', label: '100 credits', credits: '100', price: usd('7') }],
    };
    const account = await payingAccount('succeeds', { catalog, store: await open() });
    const path = (of: string) => `/v1/accounts/acme${of}`;
    const token = await account.token();
    const buy = (amount: string) => {
      const body = { expectedTotal: usd(amount) };
      return account.server.post<Problem>(path('/credit-packs/hundred/purchase'), body, { token });
    };
    expect((await buy('6.99')).body.code).toBe('total_changed');
    expect(await account.chargeHistory()).toEqual([]);
    expect((await buy('7')).status).toBe(201);
    const [charge] = await account.chargeHistory();
    for (const fields of [{ return: 'refund', amount: '2' }, { return: 'dispute' }, { return: 'lost' }]) {
      const returnUrl = 'https://app.example.com/billing';
      const portal = await account.server.post<PortalSession>(path('/portal/session'), { returnUrl });
      const body = new URLSearchParams({ charge: charge?.id ?? '', ...fields } as Record<string, string>);
      const taken = await account.server.app.fetch(new Request(portal.body.url, { method: 'POST', body }));
      expect(taken.status).toBe(303);
    }
    expect(await account.chargeHistory()).toMatchObject([
      { refunded: usd('7'), disputes: [{ status: 'lost', amount: usd('7') }] },
    ]);
    expect((await account.server.get<Credits>(path('/credits'))).body.available).toBe('10');
    expect((await account.invoices()).map(({ total }) => total.amount).sort()).toEqual(['-2', '-5', '7']);
  },
);
