import type { CatalogConfig, Summary } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const ids = Array.from({ length: 10 }, (_id, index) => `counter-${index}`);
const catalog: CatalogConfig = {
  ...smallCatalogConfig,
  metrics: [
    ...(smallCatalogConfig.metrics ?? []),
    ...ids.map((id) => ({ id, label: id, unit: { one: 'piece', other: 'pieces' } })),
  ],
  plans: (smallCatalogConfig.plans ?? []).map((plan) =>
    plan.id === 'pro'
      ? { ...plan, limits: ids.map((metric) => ({ metric, included: '100', policy: 'hard' as const })) }
      : plan,
  ),
};

it('E10: tells the fullest meters where there are more than eight, in the order of the catalog', async () => {
  const server = createTestServer({ catalog });
  await server.account('acme', { planId: 'pro' });
  for (const [metric, quantity] of [
    ['counter-8', '95'],
    ['counter-1', '20'],
  ]) {
    const items = [{ metric, quantity }];
    expect((await server.post('/v1/consume', { accountId: 'acme', items })).status).toBe(200);
  }
  const { body } = await server.get<Summary>('/v1/accounts/acme/summary');
  const told = body.meters.map(({ metric }) => metric);
  expect(told).toHaveLength(8);
  expect(told).toContain('counter-8');
  expect(told).toEqual(ids.filter((id) => told.includes(id)));
});
