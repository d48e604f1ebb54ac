import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  ChargeOrder,
  PaymentProvider,
  PaymentReport,
  ProviderCharge,
} from '../../../server/src/payments/payment-provider.ts';
import {
  createStripeProvider,
  stripeApiVersion,
} from '../../../server/src/payments/stripe/create-stripe-provider.ts';
import { StripeServer } from '../../support/stripe/stripe-server.ts';

const webhookSecret = 'whsec_only_for_tests';
const hourMs = 3_600_000;

let server: StripeServer;
let provider: PaymentProvider;
let counted = 0;
let nowMs = 0;

beforeAll(async () => {
  server = await StripeServer.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
  server.faults.length = 0;
  nowMs = server.nowSeconds * 1_000;
  provider = createStripeProvider({
    secretKey: 'sk_test_only_for_tests',
    webhookSecret,
    publicUrl: 'https://usage.example',
    apiUrl: server.url,
  });
});

/** An account whose owner has entered a method on Stripe's page. */
async function enterMethod(testMethod = 'pm_card_visa', accountId = 'acme'): Promise<string> {
  await provider.startSession({
    accountId,
    memberId: 'owner-1',
    returnUrl: 'https://host.example/billing',
    paymentMethodId: null,
    currency: 'USD',
    nowMs,
  });
  const page = server.all('checkout.session').at(-1);
  server.enterMethod(page?.id ?? '', testMethod);
  const [report] = await notify('checkout.session.completed', page ?? {});
  if (report?.kind !== 'method_entered') throw new Error('no method was reported');
  return report.entered.paymentMethod.id;
}

function orderOf(paymentMethodId: string, over: Partial<ChargeOrder> = {}): ChargeOrder {
  counted += 1;
  return {
    id: `purchase-${counted}`,
    accountId: 'acme',
    amount: 40_000_000n,
    currency: 'USD',
    paymentMethodId,
    unattended: true,
    description: '5,000 credits',
    attempt: 0,
    orderedAtMs: nowMs,
    nowMs,
    ...over,
  };
}

interface Signing {
  type?: string;
  secret?: string;
  timestamp?: number;
  livemode?: boolean;
  /** What is sent instead of what was signed. */
  sent?: (payload: string) => string;
}

async function post(object: object, signing: Signing = {}) {
  const { type = 'payment_intent.succeeded', secret = webhookSecret, livemode = false } = signing;
  const payload = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    api_version: '2020-08-27',
    type,
    livemode,
    data: { object, previous_attributes: {} },
  });
  const header = await new Stripe('sk_test_unused').webhooks.generateTestHeaderStringAsync({
    payload,
    secret,
    timestamp: signing.timestamp ?? Math.floor(nowMs / 1_000),
  });
  const reports: PaymentReport[] = [];
  const response = await provider.handle(
    new Request('https://usage.example/v1/payments/stripe/events', {
      method: 'POST',
      headers: { 'stripe-signature': header },
      body: signing.sent?.(payload) ?? payload,
    }),
    async (report) => void reports.push(report),
    nowMs,
  );
  return { response, reports };
}

async function notify(type: string, object: object): Promise<PaymentReport[]> {
  const { response, reports } = await post(object, { type });
  expect(response?.status).toBe(204);
  return reports;
}

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

