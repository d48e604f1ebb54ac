import type { Activity, Charge, Credits, Notice, Page, Problem } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import type { PaymentReport } from '../../../server/src/payments/payment-provider.ts';
import {
  billedCatalog,
  newestInvoice,
  type PayingAccount,
  payingAccount,
  watchedSandbox,
} from './paying-account.ts';

/** The sandbox, which reports what a test has it report at an address of its own. */
function reporting() {
  let next: PaymentReport[] = [];
  const sandbox = watchedSandbox();
  const own = sandbox.payments.handle.bind(sandbox.payments);
  sandbox.payments.handle = async (request, report, nowMs) => {
    if (!request.url.endsWith('/events')) return own(request, report, nowMs);
    for (const each of next) await report(each);
    return new Response(null, { status: 204 });
  };
  return {
    sandbox,
    async tell({ server }: PayingAccount, ...reports: PaymentReport[]) {
      next = reports;
      const { status } = await server.app.fetch(
        new Request('http://usage.test/v1/payments/sandbox/events', { method: 'POST' }),
      );
      expect(status).toBe(204);
    },
  };
}

const packs = {
  ...billedCatalog,
  creditPacks: [
    { id: 'hundred', label: '100 credits', credits: '100', price: { amount: '7', currency: 'USD' } },
  ],
};

