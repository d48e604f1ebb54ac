import type {
  CatalogConfig,
  Invoice,
  Page,
  Problem,
  Subscription,
  SubscriptionChange,
  SubscriptionChangeAnswer,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../support/plans-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const account = '/v1/accounts/acme';

/** An account and its owner's token, where paid plans are collected by these rules. */
async function ownerOf(
  billing: CatalogConfig['billing'],
  planId = 'free',
  settings: Partial<CatalogConfig> = {},
) {
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
    ...settings,
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
    expect([changed.status, changed.body.code]).toEqual([409, 'payment_method_required']);
    expect(previewed.status).toBe(200);
    expect((await subscription()).planId).toBe('free');
    expect((await server.get(`${account}/credits`)).text).toBe(credits);
    expect((await server.get<Page<Invoice>>(`${account}/invoices`)).body.items).toEqual([]);
  });

  it('L104, L235: is shown the whole sum with tax before there is one, and that one is needed', async () => {
    const taxes = [{ id: 'vat', label: 'VAT', percent: '19' }];
    const { server, token } = await ownerOf({ taxes });
    const preview = async (as: object) =>
      (
        await server.post<SubscriptionChange>(
          `${account}/subscription/preview`,
          { kind: 'change_plan', planId: 'plus' },
          as,
        )
      ).body;
    const shown = await preview({ token });
    expect(shown).toMatchObject({
      dueNow: usd('47.6'),
      dueNowBy: 'charge',
      dueNowOf: { net: usd('40'), taxes: [{ label: 'VAT', amount: usd('7.6') }] },
      needsPaymentMethod: true,
    });
    // The product team is not held back, and downwards nothing is needed.
    expect((await preview({})).needsPaymentMethod).toBeUndefined();
    const less = await server.post<SubscriptionChange>(
      `${account}/subscription/preview`,
      { kind: 'cancel' },
      { token },
    );
    expect(less.body.needsPaymentMethod).toBeUndefined();
  });

  it('L235: is needed too where an upgrade is paid from the next period on alone', async () => {
    const { server, subscription } = await ownerOf({}, 'basic', {
      proration: 'none',
      upgrade: { period: 'keep' },
    });
    server.clock.advance(2 * 86_400_000);
    const token = await server.token({ accountId: 'acme', memberId: 'ann' });
    const up = (planId: string, key: string) =>
      server.post<Problem>(`${account}/subscription/change`, { planId }, { token, key });
    const refused = await up('pro', 'up');
    expect([refused.status, refused.body.code]).toEqual([409, 'payment_method_required']);
    const command = { kind: 'change_plan', planId: 'pro' };
    const { body } = await server.post<SubscriptionChange>(`${account}/subscription/preview`, command, {
      token,
    });
    expect(body).toMatchObject({ dueNow: usd('0'), next: { amount: usd('60') }, needsPaymentMethod: true });
    expect((await subscription()).planId).toBe('basic');
    expect((await up('free', 'down')).status).toBe(200);
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
