import type { Charge, Page, PaymentReconciliation, PaymentSession, Problem } from '@usagekit/server/contract';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createStripeProvider,
  stripeApiVersion,
} from '../../../server/src/payments/stripe/create-stripe-provider.ts';
import { type StripeObject, StripeServer } from '../../support/stripe/stripe-server.ts';
import { type PayingAccount, payingAccount } from './paying-account.ts';

const webhookSecret = 'whsec_only_for_tests';
const dayMs = 86_400_000;

let stripe: StripeServer;
let account: PayingAccount;

beforeEach(async () => {
  stripe = await StripeServer.start();
  const payments = createStripeProvider({
    secretKey: 'sk_test_only_for_tests',
    webhookSecret,
    publicUrl: 'https://usage.example',
    apiUrl: stripe.url,
  });
  account = await payingAccount(null, { sandbox: { payments, charges: [], refunds: [] } });
  stripe.nowSeconds = account.server.clock.nowMs() / 1_000;
  await enter('pm_card_visa');
  expect((await account.upgrade('basic')).status).toBeLessThan(300);
  await account.later(31);
  stripe.nowSeconds = account.server.clock.nowMs() / 1_000;
});
afterEach(() => stripe.close());

/** A person enters a card on the provider's page, which tells the server. */
async function enter(testMethod: string): Promise<void> {
  const { server } = account;
  const session = await server.post<PaymentSession>('/v1/accounts/acme/payment-method/session', {
    returnUrl: 'https://app.example.com/billing',
  });
  const pageId = session.body.url.split('/').at(-1) ?? '';
  stripe.enterMethod(pageId, testMethod);
  await notify('checkout.session.completed', stripe.get(pageId));
}

/** The provider tells the server of one of its objects. */
async function notify(type: string, object: StripeObject): Promise<void> {
  const { server } = account;
  const payload = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type,
    api_version: stripeApiVersion,
    livemode: false,
    data: { object, previous_attributes: {} },
  });
  const signature = await new Stripe('sk_test_unused').webhooks.generateTestHeaderStringAsync({
    payload,
    secret: webhookSecret,
    timestamp: Math.floor(server.clock.nowMs() / 1_000),
  });
  const taken = await server.app.fetch(
    new Request('http://usage.test/v1/payments/stripe/events', {
      method: 'POST',
      headers: { 'stripe-signature': signature },
      body: payload,
    }),
  );
  expect(taken.status).toBe(204);
}

const iso = (atMs: number) => new Date(atMs).toISOString();

async function reconciled(days = 35): Promise<PaymentReconciliation> {
  const { server } = account;
  const toMs = server.clock.nowMs() + dayMs;
  const answer = await server.get<PaymentReconciliation>(
    `/v1/reconciliation/payments?from=${iso(toMs - days * dayMs)}&to=${iso(toMs)}`,
  );
  expect(answer.status).toBe(200);
  return answer.body;
}

const named = ({ differences }: PaymentReconciliation) =>
  differences.map(({ subject, here, atProvider }) => `${subject}: ${here}, ${atProvider}`);

/** The newest payment at the provider that took money. */
function newest(): StripeObject {
  const intent = stripe.all('payment_intent').findLast(({ status }) => status === 'succeeded');
  if (intent === undefined) throw new Error('no payment took money');
  return intent;
}

