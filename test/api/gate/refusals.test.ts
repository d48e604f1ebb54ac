import type { ConsumeAnswer, Problem } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import fc from '../../support/fast-check.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const emails = (quantity: string) => ({ accountId: 'acme', items: [{ metric: 'emails', quantity }] });
const refused = (server: TestServer, body: unknown) => server.post<Problem>('/v1/consume', body);

async function spendAll(server: TestServer): Promise<void> {
  await server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 50 }] });
}

describe('out of credits', () => {
  it('C11: is a clean, typed 402 with the figures and what helps, never a silent failure', async () => {
    const server = createTestServer();
    await server.account();
    await spendAll(server);
    const answered = await refused(server, { accountId: 'acme', items: [{ model: 'swift-1' }] });
    expect(answered.status).toBe(402);
    expect(answered.headers.get('content-type')).toBe('application/problem+json');
    expect(answered.body).toMatchObject({
      code: 'insufficient_credits',
      status: 402,
      refusal: {
        reason: 'insufficient_credits',
        message: 'This needs 1 credit, and 0 are available.',
        requested: '1',
        available: '0',
        resetsAt: '2026-07-10T12:00:00.000Z',
      },
    });
  });

  it('C11: leads free accounts to an upgrade or a pack, paid ones to a pack', async () => {
    const server = createTestServer();
    await server.account();
    await spendAll(server);
    const free = await refused(server, { accountId: 'acme', items: [{ model: 'swift-1' }] });
    expect(free.body.refusal?.actions.map(({ kind }) => kind)).toEqual(['upgrade', 'buy_credits', 'wait']);
    await server.account('paid', { planId: 'pro' });
    const paidFor = async (calls: number) => {
      const { body } = await refused(server, { accountId: 'paid', items: [{ tool: 'search', calls }] });
      return body.refusal?.actions.map(({ kind }) => kind);
    };
    await paidFor(1);
    expect(await paidFor(500)).toEqual(['buy_credits', 'wait']);
    expect(await paidFor(501)).toEqual(['buy_credits']);
  });

  it('F2: decides again when a refused use is asked for again with the same key', async () => {
    const server = createTestServer();
    await server.account();
    await spendAll(server);
    const use = { accountId: 'acme', items: [{ model: 'swift-1' }] };
    expect((await server.post('/v1/consume', use, { key: 'again' })).status).toBe(402);
    await server.post('/v1/accounts/acme/grants', { amount: '5' });
    const second = await server.post('/v1/consume', use, { key: 'again' });
    expect(second.status).toBe(200);
    expect(second.headers.has('idempotent-replayed')).toBe(false);
  });

  it('F2: refuses the same key with another body, and keeps answers for 35 days', async () => {
    const server = createTestServer();
    await server.account();
    const first = await server.post('/v1/consume', emails('1'), { key: 'k' });
    const other = await server.post<Problem>('/v1/consume', emails('2'), { key: 'k' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    server.clock.advance(34 * 86_400_000);
    await server.app.tick();
    expect((await server.post('/v1/consume', emails('1'), { key: 'k' })).text).toBe(first.text);
    server.clock.advance(2 * 86_400_000);
    await server.app.tick();
    expect((await server.post('/v1/consume', emails('1'), { key: 'k' })).text).not.toBe(first.text);
  });
});

describe('what a refusal tells in its headers', () => {
  it('F7: says limit, rest and reset in RateLimit fields, and links to the upgrade', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/consume', emails('8'));
    const answered = await refused(server, emails('3'));
    expect(answered.status).toBe(402);
    expect(answered.headers.get('ratelimit-policy')).toBe('"emails";q=10;w=2592000');
    expect(answered.headers.get('ratelimit')).toBe('"emails";r=2;t=2592000');
    expect(answered.headers.get('link')).toBe('<https://app.example.com/billing>; rel="upgrade"');
    expect(answered.headers.has('retry-after')).toBe(false);
  });

  it('F7: answers 429 where no purchase helps, and sets Retry-After only where waiting minutes does', async () => {
    const server = createTestServer();
    await server.account('acme', { planId: 'pro' });
    const early = await refused(server, emails('1001'));
    expect(early.status).toBe(429);
    expect(early.headers.has('retry-after')).toBe(false);
    expect(early.headers.has('link')).toBe(false);
    await server.post('/v1/consume', emails('1'));
    server.clock.advance(30 * 86_400_000 - 300_000);
    const late = await refused(server, emails('1000'));
    expect(late.headers.get('retry-after')).toBe('300');
    expect(late.body.refusal?.retryAfterSeconds).toBe(300);
    const never = await refused(server, emails('1001'));
    expect(never.headers.has('retry-after')).toBe(false);
    expect(never.body.refusal?.actions).toEqual([]);
  });

  it("F7: answers 429 for a member's allocation and says who can raise it", async () => {
    const server = createTestServer();
    await server.account('acme', { planId: 'pro' });
    await server.member('acme', 'mia', { allocations: { emails: '5' } });
    await server.post('/v1/consume', { ...emails('5'), memberId: 'mia' });
    const answered = await refused(server, { ...emails('1'), memberId: 'mia' });
    expect([answered.status, answered.body.code]).toEqual([429, 'allocation_exhausted']);
    expect(answered.body.refusal).toMatchObject({ limit: '5', used: '5', requested: '1' });
    expect(answered.body.refusal?.actions[0]?.kind).toBe('raise_allocation');
    expect((await server.post('/v1/consume', emails('1'))).status).toBe(200);
  });

  it('F7: can be read by pages of any origin, and preflights are answered', async () => {
    const server = createTestServer();
    await server.account();
    const token = await server.member('acme', 'mia', { role: 'owner' });
    const answered = await server.send('GET', '/v1/accounts/acme/summary', undefined, {
      token,
      headers: { origin: 'https://app.example.com' },
    });
    expect(answered.headers.get('access-control-allow-origin')).toBe('*');
    expect(answered.headers.has('access-control-allow-credentials')).toBe(false);
    for (const name of ['RateLimit', 'Retry-After', 'Link', 'ETag'])
      expect(answered.headers.get('access-control-expose-headers')?.split(', ')).toContain(name);
    const preflight = await server.send('OPTIONS', '/v1/accounts/acme/summary', undefined, { token: null });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
  });
});

describe('limits at their edges, over HTTP', () => {
  it.each([
    ['hard', 'emails', '10', '0.000001', 402],
    ['soft', 'workflows', '11', '0.000001', 402],
    ['unlimited', 'exports', '1000000', '1000000', 200],
  ])(
    'E14: a %s limit of 10 admits what ends at its edge and nothing beyond',
    async (_policy, metric, edge, more, status) => {
      const server = createTestServer();
      await server.account();
      const at = (quantity: string) =>
        server.post<ConsumeAnswer>('/v1/consume', { accountId: 'acme', items: [{ metric, quantity }] });
      expect((await at(edge)).status).toBe(200);
      expect((await at(more)).status).toBe(status);
    },
  );

  it('F1: admits exactly the policy under concurrency, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 30 }),
        async (quantities) => {
          const server = createTestServer();
          await server.account();
          const answers = await Promise.all(
            quantities.map((quantity) => server.post('/v1/consume', emails(String(quantity)))),
          );
          const admitted = quantities.filter((_, index) => answers[index]?.status === 200);
          const used = admitted.reduce((sum, quantity) => sum + quantity, 0);
          expect(used).toBeLessThanOrEqual(10);
          for (const [index, quantity] of quantities.entries())
            if (answers[index]?.status !== 200) expect(used + quantity).toBeGreaterThan(10 - 4);
          expect((await server.post('/v1/consume', emails(String(10 - used)))).status).toBe(200);
          expect((await server.post('/v1/consume', emails('0.000001'))).status).toBe(402);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('F1: lets one of two hundred have the last credit', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/consume', {
      accountId: 'acme',
      items: [{ tool: 'search', calls: 49 }, { model: 'swift-1' }],
    });
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(199);
  });

  it('F2: charges once when the same key comes many times at once', async () => {
    const server = createTestServer();
    await server.account();
    const use = { accountId: 'acme', items: [{ tool: 'search', calls: 5 }] };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => server.post<ConsumeAnswer>('/v1/consume', use, { key: 'same' })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body.remaining.credits.available).toBe('90');
  });
});

