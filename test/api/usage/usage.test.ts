import type {
  ModelList,
  Subscription,
  Summary,
  TestClock,
  Usage,
  UsageSeries,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const consume = (server: TestServer, items: object[], more: object = {}) =>
  server.post('/v1/consume', { accountId: 'acme', items, ...more });

describe('GET /v1/accounts/{id}/usage', () => {
  it('E8: says what counts in a meter where the catalog says it, in the reader’s language', async () => {
    const description = 'Each recipient counts.';
    const metrics = smallCatalogConfig.metrics.map((metric) =>
      metric.id === 'emails' ? { ...metric, description } : metric,
    );
    const translations = { de: { [description]: 'Jeder Empfänger zählt.' } };
    const server = createTestServer({ catalog: { ...smallCatalogConfig, metrics, translations } });
    await server.account();
    const described = async (token?: string) => {
      const { body } = await server.get<Usage>('/v1/accounts/acme/usage', token);
      const meters = body.groups.flatMap((group) => group.meters);
      return meters.flatMap((meter) => (meter.description ? [[meter.metric, meter.description]] : []));
    };
    expect(await described()).toEqual([['emails', description]]);
    await server.member('acme', 'ada', { role: 'owner' });
    const token = await server.token({ accountId: 'acme', memberId: 'ada', language: 'de' });
    expect(await described(token)).toEqual([['emails', translations.de[description]]]);
  });

  it('E7: shows a meter of each policy in its group, and no cap as unlimited', async () => {
    const groups = [
      { id: 'core', label: 'Core limits' },
      { id: 'monthly', label: 'Monthly activity' },
    ];
    const metrics = smallCatalogConfig.metrics.map((metric) => ({
      ...metric,
      group: metric.kind === 'gauge' ? 'core' : 'monthly',
    }));
    const server = createTestServer({ catalog: { ...smallCatalogConfig, meterGroups: groups, metrics } });
    await server.account();
    await consume(server, [
      { metric: 'emails', quantity: '8' },
      { metric: 'exports', quantity: '40' },
      { model: 'meter-1', inputTokens: 500, outputTokens: 100 },
    ]);
    await consume(server, [{ metric: 'storage', quantity: '5' }]);
    const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
    expect(body.groups.map(({ label }) => label)).toEqual(['Core limits', 'Monthly activity']);
    const meters = Object.fromEntries(
      body.groups.flatMap((group) => group.meters).map((meter) => [meter.metric, meter]),
    );
    expect(meters.emails).toMatchObject({
      policy: 'hard',
      used: '8',
      included: '10',
      percent: 80,
      level: 'warning',
      refusesAt: '10',
    });
    expect(meters.workflows).toMatchObject({
      policy: 'soft',
      used: '0',
      included: '10',
      refusesAt: '11',
      level: 'ok',
    });
    expect(meters.exports).toMatchObject({
      policy: 'unlimited',
      used: '40',
      included: null,
      percent: null,
      level: 'unlimited',
    });
    expect(meters.tokens).toMatchObject({ policy: 'observe', used: '600', level: 'observed' });
    expect(meters.storage).toMatchObject({
      kind: 'gauge',
      used: '5',
      percent: 100,
      level: 'over',
      resetsAt: null,
    });
    expect(meters.emails?.resetsAt).toBe('2026-07-10T12:00:00.000Z');
  });

  it('E1: tells the budget in percent with its reset date, and its categories sum to it', async () => {
    const server = createTestServer();
    await server.account();
    await consume(server, [{ tool: 'search', calls: 20 }], { category: 'agent' });
    await consume(server, [{ tool: 'search', calls: 10 }]);
    const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
    expect(body.budget).toMatchObject({
      percent: 60,
      used: '60',
      included: '100',
      unit: 'credits',
      resetsAt: '2026-07-10T12:00:00.000Z',
    });
    expect(body.categories).toEqual([
      { id: 'agent', label: 'Agent', tierLabel: 'Advanced Reasoning', sharePercent: 66.6, used: '40' },
      { id: '~other', label: null, tierLabel: null, sharePercent: 33.3, used: '20' },
    ]);
  });

  it('F1: keeps a drained balance visible with its reset', async () => {
    const server = createTestServer();
    await server.account();
    await consume(server, [{ tool: 'search', calls: 50 }]);
    const { body } = await server.get<Summary>('/v1/accounts/acme/summary');
    expect(body).toMatchObject({
      credits: { available: '0' },
      creditsIncluded: '100',
      level: 'over',
      resetsAt: '2026-07-10T12:00:00.000Z',
      blocked: { reason: 'insufficient_credits', message: 'No credits left.' },
    });
  });

  it('E11: tells my use against my allocation, or against the pool where I have none', async () => {
    const server = createTestServer();
    await server.account();
    const mia = await server.member('acme', 'mia', { allocations: { emails: '4' } });
    const tom = await server.member('acme', 'tom');
    await consume(server, [{ metric: 'emails', quantity: '2' }], { memberId: 'mia' });
    await consume(server, [{ metric: 'emails', quantity: '3' }], { memberId: 'tom' });
    const own = async (token: string) =>
      (await server.get<Usage>('/v1/accounts/acme/usage', token)).body.myUsage;
    expect(await own(mia)).toMatchObject([
      { metric: 'emails', used: '2', allocation: '4', pool: null, percent: 50 },
    ]);
    expect(await own(tom)).toMatchObject([
      { metric: 'emails', used: '3', allocation: null, pool: '10', percent: 30 },
    ]);
  });

  it('E11: leaves out what the only member used where it is the account’s use over again', async () => {
    const server = createTestServer();
    await server.account();
    const mia = await server.member('acme', 'mia');
    const own = async () => (await server.get<Usage>('/v1/accounts/acme/usage', mia)).body.myUsage;
    await consume(server, [{ metric: 'emails', quantity: '2' }], { memberId: 'mia' });
    expect(await own()).toEqual([]);
    // The account used more than its one member did.
    await consume(server, [{ metric: 'emails', quantity: '1' }]);
    expect(await own()).toMatchObject([{ metric: 'emails', used: '2', pool: '10' }]);
  });

  it('E11: tells the only member what is used of an allocation, and the others’ use once there are others', async () => {
    const server = createTestServer();
    await server.account();
    const mia = await server.member('acme', 'mia', { allocations: { emails: '4' } });
    const own = async (token: string) =>
      (await server.get<Usage>('/v1/accounts/acme/usage', token)).body.myUsage;
    await consume(server, [{ metric: 'emails', quantity: '2' }], { memberId: 'mia' });
    expect(await own(mia)).toMatchObject([{ metric: 'emails', used: '2', allocation: '4' }]);
    await server.put('/v1/accounts/acme/members/mia', { role: 'member', allocations: {} });
    expect(await own(mia)).toEqual([]);
    await server.member('acme', 'tom');
    expect(await own(mia)).toMatchObject([{ metric: 'emails', used: '2', allocation: null }]);
  });

  it('C9: tells what each model costs before it is chosen, the cheapest marked, and takes a new price from its day on', async () => {
    const server = createTestServer();
    await server.account('acme', { planId: 'pro' });
    const costs = async () => {
      const { body } = await server.get<ModelList>('/v1/models?accountId=acme');
      return Object.fromEntries(body.items.map((model) => [model.label, [model.perRequest, model.cheapest]]));
    };
    expect(await costs()).toMatchObject({ 'Swift 1': ['1', true], 'Deep 1': ['110', false] });
    server.clock.advance(22 * 86_400_000);
    expect(await costs()).toMatchObject({ 'Deep 1': ['120', false] });
  });

  it('B2: tells the plan, its price, what it includes with its use, and what comes next', async () => {
    const server = createTestServer();
    await server.account('acme', { planId: 'pro' });
    await consume(server, [{ metric: 'emails', quantity: '250' }]);
    const { body } = await server.get<Subscription>('/v1/accounts/acme/subscription');
    expect(body).toMatchObject({
      planName: 'Pro',
      status: 'active',
      price: { amount: '20', currency: 'USD' },
      next: { kind: 'renews', at: '2026-07-10T12:00:00.000Z' },
      actions: [{ kind: 'manage_plan' }, { kind: 'buy_credits' }],
    });
    expect(body.includes[0]).toMatchObject({ label: 'Emails', used: '250', included: '1000', percent: 25 });
  });
});

describe('GET /v1/accounts/{id}/summary', () => {
  it('answers 304 while nothing has changed, and in full after a use', async () => {
    const server = createTestServer();
    await server.account();
    const first = await server.get('/v1/accounts/acme/summary');
    const etag = first.headers.get('etag') ?? '';
    // Where a cache of the browser's own asked instead, its answer would be of long ago and count as one of now.
    expect(first.headers.get('cache-control')).toBe('no-store');
    const again = () =>
      server.send('GET', '/v1/accounts/acme/summary', undefined, { headers: { 'if-none-match': etag } });
    server.clock.advance(5_000);
    expect((await again()).status).toBe(304);
    await consume(server, [{ model: 'swift-1' }]);
    expect((await again()).status).toBe(200);
  });
});

describe('GET /v1/accounts/{id}/usage/series', () => {
  const dimensions = [
    'agent',
    'project',
    'member',
    'apiKey',
    'category',
    'tool',
    'model',
    'tier',
    'lineItem',
  ] as const;

  async function sixDays(server: TestServer, timeZone = 'UTC'): Promise<void> {
    await server.account('acme', { planId: 'pro', timeZone });
    for (let day = 0; day < 6; day++) {
      await consume(server, [{ model: 'swift-1' }, { tool: 'search', calls: day + 1 }], {
        agentId: `agent-${day % 2}`,
        category: 'agent',
      });
      await consume(server, [{ model: 'meter-1', inputTokens: 1000, outputTokens: 333 }], {
        memberId: 'mia',
        projectId: 'p',
      });
      server.clock.advance(86_400_000);
    }
  }
  const series = async (server: TestServer, query: string) =>
    (await server.get<UsageSeries>(`/v1/accounts/acme/usage/series?${query}`)).body;
  const micros = (text: string) => Math.round(Number(text) * 1e6);
  const sum = (texts: string[]) => texts.reduce((total, text) => total + micros(text), 0);

  it('B10: sums every breakdown to the headline, by day, hour and month', async () => {
    const server = createTestServer();
    await sixDays(server);
    const { body: credits } = await server.get<{ spentThisCycle: string }>('/v1/accounts/acme/credits');
    for (const interval of ['day', 'month', 'hour'])
      for (const groupBy of [...dimensions, undefined]) {
        const answer = await series(
          server,
          `metric=credits&interval=${interval}${groupBy ? `&groupBy=${groupBy}` : ''}`,
        );
        expect({ interval, groupBy, total: answer.total }).toEqual({
          interval,
          groupBy,
          total: credits.spentThisCycle,
        });
        expect(sum(answer.groups.map(({ total }) => total))).toBe(micros(answer.total));
        for (const group of answer.groups) {
          expect(group.values).toHaveLength(answer.buckets.length);
          expect(sum(group.values)).toBe(micros(group.total));
        }
      }
  });

  it('B10: tells what had no agent as a group of its own', async () => {
    const server = createTestServer();
    await sixDays(server);
    const { groups } = await series(server, 'metric=credits&groupBy=agent');
    expect(groups.map(({ value, label }) => [value, label])).toEqual([
      ['agent-1', 'agent-1'],
      ['agent-0', 'agent-0'],
      [null, null],
    ]);
  });

  it('D2: counts a metric in its units, in days of the account’s zone', async () => {
    const server = createTestServer();
    await sixDays(server, 'America/Los_Angeles');
    const answer = await series(server, 'metric=tokens&interval=day');
    expect(answer.unit).toEqual({ one: 'token', other: 'tokens' });
    expect(answer.timeZone).toBe('America/Los_Angeles');
    expect(answer.buckets[0]).toBe('2026-06-10T07:00:00.000Z');
    expect(answer.total).toBe('7998');
  });

  it('cuts a day that the span cuts: what came before is not in it', async () => {
    const server = createTestServer();
    await server.account();
    await consume(server, [{ model: 'swift-1' }]);
    server.clock.advance(3_600_000);
    await consume(server, [{ tool: 'search', calls: 1 }]);
    server.clock.advance(3_600_000);
    const after = await series(server, 'metric=credits&from=2026-06-10T12:30:00Z');
    expect(after.total).toBe('2');
    const before = await series(server, 'metric=credits&to=2026-06-10T12:30:00Z');
    expect(before.total).toBe('1');
  });
});

describe('test clocks', () => {
  it('move an account through its cycles, and what falls due is done when it is looked at', async () => {
    const server = createTestServer();
    await server.post('/v1/test-clocks', { id: 'c', now: '2026-01-31T10:00:00Z' });
    await server.account('acme', { testClockId: 'c' });
    await consume(server, [{ tool: 'search', calls: 10 }]);
    const cycle = async () => (await server.get<Usage>('/v1/accounts/acme/usage')).body.cycle;
    expect(await cycle()).toMatchObject({
      startsAt: '2026-01-31T10:00:00.000Z',
      endsAt: '2026-02-28T10:00:00.000Z',
    });
    const moved = await server.post<TestClock>('/v1/test-clocks/c/advance', { to: '2026-03-31T10:00:00Z' });
    expect(moved.body.now).toBe('2026-03-31T10:00:00.000Z');
    expect(await cycle()).toMatchObject({
      startsAt: '2026-03-31T10:00:00.000Z',
      endsAt: '2026-04-30T10:00:00.000Z',
    });
    const { body } = await server.get<{ available: string; recent: { kind: string }[] }>(
      '/v1/accounts/acme/credits',
    );
    expect(body.available).toBe('100');
    expect(body.recent.map(({ kind }) => kind)).toEqual(['grant', 'reset', 'grant', 'reset', 'debit']);
    const ledger = await server.get<{ items: { kind: string; effectiveAt: string }[] }>(
      '/v1/accounts/acme/ledger',
    );
    expect(ledger.body.items.map(({ kind }) => kind)).toEqual([
      'grant',
      'reset',
      'grant',
      'reset',
      'debit',
      'grant',
    ]);
    expect(ledger.body.items[0]?.effectiveAt).toBe('2026-03-31T10:00:00.000Z');
  });

  it('go forward only, and are not there on a live server', async () => {
    const server = createTestServer();
    await server.post('/v1/test-clocks', { id: 'c', now: '2026-01-31T10:00:00Z' });
    expect((await server.post('/v1/test-clocks/c/advance', { to: '2026-01-30T10:00:00Z' })).status).toBe(409);
    const live = createTestServer({ mode: 'live' });
    expect((await live.post('/v1/test-clocks', { id: 'c' })).status).toBe(403);
  });
});