describe('a reconciliation of payments', () => {
  it('L229: finds no difference in charges, a refund and a declined charge', async () => {
    const [charge] = (await account.server.get<Page<Charge>>('/v1/accounts/acme/charges')).body.items;
    await account.server.post(`/v1/accounts/acme/charges/${charge?.id}/refunds`, {
      amount: '4',
      reason: 'Outage',
    });
    await enter('pm_card_chargeDeclined');
    await account.later(31);
    const found = await reconciled();
    expect(found).toEqual({ isKept: true, charges: 2, underWay: 0, differences: [] });
  });

  it.each<[string, (intent: StripeObject) => void, string]>([
    ['that took another amount', (intent) => Object.assign(intent, { amount: 2_900 }), 'amount: 30, 29'],
    ['in another currency', (intent) => Object.assign(intent, { currency: 'eur' }), 'currency: USD, EUR'],
    [
      'that the provider refunded by itself',
      (intent) => Object.assign(stripe.get(String(intent.latest_charge)), { amount_refunded: 500 }),
      'refunded: 0, 5',
    ],
    [
      'that the provider does not have',
      (intent) => void stripe.objects.delete(intent.id),
      'status: succeeded, unknown',
    ],
    [
      'that took no money at the provider',
      (intent) => Object.assign(intent, { status: 'requires_payment_method' }),
      'status: succeeded, failed',
    ],
    [
      'that took the money twice',
      (intent) => void stripe.objects.set('pi_again', { ...intent, id: 'pi_again' }),
      'payments: 1, 2',
    ],
    [
      'that only the provider knows',
      (intent) =>
        void stripe.objects.set('pi_other', {
          ...intent,
          id: 'pi_other',
          metadata: { usagekit_order: 'elsewhere', usagekit_account: 'acme' },
        }),
      'charge: unknown, succeeded 30 USD',
    ],
  ])('L229: names a charge %s', async (_, change, difference) => {
    change(newest());
    expect(named(await reconciled())).toContain(difference);
  });

  it('L229, L242, L244: finds no difference once what was done on the provider’s own pages was told', async () => {
    const intent = newest();
    await notify('refund.created', stripe.refundByHand(intent.id, 500));
    const dispute = stripe.dispute(intent.id);
    await notify('charge.dispute.created', dispute);
    expect(await reconciled()).toMatchObject({ differences: [] });
    Object.assign(dispute, { status: 'lost', amount: 2_500 });
    for (const _ of [1, 2]) await notify('charge.dispute.closed', dispute);
    expect(await reconciled()).toMatchObject({ differences: [] });
    const [charge] = await account.chargeHistory();
    expect(charge).toMatchObject({ refunded: { amount: '30' }, disputes: [{ status: 'lost' }] });
    const documents = (await account.invoices()).map(({ number, total }) => `${number} ${total.amount}`);
    expect(documents.filter((each) => each.includes('-CN-')).sort()).toEqual(['INV-CN-1 -5', 'INV-CN-2 -25']);
  });

  it('L229: a payment of another product of the same provider is none of its', async () => {
    stripe.objects.set('pi_foreign', { ...newest(), id: 'pi_foreign', metadata: {} });
    expect((await reconciled()).differences).toEqual([]);
  });

  it('L229: waits an hour for an answer that is on its way, and names the charge after that', async () => {
    // The money moves and the answer is lost; while the provider cannot be reached nothing more is known.
    stripe.faults.push({ path: 'payment_intents', times: 1, kind: 'lost' });
    stripe.faults.push({ path: 'payment_intents', times: 60, kind: 'rate_limited' });
    await account.server.post('/v1/accounts/acme/invoice-lines', {
      subject: 'Workshop',
      amount: '100',
      when: 'now',
    });
    await account.server.app.tick();
    stripe.faults.length = 0;
    expect(await reconciled()).toMatchObject({ underWay: 1, differences: [] });
    account.server.clock.advance(2 * 3_600_000);
    expect(named(await reconciled())).toEqual(['status: ordered, succeeded']);
    await account.server.app.tick();
    expect((await reconciled()).differences).toEqual([]);
  });

  it('L229: answers plainly where the provider is down, and where the span is too long or turned round', async () => {
    const { server } = account;
    stripe.faults.push({ path: 'payment_intents', times: 20, kind: 'rate_limited' });
    const at = server.clock.nowMs();
    const ask = (fromMs: number, toMs: number) =>
      server.get<Problem>(`/v1/reconciliation/payments?from=${iso(fromMs)}&to=${iso(toMs)}`);
    expect((await ask(at - dayMs, at)).body).toMatchObject({ status: 503, code: 'unavailable' });
    stripe.faults.length = 0;
    const tooLong = await ask(at - 36 * dayMs, at);
    expect(tooLong.body.invalidParameters).toMatchObject([{ pointer: '?from', accepted: 'at most 35 days' }]);
    expect((await ask(at, at)).body.invalidParameters).toMatchObject([{ pointer: '?to' }]);
  });

  it('says that the sandbox keeps no record, and compares nothing', async () => {
    account = await payingAccount('succeeds');
    await account.upgrade('basic');
    expect(await reconciled()).toEqual({ isKept: false, charges: 0, underWay: 0, differences: [] });
  });
});
