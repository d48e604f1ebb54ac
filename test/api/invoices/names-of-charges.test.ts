import type { Activity, CatalogConfig, Charge, Page, Problem } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { billedCatalog, payingAccount } from './paying-account.ts';

const pack = { id: 'p500', label: '500 credits', credits: '500', price: { amount: '5', currency: 'USD' } };
const catalog: CatalogConfig = {
  ...billedCatalog,
  plans: billedCatalog.plans.map((plan) => (plan.id === 'basic' ? { ...plan, name: 'Basic plus' } : plan)),
  creditPacks: [pack],
};
const path = (rest: string) => `/v1/accounts/acme${rest}`;

async function bought() {
  const account = await payingAccount('succeeds', { catalog });
  expect((await account.upgrade('basic')).status).toBe(200);
  const token = await account.token();
  const sent = await account.server.post(path('/credit-packs/p500/purchase'), undefined, { token });
  expect(sent.status).toBe(201);
  return account;
}

it('B8, C7: names a payment by the name of its pack, plan or invoice, in the list, the CSV and the activity log', async () => {
  const account = await bought();
  const [purchase, invoice] = await account.chargeHistory();
  expect([purchase, invoice]).toMatchObject([
    { purpose: 'purchase', subject: '500 credits', description: '500 credits' },
    { purpose: 'plan_change', subject: 'Basic plus', description: 'Change to Basic plus' },
  ]);
  const refunded = await account.server.post<Charge>(path(`/charges/${purchase?.id}/refunds`), {
    reason: 'Bought twice',
  });
  expect(refunded.body.subject).toBe('500 credits');
  await account.server.app.tick();
  const csv = await account.server.get(path('/export/charges'));
  expect(csv.text).toMatch(/,500 credits,/);
  expect(csv.text).toMatch(/,Change to Basic plus,/);
  const { items } = (await account.server.get<Page<Activity>>(path('/activity'))).body;
  expect(items.find(({ kind }) => kind === 'payment_refunded')).toMatchObject({
    event: { kind: 'refunded', purpose: 'purchase', subject: '500 credits' },
    description: expect.stringContaining('500 credits'),
  });
});

it('D7: names the plan whose change was not paid', async () => {
  const account = await payingAccount('declines', { catalog });
  const change = await account.server.post<Problem>(
    path('/subscription/change'),
    { planId: 'basic' },
    { token: await account.token() },
  );
  expect(change.body.code).toBe('payment_failed');
  const { items } = (await account.server.get<Page<Activity>>(path('/activity'))).body;
  expect(items.map(({ description }) => description)).toContain(
    'Change to Basic plus was not paid and not made',
  );
});

it('names a payment by the id of a pack that the catalog has no more', async () => {
  const account = await bought();
  expect((await account.server.put('/v1/catalog', { ...catalog, creditPacks: [] })).status).toBe(200);
  expect((await account.chargeHistory())[0]).toMatchObject({ subject: 'p500', description: 'p500' });
});
