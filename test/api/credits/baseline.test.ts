import type { CatalogConfig, Credits, LedgerEntry, Page, Summary, Usage } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const catalog: CatalogConfig = { ...smallCatalogConfig, baselineCredits: '25' };
const balance = async (server: TestServer) =>
  (await server.get<Credits>('/v1/accounts/acme/credits')).body.available;
const search = { accountId: 'acme', items: [{ tool: 'search', calls: 1 }] };

async function baselines(server: TestServer): Promise<number> {
  const { body } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger?limit=500');
  return body.items.filter(({ grantSource }) => grantSource === 'baseline').length;
}

it('C3: a balance to which nothing comes by itself is told no reset, and monthly credits are', async () => {
  const resets = async (server: TestServer) => {
    const usage = await server.get<Usage>('/v1/accounts/acme/usage');
    const summary = await server.get<Summary>('/v1/accounts/acme/summary');
    const { nextReset } = (await server.get<Credits>('/v1/accounts/acme/credits')).body;
    return [usage.body.budget?.resetsAt, summary.body.creditsResetAt, nextReset?.at ?? null];
  };
  const monthly = createTestServer({ catalog });
  await monthly.account();
  const { body } = await monthly.get<Summary>('/v1/accounts/acme/summary');
  expect(await resets(monthly)).toEqual([body.resetsAt, body.resetsAt, body.resetsAt]);
  const plans = catalog.plans.map(({ monthlyCredits: _, ...plan }) => plan);
  const once = createTestServer({ catalog: { ...catalog, plans } });
  await once.account();
  expect(await resets(once)).toEqual([null, null, null]);
});

const perMember: CatalogConfig = { ...catalog, baselineCreditsPer: 'member' };

it('C3, L132: members who are older than a baseline for every member bring it at the next look, once', async () => {
  const server = createTestServer();
  await server.account();
  for (const id of ['ada', 'ben', 'cyd']) await server.member('acme', id);
  expect((await server.send('DELETE', '/v1/accounts/acme/members/cyd')).status).toBe(204);
  await server.put('/v1/catalog', perMember);
  expect([await balance(server), await balance(server)]).toEqual(['150', '150']);
  await Promise.all(Array.from({ length: 5 }, () => server.post('/v1/consume', search)));
  expect(await balance(server)).toBe('140');
  await server.member('acme', 'dan');
  await server.put('/v1/catalog', { ...perMember, baselineCredits: '40' });
  expect((await server.post('/v1/consume', search)).status).toBe(200);
  expect(await balance(server)).toBe('163');
  const { body } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger?limit=500');
  const given = body.items.filter(({ grantSource }) => grantSource === 'baseline');
  expect(given.map(({ amount }) => amount)).toEqual(['25', '50']);
});

it('C3, L132: members who brought the baseline when they were made do not bring it again', async () => {
  const store = createMemoryStore();
  const server = createTestServer({ store, catalog: perMember });
  await server.account();
  for (const id of ['ada', 'ben']) await server.member('acme', id);
  // As such an account was stored before older members were looked for.
  await store.write({ accountIds: ['acme'] }, (loaded) => {
    const account = loaded.account('acme');
    if (account === undefined) throw new Error('There is no account');
    return { writes: { accounts: [{ ...account, baselineGiven: false }] }, result: null };
  });
  expect(await balance(server)).toBe('150');
  expect((await server.post('/v1/consume', search)).status).toBe(200);
  expect(await balance(server)).toBe('148');
});

it('C3, L132: an account that was given a baseline of its own is given none for its members', async () => {
  const server = createTestServer({ catalog });
  await server.account();
  await server.member('acme', 'ada');
  await server.put('/v1/catalog', perMember);
  expect(await balance(server)).toBe('125');
  await server.member('acme', 'ben');
  expect(await balance(server)).toBe('150');
});

/** A server whose account was stored before it was kept whether the baseline was given. */
async function olderServer(config = catalog): Promise<TestServer> {
  const store = createMemoryStore();
  const server = createTestServer({ store, catalog: config });
  await server.account();
  await store.write({ accountIds: ['acme'] }, (loaded) => {
    const account = loaded.account('acme');
    if (account === undefined) throw new Error('There is no account');
    return { writes: { accounts: [{ ...account, baselineGiven: null }] }, result: null };
  });
  return server;
}

it('C3: a baseline that is put into the catalog reaches every account at its next look, once', async () => {
  const server = createTestServer();
  await server.account();
  await server.put('/v1/catalog', catalog);
  expect(await balance(server)).toBe('125');
  await Promise.all(Array.from({ length: 5 }, () => server.post('/v1/consume', search)));
  expect([await balance(server), await baselines(server)]).toEqual(['115', 1]);
  await server.put('/v1/catalog', { ...catalog, baselineCredits: '40' });
  expect([await balance(server), await baselines(server)]).toEqual(['115', 1]);
});

it('C3, F20: an account that was stored without word of its baseline is not given it a second time', async () => {
  const server = await olderServer();
  expect(await balance(server)).toBe('125');
  expect((await server.post('/v1/consume', search)).status).toBe(200);
  expect([await balance(server), await baselines(server)]).toEqual(['123', 1]);
});

it('C3, F20: an account that was stored without word of a baseline and never had one is given it', async () => {
  const server = await olderServer(smallCatalogConfig);
  expect((await server.post('/v1/consume', search)).status).toBe(200);
  await server.put('/v1/catalog', catalog);
  expect(await balance(server)).toBe('123');
  expect((await server.post('/v1/consume', search)).status).toBe(200);
  expect([await balance(server), await baselines(server)]).toEqual(['121', 1]);
});
