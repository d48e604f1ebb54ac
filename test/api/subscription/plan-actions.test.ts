import type { CatalogConfig, Subscription } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import workflow from '../../../server/src/catalogs/workflow.ts';
import { paidPlan, usd } from '../../support/plans-catalog.ts';
import { billedCatalog, payingAccount } from '../invoices/paying-account.ts';
import { createTestServer } from '../support/test-server.ts';

const dayMs = 86_400_000;
/** The dearer one is the top of all. */
const twoPlans: CatalogConfig = {
  ...billedCatalog,
  plans: [...billedCatalog.plans, paidPlan('premium', 9, { price: { month: usd('90') } })],
};

async function acme() {
  const server = createTestServer({ catalog: workflow });
  await server.account('acme', { planId: 'free' });
  expect((await server.post('/v1/accounts/acme/subscription/change', { planId: 'pro' })).status).toBe(200);
  await server.member('acme', 'owner', { role: 'owner' });
  const actions = async () => {
    const token = await server.token({ accountId: 'acme', memberId: 'owner' });
    const { body } = await server.get<Subscription>('/v1/accounts/acme/subscription', token);
    return body.actions.map(({ kind, label }) => `${kind}: ${label}`);
  };
  return { server, actions };
}

it('B11: leads first to the payment method where the end of a trial stands in the way', async () => {
  const { server, actions } = await acme();
  server.clock.advance(15 * dayMs);
  expect((await actions())[0]).toBe('update_payment: Add a payment method');
});

it('B3: leads a running trial first to the payment method without which the plan ends with it', async () => {
  const account = await payingAccount(null, { catalog: workflow });
  const first = async () => {
    const { body } = await account.server.get<Subscription>(
      '/v1/accounts/acme/subscription',
      await account.token(),
    );
    return `${body.status}: ${body.actions[0]?.label}`;
  };
  expect((await account.upgrade('pro')).status).toBe(200);
  expect(await first()).toBe('trial: Add a payment method');
  await account.enter('succeeds');
  expect(await first()).toBe('trial: Upgrade');
});

it('B3: leads a trial to no payment method where it is to end as a free plan, which needs none', async () => {
  const { server, actions } = await acme();
  expect((await server.post('/v1/accounts/acme/subscription/cancel', undefined)).status).toBe(200);
  expect(await actions()).not.toContain('update_payment: Add a payment method');
});

it('A5: leads first to the management of a plan that is to end, which keeps it', async () => {
  const { server, actions } = await acme();
  expect((await server.post('/v1/accounts/acme/subscription/cancel', undefined)).status).toBe(200);
  expect((await actions())[0]).toBe('manage_plan: Keep Pro');
});

it('A5, B9: leads first to keeping the plan while a downgrade waits for its day, which is then withdrawn', async () => {
  const account = await payingAccount('succeeds', { catalog: twoPlans });
  expect((await account.upgrade('premium')).status).toBe(200);
  const read = async () => {
    const { body } = await account.server.get<Subscription>(
      '/v1/accounts/acme/subscription',
      await account.token(),
    );
    return [body.scheduled?.planId ?? null, body.actions[0]?.label];
  };
  expect(await read()).toEqual([null, 'Manage plan']);
  expect((await account.upgrade('basic')).status).toBe(200);
  expect(await read()).toEqual(['basic', 'Keep premium']);
  const token = await account.token();
  const path = '/v1/accounts/acme/subscription/resume';
  expect((await account.server.post(path, undefined, { token })).status).toBe(200);
  expect(await read()).toEqual([null, 'Manage plan']);
});