describe('faults that were reported of other products', () => {
  it('B: one event three times at once is one payment, and a stale one undoes nothing', async () => {
    const { sandbox, tell } = reporting();
    const account = await payingAccount('settles_later', { sandbox });
    await account.server.put('/v1/accounts/acme', { planId: 'basic' });
    await account.server.app.tick();
    const [charge] = await account.chargeHistory();
    expect(charge?.status).toBe('settling');
    const ended = (result: { outcome: 'succeeded' } | { outcome: 'settling' }): PaymentReport => ({
      kind: 'charge_ended',
      accountId: 'acme',
      purchaseId: charge?.id ?? '',
      result,
    });
    const paid = ended({ outcome: 'succeeded' });
    await Promise.all([tell(account, paid), tell(account, paid), tell(account, paid)]);
    await tell(account, ended({ outcome: 'settling' }));
    expect(await newestInvoice(account)).toMatchObject({ status: 'paid', amountPaid: { amount: '30' } });
    expect((await account.chargeHistory()).map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('F: a debit that settles is not charged again, whoever asks', async () => {
    const account = await payingAccount('settles_later');
    await account.server.put('/v1/accounts/acme', { planId: 'basic' });
    await account.server.app.tick();
    const { id } = await newestInvoice(account);
    for (let times = 0; times < 2; times++)
      await account.server.post(`/v1/accounts/acme/invoices/${id}/pay`, undefined);
    await account.later(1);
    expect(new Set(account.charges.map((order) => order.id)).size).toBe(1);
  });

  it('G, C14: a refund of bought credits takes them back in the same step, and what was spent of them is owed', async () => {
    const account = await payingAccount('succeeds', { catalog: packs });
    const { server } = account;
    const bought = await server.post('/v1/accounts/acme/credit-packs/hundred/purchase', undefined, {
      token: await account.token(),
    });
    expect(bought.status).toBe(201);
    // Free gives 10: all but 5 of what was bought is spent.
    await server.post('/v1/accounts/acme/adjustments', { amount: '-105', reason: 'Spent' });
    const [charge] = await account.chargeHistory();
    const refund = () =>
      server.post<Charge>(
        `/v1/accounts/acme/charges/${charge?.id}/refunds`,
        { reason: 'Changed their mind' },
        { key: 'refund-1' },
      );
    expect([(await refund()).status, (await refund()).status]).toEqual([201, 201]);
    await server.app.tick();
    expect(account.refunds.map(({ chargeId, amount }) => [chargeId, amount])).toEqual([
      [charge?.id, 7_000_000n],
    ]);
    const [after] = await account.chargeHistory();
    expect(after).toMatchObject({ purpose: 'purchase', refunded: { amount: '7' } });
    const credits = await server.get<Credits>('/v1/accounts/acme/credits');
    expect(credits.body.available).toBe('-95');
    expect(credits.body.recent[0]).toMatchObject({ kind: 'adjustment', description: 'Changed their mind' });
    const log = await server.get<Page<Activity>>('/v1/accounts/acme/activity');
    expect(log.body.items).toContainEqual(
      expect.objectContaining({ kind: 'payment_refunded', reason: 'Changed their mind' }),
    );
    const again = await server.post<Problem>(`/v1/accounts/acme/charges/${charge?.id}/refunds`, {
      reason: 'Once more',
    });
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
  });

  it('G, C14: gives the price back and leaves the credits, where the order says so, and only of bought credits', async () => {
    const account = await payingAccount('succeeds', { catalog: packs });
    const { server } = account;
    await server.post('/v1/accounts/acme/credit-packs/hundred/purchase', undefined, {
      token: await account.token(),
    });
    const [charge] = await account.chargeHistory();
    const refund = { reason: 'Goodwill', amount: '4', credits: 'keep' };
    expect((await server.post(`/v1/accounts/acme/charges/${charge?.id}/refunds`, refund)).status).toBe(201);
    await server.app.tick();
    expect((await server.get<Credits>('/v1/accounts/acme/credits')).body.available).toBe('110');
    await account.upgrade('basic');
    const fee = (await account.chargeHistory()).find(({ purpose }) => purpose !== 'purchase');
    const refused = await server.post<Problem>(`/v1/accounts/acme/charges/${fee?.id}/refunds`, refund);
    expect([refused.status, refused.body.invalidParameters?.[0]?.pointer]).toEqual([400, '/credits']);
  });

  it('H: a method that is gone at the provider is no method any more, and the next charge says so', async () => {
    const { sandbox, tell } = reporting();
    const account = await payingAccount('succeeds', { sandbox });
    await account.upgrade('basic');
    const paymentMethodId = account.charges[0]?.paymentMethodId ?? '';
    await tell(account, { kind: 'method_removed', accountId: 'acme', paymentMethodId: 'another' });
    await tell(account, { kind: 'method_removed', accountId: 'acme', paymentMethodId });
    const before = account.charges.length;
    await account.later(40);
    expect(account.charges).toHaveLength(before);
    expect((await newestInvoice(account)).status).toBe('past_due');
    const subscription = await account.server.get<{ pastDue?: unknown; status: string }>(
      '/v1/accounts/acme/subscription',
    );
    expect(subscription.body.status).toBe('past_due');
  });

  it('N: a reminder that waits is not sent once the invoice is paid', async () => {
    const mails: string[] = [];
    let isDown = true;
    const account = await payingAccount('declines', {
      notices: {
        refuses: () => null,
        post: async () => null,
        mail: async ({ subject }) => {
          if (isDown) return 'The mail server is down';
          mails.push(subject);
          return null;
        },
      },
    });
    const { server } = account;
    const told = await server.put('/v1/accounts/acme/alert-email', { email: 'bills@example.com' });
    expect(told.status).toBe(200);
    await server.put('/v1/accounts/acme', { planId: 'basic' });
    await server.app.tick();
    const deliver = async () => {
      await server.app.deliver();
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    await deliver();
    await account.enter('succeeds');
    expect((await newestInvoice(account)).status).toBe('paid');
    isDown = false;
    await account.later(1);
    await deliver();
    // One word of the payment, and none that asks for it.
    expect(mails).toEqual(['Invoice INV-1 is paid']);
    const { items } = (await server.get<Page<Notice>>('/v1/notices')).body;
    const asked = items.find(({ body }) => body.type === 'invoice.payment_failed');
    expect(asked?.deliveries).toMatchObject([{ status: 'dropped' }]);
  });
});
