import { describe, expect, it } from 'vitest';
import type { ChargeOrder } from '../../../server/src/payments/payment-provider.ts';
import { stripeApiVersion } from '../../../server/src/payments/stripe/create-stripe-provider.ts';
import { enterMethod, hourMs, notify, nowMs, orderOf, provider, server } from './stripe-fixture.ts';

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

  it('fails with Stripe’s words where the card is declined, and asked again it is not charged again', async () => {
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

  it('L245: ends the page of a payment that is withdrawn, and of no other order', async () => {
    const method = await enterMethod('pm_card_authenticationRequired');
    const [order, other] = [orderOf(method), orderOf(method)];
    await provider.charge(order);
    const kept = await provider.charge(other);
    for (let turn = 0; turn < 2; turn += 1)
      expect(await provider.withdraw(order)).toEqual({ outcome: 'withdrawn' });
    expect(await provider.charge(order)).toMatchObject({ outcome: 'failed' });
    expect(await provider.charge(other)).toEqual(kept);
  });

  it.each([
    ['card', 'succeeded'],
    ['bank', 'settling'],
  ] as const)(
    'L245: tells that a payment was made by %s before it was withdrawn: %s',
    async (kind, outcome) => {
      const order = orderOf(await enterMethod('pm_card_authenticationRequired'));
      await provider.charge(order);
      server.payPage(server.all('checkout.session').at(-1)?.id ?? '', kind);
      expect(await provider.withdraw(order)).toEqual({ outcome });
    },
  );

  it('L245: tells what became of a payment that is made in the instant of its withdrawal', async () => {
    const order = orderOf(await enterMethod('pm_card_authenticationRequired'));
    await provider.charge(order);
    const page = server.all('checkout.session').at(-1)?.id ?? '';
    server.beforeExpiry = () => server.payPage(page);
    expect(await provider.withdraw(order)).toEqual({ outcome: 'succeeded' });
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
