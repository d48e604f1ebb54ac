import type { CatalogConfig, ConsumeAnswer, ModelList, Problem } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const perMillion = (amount: string) => ({ amount, per: 1_000_000 as const });
const config: CatalogConfig = {
  ...smallCatalogConfig,
  plans: smallCatalogConfig.plans.map((plan, index) =>
    index === 0 ? { ...plan, modelMarkupPercent: '20' } : plan,
  ),
  models: [
    {
      id: 'anthropic/claude-sonnet-4.5',
      aliases: ['claude-sonnet-4-5', 'claude-sonnet-4-5-*'],
      label: 'Claude Sonnet 4.5',
      provider: 'anthropic',
      tier: 'light',
      prices: [
        {
          input: perMillion('3'),
          output: perMillion('15'),
          cached: perMillion('0.3'),
          cacheWrite: perMillion('3.75'),
          cacheWriteHour: perMillion('6'),
          contextTiers: [{ above: 200_000, input: perMillion('6'), output: perMillion('22.5') }],
          serviceTiers: { batch: '0.5' },
        },
      ],
    },
  ],
};

it('F25: a request by a dated name, with cache writes and a service tier, is charged as the rate card says, with the markup', async () => {
  const server = createTestServer();
  expect((await server.put('/v1/catalog', config)).status).toBe(200);
  await server.account();
  const consume = (item: object) =>
    server.post<ConsumeAnswer & Problem>('/v1/consume', { accountId: 'acme', items: [item] });
  const used = await consume({
    model: 'claude-sonnet-4-5-20250929',
    inputTokens: 10_000,
    cacheWriteTokens: 20_000,
    cacheWriteHourTokens: 30_000,
    cachedTokens: 40_000,
    outputTokens: 5_000,
    reasoningTokens: 1_000,
    serviceTier: 'batch',
  });
  // 0.03 + 0.075 + 0.18 + 0.012 + 0.075 + 0.015 = 0.387, half of it, and a fifth more.
  expect([used.status, used.body.cost.amount, used.body.cost.lineItems[0]?.label]).toEqual([
    200,
    '0.2322',
    'Claude Sonnet 4.5',
  ]);
  const unknown = await consume({ model: 'claude-opus-9' });
  expect([unknown.status, unknown.body.code, unknown.body.invalidParameters]).toEqual([
    422,
    'unknown_model',
    [
      {
        pointer: '/items/0/model',
        detail: "The rate card has no model 'claude-opus-9'",
        accepted: 'anthropic/claude-sonnet-4.5',
      },
    ],
  ]);
  const unpriced = await consume({ model: 'claude-sonnet-4-5', images: 1 });
  expect([unpriced.status, unpriced.body.code, unpriced.body.invalidParameters?.[0]]).toMatchObject([
    422,
    'no_price',
    {
      pointer: '/items/0/images',
      detail: "The rate card has no price for images of 'anthropic/claude-sonnet-4.5'",
    },
  ]);
});

it("C9, F25: the list of models tells every rate with the plan's markup, context tiers and service tiers", async () => {
  const server = createTestServer();
  await server.put('/v1/catalog', config);
  await server.account();
  const { body } = await server.get<ModelList>('/v1/models?accountId=acme');
  expect(body.items[0]).toMatchObject({
    id: 'anthropic/claude-sonnet-4.5',
    inputPer1000: '0.0036',
    rates: [
      { of: 'input', amount: '3.6', per: 1_000_000 },
      { of: 'output', amount: '18', per: 1_000_000 },
      { of: 'cached', amount: '0.36', per: 1_000_000 },
      { of: 'cacheWrite', amount: '4.5', per: 1_000_000 },
      { of: 'cacheWriteHour', amount: '7.2', per: 1_000_000 },
    ],
    contextTiers: [
      {
        above: 200_000,
        rates: [
          { of: 'input', amount: '7.2', per: 1_000_000 },
          { of: 'output', amount: '27', per: 1_000_000 },
        ],
      },
    ],
    serviceTiers: [{ id: 'batch', factor: '0.5' }],
  });
});
