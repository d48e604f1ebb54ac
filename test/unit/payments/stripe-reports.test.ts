import { describe, expect, it } from 'vitest';
import type { ProviderCharge } from '../../../server/src/payments/payment-provider.ts';
import { enterMethod, notify, nowMs, orderOf, post, provider, server } from './stripe-fixture.ts';

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

describe('money that went back at Stripe', () => {
  /** A payment of 40 dollars, and the id of its order. */
  async function paid() {
    const order = orderOf(await enterMethod());
    await provider.charge(order);
    return { order, intent: server.all('payment_intent').at(-1) ?? { id: '' } };
  }

  it('L242: is told whole at each notification, with the orders of our own refunds, oldest first', async () => {
    const { order, intent } = await paid();
    const own = { ...order, id: 'refund-9', chargeId: order.id, amount: 10_000_000n };
    await provider.refund(own);
    const byHand = server.refundByHand(intent.id, 500);
    const failed = Object.assign(server.refundByHand(intent.id, 100), { status: 'failed' });
    const [ownRefund] = server.all('refund').filter(({ payment_intent }) => payment_intent === intent.id);
    const told = [
      { id: ownRefund?.id, orderId: 'refund-9', amount: 10_000_000n, isGiven: true },
      { id: byHand.id, orderId: null, amount: 5_000_000n, isGiven: true },
      { id: failed.id, orderId: null, amount: 1_000_000n, isGiven: false },
    ];
    const charge = { ...server.get(String(byHand.charge)), payment_intent: intent.id };
    for (const [type, object] of [
      ['refund.created', byHand],
      ['refund.updated', byHand],
      ['refund.failed', failed],
      ['charge.refund.updated', failed],
      ['charge.refunded', charge],
    ] as const)
      expect(await notify(type, object)).toEqual([
        { kind: 'money_returned', accountId: 'acme', chargeId: order.id, refunds: told, disputes: [] },
      ]);
  });

  it.each([
    ['warning_needs_response', 'inquiry'],
    ['warning_under_review', 'inquiry'],
    ['warning_closed', 'won'],
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['appeal_under_review', 'open'],
    ['prevented', 'won'],
    ['won', 'won'],
    ['lost', 'lost'],
    ['a status of a later version', 'open'],
  ])('L244: a dispute that is %s at Stripe is %s', async (status, expected) => {
    const { order, intent } = await paid();
    const dispute = server.dispute(intent.id, status);
    for (const type of ['charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed'])
      expect(await notify(type, dispute)).toMatchObject([
        {
          kind: 'money_returned',
          chargeId: order.id,
          disputes: [
            {
              id: dispute.id,
              amount: 40_000_000n,
              status: expected,
              reason: 'fraudulent',
              openedAtMs: server.nowSeconds * 1_000,
            },
          ],
        },
      ]);
  });

  it('L244: a dispute that was prevented by giving the money back is lost', async () => {
    const { intent } = await paid();
    const dispute = Object.assign(server.dispute(intent.id, 'prevented'), {
      balance_transactions: [{ amount: -4_000 }],
    });
    expect(await notify('charge.dispute.closed', dispute)).toMatchObject([
      { disputes: [{ status: 'lost' }] },
    ]);
  });

  it('L242: of another product, and of a payment without an intent, is taken and does nothing', async () => {
    const { intent } = await paid();
    const byHand = server.refundByHand(intent.id, 500);
    Object.assign(intent, { metadata: {} });
    expect(await notify('refund.created', byHand)).toEqual([]);
    expect(await notify('refund.created', { ...byHand, payment_intent: null })).toEqual([]);
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
