import type { CatalogConfig, Problem, Subscription } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { billedCatalog, payingAccount } from './paying-account.ts';

/** Plans that are collected, with models and tools in addition to their metrics. */
const catalog: CatalogConfig = {
  ...billedCatalog,
  modelTiers: smallCatalogConfig.modelTiers ?? [],
  models: smallCatalogConfig.models ?? [],
  tools: smallCatalogConfig.tools ?? [],
};

/** An account on Basic whose last retry has failed. */
async function exhausted() {
  const account = await payingAccount('declines', { catalog });
  const { server } = account;
  await server.put('/v1/accounts/acme', { planId: 'basic' });
  await server.app.tick();
  const use = (items: object[]) => server.post<Problem>('/v1/consume', { accountId: 'acme', items });
  return { account, server, use };
}
const model = [{ model: 'swift-1', inputTokens: 10, outputTokens: 10 }];

describe('exhausted retries', () => {
  it('E5: pause AI and only AI in the gate, in words that say why, until the moment it is paid', async () => {
    const { account, server, use } = await exhausted();
    await account.later(3);
    // Past due pauses nothing yet.
    expect((await use(model)).status).toBe(200);
    await account.later(5);
    const subscription = async () => (await server.get<Subscription>('/v1/accounts/acme/subscription')).body;
    expect(await subscription()).toMatchObject({ status: 'paused', pausedFor: 'retries_exhausted' });
    const refused = await use(model);
    expect(refused.status).toBe(402);
    expect(refused.body).toMatchObject({ code: 'metric_paused' });
    expect(refused.body.detail).toMatch(/payment/i);
    // Whatever is no request to a model goes on, and what is reported is taken.
    expect((await use([{ tool: 'search', calls: 1 }])).status).toBe(200);
    expect((await use([{ metric: 'runs', quantity: '1' }])).status).toBe(200);
    // A request that names a model among other things is AI.
    expect((await use([{ metric: 'runs', quantity: '1' }, ...model])).status).toBe(402);
    const checked = await server.post('/v1/check', { accountId: 'acme', items: model });
    expect(checked.body).toMatchObject({ allowed: false, refusal: { reason: 'metric_paused' } });
    const hold = await server.post('/v1/holds', { accountId: 'acme', id: 'h', items: model });
    expect(hold.status).toBe(402);
    await account.enter('succeeds');
    expect((await use(model)).status).toBe(200);
    expect(await subscription()).toMatchObject({ status: 'active', pausedFor: null });
  });

  it('E5: each step is told, and the payment that lifts the pause too', async () => {
    const { account, server } = await exhausted();
    await account.later(3);
    await account.later(5);
    await account.enter('succeeds');
    const { body } = await server.get<{ items: { body: { type: string } }[] }>('/v1/notices?accountId=acme');
    const types = body.items.map((notice) => notice.body.type).filter((type) => type.startsWith('invoice.'));
    expect(types.toSorted()).toEqual([
      'invoice.paid',
      'invoice.payment_failed',
      'invoice.payment_failed',
      'invoice.retries_exhausted',
    ]);
  });
});
