import type {
  Activity,
  CatalogConfig,
  Page,
  Problem,
  Subscription,
  SubscriptionChangeAnswer,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { paidPlan, usd } from '../../support/plans-catalog.ts';
import { billedCatalog, payingAccount, watchedSandbox } from '../invoices/paying-account.ts';

const catalog: CatalogConfig = {
  ...billedCatalog,
  seatTypes: [{ id: 'power', label: 'Power seats', roles: [] }],
  plans: [
    ...billedCatalog.plans,
    paidPlan('plus', 7, {
      price: { month: usd('60') },
      seats: { power: { included: 1, max: 9, price: { month: usd('10') } } },
    }),
  ],
};

/** An account on the plan that sells seats, which then enters this card. */
async function withCard(card: Parameters<typeof payingAccount>[0] & string) {
  const account = await payingAccount('succeeds', { catalog, sandbox: watchedSandbox() });
  expect((await account.upgrade('plus')).status).toBe(200);
  await account.enter(card);
  const path = '/v1/accounts/acme/seats/power';
  const seats = async <Body>(quantity: number, key?: string) => {
    const token = await account.token();
    return account.server.send<Body>(
      'PUT',
      path,
      { quantity },
      { token, ...(key === undefined ? {} : { key }) },
    );
  };
  const bought = async () => {
    const { body } = await account.server.get<Subscription>('/v1/accounts/acme/subscription');
    return body.seats[0]?.bought;
  };
  return { account, seats, bought };
}

describe('more seats', () => {
  it('L121, L228: are charged first, once for a key, and then given with a paid invoice', async () => {
    const { account, seats, bought } = await withCard('succeeds');
    const first = await seats<SubscriptionChangeAnswer>(2, 'two');
    expect([first.status, first.body.payment?.status, first.body.payment?.purpose]).toEqual([
      200,
      'succeeded',
      'quantity_change',
    ]);
    expect(first.body.payment?.subject).toBe('Power seats × 2');
    expect(await bought()).toBe(2);
    expect((await seats(2, 'two')).text).toBe(first.text);
    expect((await seats<SubscriptionChangeAnswer>(2)).body.payment).toBeUndefined();
    expect(account.charges).toHaveLength(2);
    expect((await account.invoices()).map(({ status }) => status)).toEqual(['paid', 'paid']);
    expect((await seats<Problem>(3, 'two')).body.code).toBe('idempotency_key_reused');
  });

  it('L228: are not given where the card is declined: no seat, no invoice, and the history says so', async () => {
    const { account, seats, bought } = await withCard('declines');
    const declined = await seats<Problem>(2, 'two');
    expect([declined.status, declined.body.code]).toEqual([402, 'payment_failed']);
    expect(await bought()).toBe(0);
    expect(await account.invoices()).toHaveLength(1);
    // The same key stays the same charge.
    expect((await seats<Problem>(2, 'two')).body.code).toBe('payment_failed');
    expect(account.charges).toHaveLength(2);
    const { body } = await account.server.get<Page<Activity>>('/v1/accounts/acme/activity');
    expect(body.items.map(({ event }) => event)).toContainEqual({
      kind: 'quantity_unpaid',
      subject: 'Power seats × 2',
    });
  });

  it('L228: wait for a debit that settles later, and another change waits with them', async () => {
    const { account, seats, bought } = await withCard('settles_later');
    const waiting = await seats<SubscriptionChangeAnswer>(2, 'two');
    expect(waiting.body.payment?.status).toBe('settling');
    expect(await bought()).toBe(0);
    expect((await seats<Problem>(3)).body.code).toBe('change_pending');
    await account.later(5);
    expect(await bought()).toBe(2);
  });
});
