import type {
  Activity,
  Credits,
  Diagnosis,
  EventsAnswer,
  HoldAnswer,
  Page,
  Problem,
  Usage,
  VoidAnswer,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createPrometheusMetrics } from '../../../server/src/node/server-metrics/prometheus-metrics.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const withPrice = {
  ...smallCatalogConfig,
  models: [
    ...(smallCatalogConfig.models ?? []),
    {
      id: 'new-1',
      label: 'New 1',
      provider: 'acme',
      tier: 'light',
      aliases: ['new-1-*'],
      prices: [{ input: { amount: '0.001' } }],
    },
  ],
};
const item = { model: 'new-1-2026-06-01', inputTokens: 1_000 };

const report = (server: TestServer, id: string, items: unknown[] = [item], rest = {}) =>
  server.post<EventsAnswer>('/v1/events', { events: [{ id, accountId: 'acme', items, ...rest }] });
const available = async (server: TestServer) =>
  (await server.get<Credits>('/v1/accounts/acme/credits')).body.available;
const takeBack = (server: TestServer, use: object) =>
  server.post<VoidAnswer & Problem>('/v1/accounts/acme/voids', { use, reason: 'Reported by mistake' });
const tokensUsed = async (server: TestServer) =>
  (await server.get<Usage>('/v1/accounts/acme/usage')).body.groups
    .flatMap(({ meters }) => meters)
    .find(({ metric }) => metric === 'tokens')?.used;

async function serverWithAccount(options: Parameters<typeof createTestServer>[0] = {}) {
  const server = createTestServer(options);
  await server.account();
  return server;
}

describe('events without a price', () => {
  it('F25, L315, L316: are told in the answer, kept, and charged at the next look after the price is there', async () => {
    const server = await serverWithAccount();
    const { body } = await report(server, 'e-1', [{ metric: 'emails', quantity: '1' }, item]);
    expect(body).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: [],
      unpriced: [{ index: 0, id: 'e-1', kind: 'model', name: 'new-1-2026-06-01' }],
    });
    expect([await available(server), await tokensUsed(server)]).toEqual(['100', '1000']);
    expect((await report(server, 'e-1', [{ metric: 'emails', quantity: '1' }, item])).body.duplicates).toBe(
      1,
    );
    await server.put('/v1/catalog', withPrice);
    expect([await available(server), await tokensUsed(server)]).toEqual(['99', '1000']);
    expect([await available(server), await tokensUsed(server)]).toEqual(['99', '1000']);
  });

  it('L316: a consume after the price is decided on what is left after it', async () => {
    const server = await serverWithAccount();
    await report(server, 'e-1', [{ model: 'new-1-x', inputTokens: 99_000 }]);
    await server.put('/v1/catalog', withPrice);
    const use = { accountId: 'acme', items: [{ tool: 'search', calls: 1 }] };
    const refused = await server.post<Problem>('/v1/consume', use);
    expect([refused.status, refused.body.code]).toEqual([402, 'insufficient_credits']);
    expect(await available(server)).toBe('1');
  });

  it('L316: the server prices them by itself where nobody looks, within the second of its scheduler', async () => {
    const server = await serverWithAccount();
    await report(server, 'e-1');
    await server.put('/v1/catalog', withPrice);
    await server.app.commitDue();
    const usage = await server.get<Page<{ kind: string }>>('/v1/accounts/acme/ledger');
    expect(usage.body.items.map(({ kind }) => kind)).toContain('debit');
  });

  it('L58, L316: of a cycle that is over and invoiced are charged in that cycle', async () => {
    const server = await serverWithAccount();
    await report(server, 'e-1');
    server.clock.advance(31 * 86_400_000);
    await server.put('/v1/catalog', withPrice);
    const credits = await server.get<Credits>('/v1/accounts/acme/credits');
    expect([credits.body.available, credits.body.spentThisCycle]).toEqual(['99', '0']);
  });

  it('F25: a settlement keeps what has no price, and the hold ends all the same', async () => {
    const server = await serverWithAccount();
    await server.post('/v1/holds', {
      accountId: 'acme',
      id: 'h',
      items: [{ model: 'meter-1', inputTokens: 1_000 }],
    });
    const items = [{ model: 'meter-1', inputTokens: 1_000, seconds: '2.5' }];
    const settled = await server.post<HoldAnswer>('/v1/holds/h/settle', { accountId: 'acme', items });
    expect([settled.status, settled.body.hold.status]).toEqual([200, 'settled']);
    expect(await available(server)).toBe('100');
  });

  it('F24, F25: an event that is taken back gets no price, and one that got it gives it back, once', async () => {
    const server = await serverWithAccount();
    await report(server, 'waits');
    await report(server, 'priced', [item, { model: 'new-1', inputTokens: 2_000 }]);
    expect((await takeBack(server, { eventId: 'waits' })).status).toBe(201);
    await server.put('/v1/catalog', withPrice);
    expect([await available(server), await tokensUsed(server)]).toEqual(['97', '3000']);
    const back = await takeBack(server, { eventId: 'priced' });
    expect([back.status, back.body.credits]).toEqual([201, '3']);
    expect([await available(server), await tokensUsed(server)]).toEqual(['100', '0']);
    expect((await takeBack(server, { eventId: 'priced' })).body.code).toBe('conflict');
    const log = await server.get<Page<Activity>>('/v1/accounts/acme/activity');
    expect(log.body.items.filter(({ kind }) => kind === 'use_voided')).toHaveLength(2);
  });
});