describe('a charge', () => {
  it('succeeds, and asked again it is the same charge', async () => {
    const order = orderOf(await enterMethod());
    const before = server.all('payment_intent').length;
    expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
    expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
    expect(server.all('payment_intent')).toHaveLength(before + 1);
    const [first, second] = server.calls('POST /v1/payment_intents');
    expect(first?.idempotencyKey).toBe(`charge-acme~${order.id}-1`);
    expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
  });

  it.each([
    ['USD', 40_000_000n, '4000'],
    ['JPY', 80_000_000n, '80'],
    ['KWD', 1_230_000n, '1230'],
    ['EUR', 660_000n, '66'],
  ])('sends the smallest unit of %s', async (currency, amount, sent) => {
    await provider.charge(orderOf(await enterMethod(), { currency, amount }));
    expect(server.calls('POST /v1/payment_intents')[0]?.form.amount).toBe(sent);
  });

  it.each([
    ['finer than a cent', 'USD', 1_234_567n, /multiple/],
    ['finer than a yen', 'JPY', 500_000n, /multiple/],
    ['nothing', 'USD', 0n, /more than 0/],
    ['beyond eight digits', 'USD', 1_000_000_000_000n, /99999999/],
  ])('fails in words where the amount is %s, and asks Stripe nothing', async (_, currency, amount, words) => {
    const result = await provider.charge(orderOf('cus_1/pm_1', { currency, amount }));
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringMatching(words) });
    expect(server.seen).toEqual([]);
  });

  it('fails with Stripe’s words where the card is declined, and asked again it is not charged anew', async () => {
    const order = orderOf(await enterMethod('pm_card_chargeDeclined'));
    const declined = { outcome: 'failed', message: 'Your card was declined.' };
    expect(await provider.charge(order)).toEqual(declined);
    const made = server.all('payment_intent').length;
    expect(await provider.charge(order)).toEqual(declined);
    expect(server.all('payment_intent')).toHaveLength(made);
  });

  it('below Stripe’s minimum fails in words', async () => {
    const result = await provider.charge(orderOf(await enterMethod(), { amount: 180_000n }));
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining('at least') });
  });

  it('settles where a bank has to be waited for, is not charged again meanwhile, and succeeds later', async () => {
    const order = orderOf(await enterMethod('pm_usBankAccount_processing'));
    expect(await provider.charge(order)).toEqual({ outcome: 'settling' });
    const intent = server.all('payment_intent').at(-1);
    expect(await provider.charge(order)).toEqual({ outcome: 'settling' });
    Object.assign(intent ?? {}, { status: 'succeeded' });
    expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
    expect(await notify('payment_intent.succeeded', intent ?? {})).toEqual([
      { kind: 'charge_ended', accountId: 'acme', purchaseId: order.id, result: { outcome: 'succeeded' } },
    ]);
  });

  it('needs action where the bank asks for it: one page, which is not offered again once it is paid', async () => {
    const order = orderOf(await enterMethod('pm_card_authenticationRequired'));
    const first = await provider.charge(order);
    expect(first).toMatchObject({
      outcome: 'needs_action',
      actionUrl: expect.stringMatching(/^https:\/\/checkout/),
    });
    expect(await provider.charge(order)).toEqual(first);
    const page = server.all('checkout.session').at(-1);
    server.payPage(page?.id ?? '');
    expect(await notify('checkout.session.completed', page ?? {})).toEqual([
      { kind: 'charge_ended', accountId: 'acme', purchaseId: order.id, result: { outcome: 'succeeded' } },
    ]);
    expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
  });

  it('is not told as failed while its page is open, and is once the page has expired', async () => {
    const order = orderOf(await enterMethod('pm_card_authenticationRequired'));
    await provider.charge(order);
    const declined = server.all('payment_intent').at(-1);
    expect(await notify('payment_intent.payment_failed', declined ?? {})).toEqual([]);
    const page = server.all('checkout.session').at(-1);
    Object.assign(page ?? {}, { status: 'expired', url: null });
    expect(await notify('checkout.session.expired', page ?? {})).toMatchObject([
      { kind: 'charge_ended', purchaseId: order.id, result: { outcome: 'failed' } },
    ]);
  });

  it('a page that a bank pays is settling first and succeeds with the bank’s word', async () => {
    const order = orderOf(await enterMethod('pm_card_authenticationRequired'));
    await provider.charge(order);
    const page = server.all('checkout.session').at(-1);
    const intent = server.payPage(page?.id ?? '', 'bank');
    expect(await notify('checkout.session.completed', page ?? {})).toMatchObject([
      { result: { outcome: 'settling' } },
    ]);
    Object.assign(intent, { status: 'succeeded' });
    expect(await notify('checkout.session.async_payment_succeeded', page ?? {})).toMatchObject([
      { purchaseId: order.id, result: { outcome: 'succeeded' } },
    ]);
  });
});

