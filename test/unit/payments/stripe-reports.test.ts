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
