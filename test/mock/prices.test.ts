import { createUsageKitMock } from '@usagekit/react/testing';
import { type CatalogConfig, paths } from '@usagekit/server/contract';
import { expect, it, onTestFinished } from 'vitest';
import { smallCatalogConfig } from '../support/small-catalog.ts';

const modelWith = (id: string): NonNullable<CatalogConfig['models']>[number] => ({
  id: `acme/${id}`,
  aliases: [`${id}-*`],
  label: id,
  provider: 'acme',
  tier: 'light',
  prices: [{ input: { amount: '1', per: 1_000 }, serviceTiers: { batch: '0.5' } }],
});

it('F25: the mock prices models by other names, and keeps what has no price until its catalog has one', async () => {
  const catalog = { ...smallCatalogConfig, models: [modelWith('swift-2')] };
  const { backend } = createUsageKitMock({ catalog, afterEach: onTestFinished });
  await backend.putAccount('fresh', {});
  const available = async () => (await backend.credits('fresh')).available;
  const { unpriced } = await backend.report([
    {
      id: 'e-1',
      accountId: 'fresh',
      items: [{ model: 'swift-2-2026-05-01', inputTokens: 4_000, serviceTier: 'batch' }],
    },
    { id: 'e-2', accountId: 'fresh', items: [{ model: 'swift-3-2026-06-01', inputTokens: 1_000 }] },
  ]);
  expect(unpriced).toEqual([{ index: 1, id: 'e-2', kind: 'model', name: 'swift-3-2026-06-01' }]);
  expect(await available()).toBe('98');
  await backend.send('PUT', paths.catalog, { ...catalog, models: [...catalog.models, modelWith('swift-3')] });
  expect(await available()).toBe('97');
});

it.each([
  ['of embeddings, which only reads', [{ input: { amount: '1', per: 1_000 as const } }]],
  ['of images alone', [{ image: { amount: '4' } }]],
  [
    'with a price of the request in addition to its rates, and context tiers',
    [
      {
        perRequest: '1',
        input: { amount: '1', per: 1_000 as const },
        output: { amount: '1', per: 1_000 as const },
        contextTiers: [{ above: 100_000, input: { amount: '2', per: 1_000 as const } }],
      },
    ],
  ],
])('F27: a scenario runs on a catalog whose only model is one %s', async (_, prices) => {
  const catalog = { ...smallCatalogConfig, models: [{ ...modelWith('odd'), prices }] };
  const { client } = createUsageKitMock({ catalog, afterEach: onTestFinished });
  expect(Number((await client().credits('acme')).spentThisCycle)).toBeGreaterThan(0);
});