describe('where what has no price is told', () => {
  it('A11, F25: a diagnosis tells it to those who see all use, and names no model where names are kept back', async () => {
    const server = await serverWithAccount({ catalog: { ...smallCatalogConfig, modelNames: 'tier_only' } });
    await report(server, 'e-1');
    await report(server, 'e-2', [item, { tool: 'crawl', calls: 1 }]);
    await server.member('acme', 'ann', { role: 'admin' });
    await server.member('acme', 'ben', { role: 'member' });
    const found = async (token?: string) => {
      const { body } = await server.get<Diagnosis>('/v1/accounts/acme/diagnosis', token);
      return body.findings.find(({ kind }) => kind === 'use_unpriced');
    };
    const finding = { kind: 'use_unpriced', area: 'usage', severity: 'note', count: 3 };
    const tool = { kind: 'tool', name: 'crawl', count: 1 };
    expect(await found()).toEqual({
      ...finding,
      names: [{ kind: 'model', name: 'new-1-2026-06-01', count: 2 }, tool],
    });
    const ann = await server.token({ accountId: 'acme', memberId: 'ann' });
    expect(await found(ann)).toEqual({ ...finding, names: [tool] });
    const ben = await server.token({ accountId: 'acme', memberId: 'ben' });
    expect(await found(ben)).toBeUndefined();
    await server.put('/v1/catalog', {
      ...withPrice,
      tools: [
        ...(smallCatalogConfig.tools ?? []),
        { id: 'crawl', label: 'Crawl', prices: [{ amount: '1' }] },
      ],
    });
    expect(await found()).toBeUndefined();
  });

  it('F25: the metrics count what came without a price, and what got one; the log names each name once', async () => {
    const metrics = createPrometheusMetrics();
    const warned: unknown[] = [];
    const log = { info() {}, error() {}, warn: (fields: object) => void warned.push(fields) };
    const server = await serverWithAccount({ metrics, log });
    await report(server, 'e-1');
    await report(server, 'e-2', [item, { tool: 'crawl', calls: 1 }]);
    await server.put('/v1/catalog', withPrice);
    await available(server);
    const text = await metrics.text();
    expect(text).toContain('usagekit_unpriced_uses_total{kind="model"} 2');
    expect(text).toContain('usagekit_unpriced_uses_total{kind="tool"} 1');
    expect(text).toContain('usagekit_priced_late_uses_total 2');
    expect(warned).toMatchObject([
      { accountId: 'acme', kind: 'model', name: 'new-1-2026-06-01' },
      { accountId: 'acme', kind: 'tool', name: 'crawl' },
    ]);
  });
});
