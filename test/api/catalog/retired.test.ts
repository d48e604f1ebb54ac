import type {
  CatalogConfig,
  ConsumeAnswer,
  EventsAnswer,
  HoldAnswer,
  Problem,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, startMs, type TestServer } from '../support/test-server.ts';

const without: CatalogConfig = {
  ...smallCatalogConfig,
  models: (smallCatalogConfig.models ?? []).filter(({ id }) => id !== 'swift-1'),
  tools: [],
  storage: [],
  metrics: smallCatalogConfig.metrics.filter(({ id }) => id !== 'clones'),
};
const items = [
  { model: 'swift-1' },
  { tool: 'search', calls: 2 },
  { storage: 'traces', quantity: '4' },
  { metric: 'clones', quantity: '3' },
];

async function put(server: TestServer, config: CatalogConfig): Promise<void> {
  const answered = await server.put('/v1/catalog', config);
  expect([answered.status, answered.text]).toEqual([200, expect.anything()]);
}

const report = async (server: TestServer, id: string, more: object = {}) =>
  (await server.post<EventsAnswer>('/v1/events', { events: [{ id, accountId: 'acme', items, ...more }] }))
    .body;
const available = async (server: TestServer) =>
  (await server.get<{ available: string }>('/v1/accounts/acme/credits')).body.available;

describe('what the catalog does not sell any more', () => {
  it('can still be settled and reported at the price that it had, and is let through by no gate', async () => {
    const server = createTestServer();
    await server.account();
    const held = await server.post<HoldAnswer>('/v1/holds', { accountId: 'acme', id: 'h', items });
    expect(held.body.cost.amount).toBe('7');
    await put(server, without);
    await put(server, { ...without, creditLabel: { one: 'point', other: 'points' } });
    for (const item of items) {
      const use = { accountId: 'acme', items: [item] };
      for (const path of ['/v1/consume', '/v1/check', '/v1/holds'])
        expect((await server.post<Problem>(path, use)).body.code).toMatch(/^unknown_/);
    }
    const settled = await server.post<HoldAnswer>('/v1/holds/h/settle', { accountId: 'acme', items });
    expect([settled.status, settled.body.cost.amount]).toEqual([200, '7']);
    expect(await report(server, 'late', { at: new Date(startMs - 3_600_000).toISOString() })).toMatchObject({
      accepted: 1,
      rejected: [],
    });
    expect(await available(server)).toBe('86');
    expect(
      (await report(server, 'odd', { items: [{ metric: 'never-sold', quantity: '1' }] })).rejected,
    ).toMatchObject([{ code: 'unknown_metric' }]);
  });

  it('is sold again, at its new price, once the catalog names it again', async () => {
    const server = createTestServer();
    await server.account();
    await put(server, without);
    const [search] = smallCatalogConfig.tools ?? [];
    if (search === undefined) throw new Error('No tool');
    await put(server, { ...without, tools: [{ ...search, prices: [{ amount: '9' }] }] });
    const used = await server.post<ConsumeAnswer>('/v1/consume', {
      accountId: 'acme',
      items: [{ tool: 'search', calls: 1 }],
    });
    expect(used.body.cost.amount).toBe('9');
  });
});

describe('a hold', () => {
  it('keeps the prices that it was made with', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/holds', { accountId: 'acme', id: 'h', items: [{ tool: 'search', calls: 5 }] });
    const [search] = smallCatalogConfig.tools ?? [];
    if (search === undefined) throw new Error('No tool');
    await put(server, { ...smallCatalogConfig, tools: [{ ...search, prices: [{ amount: '50' }] }] });
    const settled = await server.post<HoldAnswer>('/v1/holds/h/settle', {
      accountId: 'acme',
      items: [{ tool: 'search', calls: 5 }],
    });
    expect([settled.status, settled.body.cost.amount, await available(server)]).toEqual([200, '10', '90']);
  });
});

describe('a change of the unit', () => {
  const inMoney: CatalogConfig = { ...smallCatalogConfig, pricedIn: 'money' };

  it('is refused while anything in the old unit is left, held or owed, with the number of accounts', async () => {
    const server = createTestServer();
    await server.account('acme');
    await server.account('other');
    const refused = await server.put<Problem>('/v1/catalog', inMoney);
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid_catalog']);
    expect(refused.body.invalidParameters).toEqual([
      {
        pointer: '/pricedIn',
        detail: '2 accounts have, hold or owe amounts in credits, in which everything is priced',
        accepted: 'prices in credits',
      },
    ]);
    expect((await server.get<{ version: number }>('/v1/catalog')).body.version).toBe(1);
  });

  it('is taken while no account has anything in the old one', async () => {
    const plans = smallCatalogConfig.plans.map((plan) => ({ ...plan, monthlyCredits: '0' }));
    const server = createTestServer({ catalog: { ...smallCatalogConfig, plans } });
    await server.account();
    await put(server, { ...inMoney, plans });
    expect((await server.get<{ version: number }>('/v1/catalog')).body.version).toBe(2);
  });
});