describe('a charge whose answer is lost', () => {
  const madeBy = (order: ChargeOrder) =>
    server.all('payment_intent').filter(({ metadata }) => Object.values(metadata ?? {}).includes(order.id));

  it('is charged once where the connection breaks after it was done', async () => {
    const order = orderOf(await enterMethod());
    server.faults.push({ path: 'payment_intents', times: 1, kind: 'lost' });
    expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
    expect(madeBy(order)).toHaveLength(1);
  });

  it('is found where Stripe answers with an error of its own after it was done', async () => {
    const order = orderOf(await enterMethod());
    server.faults.push({ path: 'payment_intents', times: 1, kind: 'error' });
    expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
    expect(madeBy(order)).toHaveLength(1);
  });

  it('goes on under the next key where Stripe replays an error and nothing was done', async () => {
    const order = orderOf(await enterMethod());
    server.faults.push({ path: 'payment_intents', times: 1, kind: 'refused_500' });
    expect(await provider.charge(order).catch(() => provider.charge(order))).toEqual({
      outcome: 'succeeded',
    });
    expect(madeBy(order)).toHaveLength(1);
    expect(server.calls('POST /v1/payment_intents').at(-1)?.idempotencyKey).toBe(`charge-acme~${order.id}-2`);
  });

  it('throws where it cannot know, and tells nothing of the card', async () => {
    const order = orderOf(await enterMethod());
    server.faults.push({ path: 'payment_intents', times: 20, kind: 'rate_limited' });
    await expect(provider.charge(order)).rejects.toThrow(/Too many requests/);
    server.faults.length = 0;
    expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
    expect(madeBy(order)).toHaveLength(1);
  });

  it('throws while another request holds its key, and charges once', async () => {
    const order = orderOf(await enterMethod());
    server.faults.push({ path: 'payment_intents', times: 3, kind: 'in_use' });
    await expect(provider.charge(order)).rejects.toThrow();
    server.faults.length = 0;
    expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
    expect(madeBy(order)).toHaveLength(1);
  });

  it('is looked for before it is made where the key has been forgotten', async () => {
    const order = orderOf(await enterMethod());
    await provider.charge(order);
    const posts = server.calls('POST /v1/payment_intents').length;
    const later = { ...order, nowMs: nowMs + 40 * hourMs };
    expect(await provider.charge(later)).toEqual({ outcome: 'succeeded' });
    expect(server.calls('POST /v1/payment_intents')).toHaveLength(posts);
  });
});

describe('orders of two accounts with the same id', () => {
  // An id of an invoice follows from the instant at which its period began, which accounts share; a host may use a key twice.
  it('C: are two charges and two refunds', async () => {
    const [first, second] = [
      orderOf(await enterMethod('pm_card_visa', 'acme'), { id: 'period~1~invoice~charge~1' }),
      orderOf(await enterMethod('pm_card_visa', 'globex'), {
        id: 'period~1~invoice~charge~1',
        accountId: 'globex',
      }),
    ];
    for (const order of [first, second])
      expect(await provider.charge(order)).toEqual({ outcome: 'succeeded' });
    const before = server.all('refund').length;
    for (const { id, accountId, paymentMethodId } of [first, second]) {
      const refund = { id: 'gift~refund', accountId, chargeId: id, paymentMethodId };
      const amount = { amount: 1_000_000n, currency: 'USD' };
      expect(await provider.refund({ ...refund, ...amount })).toEqual({ outcome: 'succeeded' });
    }
    expect(server.all('refund')).toHaveLength(before + 2);
  });

  it('C: are two pages where both have to be confirmed', async () => {
    const urls = new Set<unknown>();
    for (const accountId of ['acme', 'globex']) {
      const method = await enterMethod('pm_card_authenticationRequired', accountId);
      const result = await provider.charge(orderOf(method, { id: 'period~2~invoice~charge~1', accountId }));
      urls.add('actionUrl' in result ? result.actionUrl : result);
    }
    expect(urls.size).toBe(2);
  });
});

describe('a call', () => {
  it('J: asks by the version that it is written for, whatever the account’s own default is', async () => {
    await provider.charge(orderOf(await enterMethod()));
    expect(new Set(server.seen.map(({ version }) => version))).toEqual(new Set([stripeApiVersion]));
  });
});

describe('an order that was asked for before', () => {
  it('C: is looked up after a minute, whatever its key was, also where it has to be confirmed', async () => {
    const order = orderOf(await enterMethod());
    await provider.charge(order);
    const asking = orderOf(await enterMethod('pm_card_authenticationRequired'));
    const page = await provider.charge(asking);
    const posts = server.calls('POST /v1/payment_intents').length;
    expect(await provider.charge({ ...order, nowMs: nowMs + 60_000 })).toEqual({ outcome: 'succeeded' });
    expect(await provider.charge({ ...asking, nowMs: nowMs + 60_000 })).toEqual(page);
    expect(server.calls('POST /v1/payment_intents')).toHaveLength(posts);
  });

  it('C14: a refund is looked up, so that one whose key has been forgotten is not made again', async () => {
    const order = orderOf(await enterMethod());
    await provider.charge(order);
    const refund = { ...order, id: 'refund-old', chargeId: order.id, amount: 10_000_000n };
    await provider.refund(refund);
    const posts = server.calls('POST /v1/refunds').length;
    expect(await provider.refund(refund)).toEqual({ outcome: 'succeeded' });
    expect(server.calls('POST /v1/refunds')).toHaveLength(posts);
  });
});