describe('POST /v1/check', () => {
  it('says what consume would say, and changes nothing', async () => {
    const server = createTestServer();
    await server.account();
    const check = await server.post<{ allowed: boolean; cost: unknown; refusal: unknown }>(
      '/v1/check',
      emails('11'),
    );
    expect(check.status).toBe(200);
    const consume = await refused(server, emails('11'));
    expect(check.body).toMatchObject({ allowed: false, refusal: consume.body.refusal, timeZone: 'UTC' });
    expect((await server.post<{ allowed: boolean }>('/v1/check', emails('10'))).body.allowed).toBe(true);
    expect((await server.post('/v1/consume', emails('10'))).status).toBe(200);
  });
});

describe('a catalog of another version', () => {
  it('keeps the plan of an account until it is moved, and takes the new rate card', async () => {
    const server = createTestServer();
    await server.account();
    const plans = smallCatalogConfig.plans.map((plan) => ({
      ...plan,
      limits: plan.limits.map((limit) => (limit.metric === 'emails' ? { ...limit, included: '3' } : limit)),
    }));
    const models = smallCatalogConfig.models?.map((model) =>
      model.id === 'swift-1' ? { ...model, prices: [{ perRequest: '7' }] } : model,
    );
    await server.put('/v1/catalog', {
      ...smallCatalogConfig,
      plans,
      ...(models === undefined ? {} : { models }),
    });
    expect((await server.post('/v1/consume', emails('10'))).status).toBe(200);
    const run = await server.post<ConsumeAnswer>('/v1/consume', {
      accountId: 'acme',
      items: [{ model: 'swift-1' }],
    });
    expect(run.body.cost.amount).toBe('7');
    await server.put('/v1/accounts/acme', { planId: 'free' });
    expect((await server.post<Problem>('/v1/consume', emails('1'))).body.refusal).toMatchObject({
      limit: '3',
      used: '10',
    });
  });
});
