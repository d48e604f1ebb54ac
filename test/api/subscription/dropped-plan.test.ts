import type { Problem, Subscription, SubscriptionChangeAnswer, Summary } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../support/plans-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

describe('a catalog that leaves out a plan', () => {
  const without = plansCatalogConfig.plans.filter(({ id }) => id !== 'basic');

  it('is refused with the number of accounts on it, unless another plan takes its place', async () => {
    const server = createTestServer({ catalog: plansCatalogConfig });
    for (const id of ['a', 'b', 'c']) await server.account(id, { planId: 'basic' });
    const refused = await server.put<Problem>('/v1/catalog', { ...plansCatalogConfig, plans: without });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'invalid_catalog',
        invalidParameters: [
          { pointer: '/plans', detail: "3 accounts are on the plan 'basic', which is left out" },
        ],
      },
    });
    const successor = paidPlan('starter', 1, { price: { month: usd('35') }, replaces: ['basic'] });
    const put = await server.put('/v1/catalog', { ...plansCatalogConfig, plans: [...without, successor] });
    expect(put.status).toBe(200);
    // Who is on it stays on it, and can be moved.
    const stays = await server.get<Subscription>('/v1/accounts/a/subscription');
    expect(stays.body).toMatchObject({ planId: 'basic', price: { amount: '30' } });
    const moved = await server.post<SubscriptionChangeAnswer>('/v1/accounts/a/subscription/move', {
      when: 'now',
    });
    expect(moved.body.subscription).toMatchObject({ planId: 'starter', price: { amount: '35' } });
  });

  it('is taken where nobody is on it', async () => {
    const server = createTestServer({ catalog: plansCatalogConfig });
    await server.account('a', { planId: 'pro' });
    expect((await server.put('/v1/catalog', { ...plansCatalogConfig, plans: without })).status).toBe(200);
  });
});

describe('an account whose trial is over', () => {
  it('B11: is told in its summary that it is paused, with what helps', async () => {
    const tried = paidPlan('tried', 9, { price: { month: usd('9') }, trial: { days: 1 } });
    const server = createTestServer({
      catalog: { ...plansCatalogConfig, plans: [...plansCatalogConfig.plans, tried] },
    });
    await server.account('acme', { planId: 'tried' });
    expect((await server.get<Subscription>('/v1/accounts/acme/subscription')).body).toMatchObject({
      status: 'trial',
      next: { kind: 'trial_ends', at: '2026-06-11T12:00:00.000Z' },
      trialEndsAt: '2026-06-11T12:00:00.000Z',
    });
    server.clock.advance(86_400_000);
    const { body } = await server.get<Summary>('/v1/accounts/acme/summary');
    expect(body.blocked).toMatchObject({ reason: 'metric_paused', actions: [{ kind: 'update_payment' }] });
    const refused = await server.post<Problem>('/v1/consume', {
      accountId: 'acme',
      items: [{ metric: 'runs', quantity: '1' }],
    });
    expect(refused).toMatchObject({ status: 402, body: { code: 'metric_paused' } });
    const task = { accountId: 'acme', name: 'A run', status: 'in_progress' };
    expect((await server.post<Problem>('/v1/tasks', task)).body.code).toBe('metric_paused');
  });
});