describe('a refund', () => {
  it('C14: gives back a part once, and never more than was paid', async () => {
    const order = orderOf(await enterMethod());
    await provider.charge(order);
    const refund = {
      id: 'refund-1',
      accountId: 'acme',
      chargeId: order.id,
      paymentMethodId: order.paymentMethodId,
      amount: 10_000_000n,
      currency: 'USD',
    };
    expect(await provider.refund(refund)).toEqual({ outcome: 'succeeded' });
    expect(await provider.refund(refund)).toEqual({ outcome: 'succeeded' });
    const charge = server.get(String(server.all('payment_intent').at(-1)?.latest_charge));
    expect(charge.amount_refunded).toBe(1_000);
    const rest = { ...refund, id: 'refund-2', amount: 31_000_000n };
    expect(await provider.refund(rest)).toMatchObject({ outcome: 'failed', message: /greater/ });
  });

  it('C14: is refused in words while the charge is disputed', async () => {
    const order = orderOf(await enterMethod());
    await provider.charge(order);
    Object.assign(server.all('payment_intent').at(-1) ?? {}, { disputed: true });
    const refund = { ...order, id: 'refund-3', chargeId: order.id };
    expect(await provider.refund(refund)).toMatchObject({ outcome: 'failed', message: /disputed/ });
  });
});

describe('charges as Stripe has them', () => {
  it('are listed whole over pages, with what was refunded, and without those of others', async () => {
    const paymentMethodId = await enterMethod();
    const orders = Array.from({ length: 103 }, () => orderOf(paymentMethodId));
    server.nowSeconds += 1_000;
    for (const order of orders) await provider.charge(order);
    const fromMs = server.nowSeconds * 1_000;
    const listed: ProviderCharge[] = [];
    for await (const charge of provider.listCharges(fromMs, fromMs + 1_000) ?? []) listed.push(charge);
    expect(listed.map(({ id }) => id).sort()).toEqual(orders.map(({ id }) => id).sort());
    expect(listed[0]).toMatchObject({
      amount: 40_000_000n,
      refunded: 0n,
      currency: 'USD',
      status: 'succeeded',
    });
  });
});

describe('a notification', () => {
  const intent = async () => {
    await provider.charge(orderOf(await enterMethod()));
    return server.all('payment_intent').at(-1) ?? {};
  };

  it('is refused where a byte differs from what was signed', async () => {
    const { response, reports } = await post(await intent(), { sent: (payload) => `${payload} ` });
    expect(response?.status).toBe(400);
    expect(reports).toEqual([]);
  });

  it('is refused with another secret, with an old stamp and with one of the future', async () => {
    const object = await intent();
    const seconds = Math.floor(nowMs / 1_000);
    for (const signing of [
      { secret: 'whsec_another' },
      { timestamp: seconds - 301 },
      { timestamp: seconds + 301 },
    ]) {
      expect((await post(object, signing)).response?.status).toBe(400);
    }
    expect((await post(object, { timestamp: seconds - 299 })).response?.status).toBe(204);
    expect((await post(object, { timestamp: seconds + 299 })).response?.status).toBe(204);
  });

  it('of the other mode, of an unknown type and of another product’s payment is taken and does nothing', async () => {
    const object = await intent();
    expect((await post(object, { livemode: true })).reports).toEqual([]);
    expect((await post(object, { type: 'invoice.created' })).reports).toEqual([]);
    Object.assign(object, { metadata: {} });
    expect((await post(object)).reports).toEqual([]);
  });

  it('tells the present state, not the one that it was sent with, so that order does not matter', async () => {
    const order = orderOf(await enterMethod('pm_usBankAccount_processing'));
    await provider.charge(order);
    const settled = server.all('payment_intent').at(-1) ?? {};
    Object.assign(settled, { status: 'succeeded' });
    const late = { ...settled, status: 'processing' };
    expect(await notify('payment_intent.processing', late)).toMatchObject([
      { result: { outcome: 'succeeded' } },
    ]);
  });
});
