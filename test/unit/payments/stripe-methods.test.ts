import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import type { PaymentReport } from '../../../server/src/payments/payment-provider.ts';
import { enterMethod, notify, nowMs, orderOf, provider, server, webhookSecret } from './stripe-fixture.ts';

describe('a payment method', () => {
  it('B8: a card is entered on Stripe’s page and reported with its customer', async () => {
    const session = await provider.startSession({
      accountId: 'acme',
      memberId: 'owner-1',
      returnUrl: 'https://host.example/billing',
      paymentMethodId: null,
      currency: 'USD',
      nowMs,
    });
    expect(session.url).toMatch(/^https:\/\/checkout/);
    const page = server.all('checkout.session').at(-1);
    const method = server.enterMethod(page?.id ?? '');
    expect(await notify('checkout.session.completed', page ?? {})).toEqual([
      {
        kind: 'method_entered',
        entered: {
          accountId: 'acme',
          memberId: 'owner-1',
          paymentMethod: {
            id: `${page?.customer}/${method.id}`,
            kind: 'card',
            brand: 'Visa',
            lastFour: '4242',
            confirmed: true,
          },
        },
      },
    ]);
  });

  it('B8: a bank account is told from a card', async () => {
    const id = await enterMethod('pm_usBankAccount_processing');
    expect(id).toMatch(/^cus_\d+\/pm_\d+$/);
  });

  it('a new method of the same account is entered for the same customer', async () => {
    const first = await enterMethod();
    const customers = server.all('customer').length;
    await provider.startSession({
      accountId: 'acme',
      memberId: null,
      returnUrl: 'https://host.example',
      paymentMethodId: first,
      currency: 'USD',
      nowMs,
    });
    expect(server.all('customer')).toHaveLength(customers);
    expect(server.all('checkout.session').at(-1)?.customer).toBe(first.split('/')[0]);
  });

  it('a customer that was deleted at Stripe is made again', async () => {
    const first = await enterMethod();
    const customerId = first.split('/')[0] ?? '';
    server.get(customerId).deleted = true;
    await provider.startSession({
      accountId: 'acme',
      memberId: null,
      returnUrl: 'https://host.example',
      paymentMethodId: first,
      currency: 'USD',
      nowMs,
    });
    expect(server.all('checkout.session').at(-1)?.customer).not.toBe(customerId);
    expect(await provider.charge(orderOf(first))).toEqual({
      outcome: 'failed',
      message: 'The payment method is not there any more.',
    });
  });

  it('a method that is detached at Stripe is reported as removed, unless it was attached again', async () => {
    const id = await enterMethod();
    const [customerId, methodId = ''] = id.split('/');
    const detached = async () => {
      const payload = { type: 'payment_method.detached' };
      const { reports } = await postDetached(methodId, customerId ?? '', payload.type);
      return reports;
    };
    expect(await detached()).toEqual([]);
    server.get(methodId).customer = null;
    expect(await detached()).toEqual([{ kind: 'method_removed', accountId: 'acme', paymentMethodId: id }]);
  });

  async function postDetached(methodId: string, customer: string, type: string) {
    const payload = JSON.stringify({
      id: 'evt_2',
      object: 'event',
      type,
      livemode: false,
      data: { object: { id: methodId, customer: null }, previous_attributes: { customer } },
    });
    const header = await new Stripe('sk_test_unused').webhooks.generateTestHeaderStringAsync({
      payload,
      secret: webhookSecret,
      timestamp: Math.floor(nowMs / 1_000),
    });
    const reports: PaymentReport[] = [];
    await provider.handle(
      new Request('https://usage.example/v1/payments/stripe/events', {
        method: 'POST',
        headers: { 'stripe-signature': header },
        body: payload,
      }),
      async (report) => void reports.push(report),
      nowMs,
    );
    return { reports };
  }

  it('the portal opens for the account’s own customer', async () => {
    const id = await enterMethod();
    const portal = await provider.openPortal({
      accountId: 'acme',
      paymentMethodId: id,
      returnUrl: 'https://host.example',
      nowMs,
    });
    expect(portal?.url).toMatch(/^https:\/\/billing/);
    expect(server.calls('POST /v1/billing_portal/sessions')[0]?.form.customer).toBe(id.split('/')[0]);
  });
});
