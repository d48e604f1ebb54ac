import { afterAll, beforeAll } from 'vitest';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { storeSuite } from '../suite.ts';

let server: PostgresServer;
const urls = new Map<Store, string>();

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

async function open(url: string): Promise<Store> {
  const store = await createPostgresStore({ url, connectionsMax: 6 });
  urls.set(store, url);
  return store;
}

storeSuite('PostgreSQL', {
  create: async () => open(await server.freshUrl()),
  reopen: async (closed) => open(urls.get(closed) ?? ''),
});
