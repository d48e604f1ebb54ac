import type {
  CatalogConfig,
  Invoice,
  Page,
  Problem,
  Subscription,
  SubscriptionChangeAnswer,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../support/plans-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const account = '/v1/accounts/acme';

/** An account and its owner's token, where paid plans are collected by these rules. */
async function ownerOf(billing: CatalogConfig['billing'], planId = 'free') {
  const catalog: CatalogConfig = {
    ...plansCatalogConfig,
    plans: [
      ...plansCatalogConfig.plans,
      paidPlan('plus', 7, {
        price: { month: usd('40') },
        seats: { power: { included: 1, max: 9, price: { month: usd('7') } } },
      }),
    ],
    seatTypes: [{ id: 'power', label: 'Power seats', roles: [] }],
    ...(billing === undefined ? {} : { billing }),
  };
  const server = createTestServer({ catalog });
  await server.account('acme', { planId });
  await server.put(`${account}/members/ann`, { role: 'owner' });
  const token = await server.token({ accountId: 'acme', memberId: 'ann' });
  const subscription = async () => (await server.get<Subscription>(`${account}/subscription`)).body;
  return { server, token, subscription };
}

describe('an account without a payment method', () => {
  it('L235: cannot be upgraded by a member where the server collects, and nothing is granted or invoiced', async () => {
    const { server, token, subscription } = await ownerOf({});
    const credits = (await server.get(`${account}/credits`)).text;
    const previewed = await server.post<Problem>(
      `${account}/subscription/preview`,
      { kind: 'change_plan', planId: 'pro' },
      { token },
    );
    const changed = await server.post<Problem>(
      `${account}/subscription/change`,
      { planId: 'pro' },
      { token, key: 'up' },
    );
    for (const { status, body } of [previewed, changed])
      expect([status, body.code]).toEqual([409, 'payment_method_required']);
    expect((await subscription()).planId).toBe('free');
    expect((await server.get(`${account}/credits`)).text).toBe(credits);
    expect((await server.get<Page<Invoice>>(`${account}/invoices`)).body.items).toEqual([]);
  });

  it('L235: cannot buy seats by a member, but goes down and takes less', async () => {
    const { server, token } = await ownerOf({}, 'plus');
    const seats = (quantity: number) =>
      server.send<Problem>('PUT', `${account}/seats/power`, { quantity }, { token });
    expect((await seats(2)).body.code).toBe('payment_method_required');
    expect((await seats(0)).status).toBe(200);
    const down = await server.post(
      `${account}/subscription/change`,
      { planId: 'free' },
      { token, key: 'down' },
    );
    expect(down.status).toBe(200);
  });

  it('L235: is upgraded by the product team, and by members where the catalog lets them pay by invoice', async () => {
    const strict = await ownerOf({});
    const byTeam = await strict.server.post(
      `${account}/subscription/change`,
      { planId: 'pro' },
      { key: 'team' },
    );
    expect(byTeam.status).toBe(200);
    for (const billing of [{ withoutPaymentMethod: 'invoice' } as const, undefined]) {
      const { server, token, subscription } = await ownerOf(billing);
      const { body } = await server.post<SubscriptionChangeAnswer>(
        `${account}/subscription/change`,
        { planId: 'pro' },
        { token, key: 'later' },
      );
      expect(body.change).toMatchObject({ dueNow: { amount: '60' }, dueNowBy: 'invoice' });
      expect((await subscription()).planId).toBe('pro');
      const [invoice] = (await server.get<Page<Invoice>>(`${account}/invoices`)).body.items;
      expect(invoice).toMatchObject({ status: 'open', total: { amount: '60' } });
    }
  });
});
