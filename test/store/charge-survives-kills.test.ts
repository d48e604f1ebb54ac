import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Charge, CustomLineAnswer, Invoice, Page, PaymentSession } from '@usagekit/server/contract';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stripeApiVersion } from '../../server/src/payments/stripe/create-stripe-provider.ts';
import { billedCatalog } from '../api/invoices/paying-account.ts';
import { StripeServer } from '../support/stripe/stripe-server.ts';
import { reconcile, type ServedProcess, servedKey, startServed } from './served/served-process.ts';

const webhookSecret = 'whsec_for_these_tests_only';
/** At most so long a test waits for what a server does by itself. */
const patienceMs = 20_000;

let folder: string;
let stripe: StripeServer;
let server: ServedProcess;

const databaseFile = () => join(folder, 'usage.db');
const stripeFlags = () => [
  ...['--stripe-secret-key', 'sk_test_for_these_tests_only'],
  ...['--stripe-webhook-secret', webhookSecret, '--stripe-api-url', stripe.url],
];
async function start(): Promise<void> {
  server = await startServed(databaseFile(), join(folder, 'catalog.json'), stripeFlags());
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-charges-'));
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify(billedCatalog));
  stripe = await StripeServer.start();
  // What it dates new objects with is the time of this machine, since the server looks for them by it.
  stripe.nowSeconds = Math.floor(Date.now() / 1_000);
  await start();
});
afterAll(async () => {
  await server.kill();
  await stripe.close();
  rmSync(folder, { recursive: true, force: true });
});

async function send<Body>(method: string, path: string, body?: unknown, key?: string): Promise<Body> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${servedKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect([response.status < 300, text]).toEqual([true, text]);
  return (text === '' ? null : JSON.parse(text)) as Body;
}

/** Tells the server what happened at Stripe, with a signature. */
async function notify(type: string, object: object): Promise<Response> {
  const payload = JSON.stringify({
    id: `evt_${type}_${crypto.randomUUID()}`,
    object: 'event',
    type,
    api_version: stripeApiVersion,
    created: Math.floor(Date.now() / 1_000),
    livemode: false,
    data: { object, previous_attributes: {} },
  });
  const signature = await new Stripe('sk_test_unused').webhooks.generateTestHeaderStringAsync({
    payload,
    secret: webhookSecret,
  });
  return fetch(`${server.url}/v1/payments/stripe/events`, {
    method: 'POST',
    headers: { 'stripe-signature': signature },
    body: payload,
  });
}

/** A person enters a card on Stripe's page, which tells the server. */
async function enterCard(testMethod = 'pm_card_visa'): Promise<void> {
  const session = await send<PaymentSession>('POST', '/v1/accounts/acme/payment-method/session', {
    returnUrl: 'https://app.example.com/billing',
  });
  const pageId = session.url.split('/').at(-1) ?? '';
  stripe.enterMethod(pageId, testMethod);
  expect((await notify('checkout.session.completed', stripe.get(pageId))).status).toBe(204);
}

/** Bills an amount at once, which is charged as soon as it is invoiced. */
const bill = (subject: string) =>
  send<CustomLineAnswer>(
    'POST',
    '/v1/accounts/acme/invoice-lines',
    { subject, amount: '10', when: 'now' },
    subject.replaceAll(' ', '-'),
  );

async function invoiceOf(subject: string): Promise<Invoice | undefined> {
  const { items } = await send<Page<Invoice>>('GET', '/v1/accounts/acme/invoices');
  return items.find(({ lines }) => lines.some((line) => line.subject === subject));
}

/** Resolves once the invoice of the subject stands like that. */
async function until(subject: string, status: Invoice['status']): Promise<void> {
  const endsAtMs = Date.now() + patienceMs;
  let found: Invoice['status'] | undefined;
  while (Date.now() < endsAtMs) {
    found = (await invoiceOf(subject))?.status;
    if (found === status) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The invoice of ${subject} is ${found}`);
}

/** Payments at Stripe that took the money of an invoice. */
function taken(subject: string, invoice: Invoice | undefined) {
  return stripe
    .all('payment_intent')
    .filter(
      ({ description, status }) =>
        description === `Invoice ${invoice?.number}` && (status === 'succeeded' || status === 'processing'),
    )
    .map(({ amount }) => `${subject} ${amount}`);
}

/** Keys under which a payment of the invoice was asked for. */
function keysOf(invoice: Invoice | undefined): Set<string | undefined> {
  const asked = stripe
    .calls('POST /v1/payment_intents')
    .filter(({ form }) => form.description === `Invoice ${invoice?.number}`);
  return new Set(asked.map(({ idempotencyKey }) => idempotencyKey));
}

describe('charges by Stripe, through a server that is killed', { timeout: 45_000 }, () => {
  it('B8, A7: enters a card on the provider page, charges an invoice, and refunds a part of it', async () => {
    await send('PUT', '/v1/accounts/acme', { name: 'Acme', planId: 'free' });
    await enterCard();
    await bill('First');
    await until('First', 'paid');
    const [charge] = (await send<Page<Charge>>('GET', '/v1/accounts/acme/charges')).items;
    expect(charge).toMatchObject({ status: 'succeeded', amount: { amount: '10', currency: 'USD' } });
    await send(
      'POST',
      `/v1/accounts/acme/charges/${charge?.id}/refunds`,
      { amount: '4', reason: 'Outage' },
      'r',
    );
    // The refund is carried out with the next tick at the latest; a start makes one.
    await server.stop();
    await start();
    const endsAtMs = Date.now() + patienceMs;
    while (stripe.all('refund').length === 0 && Date.now() < endsAtMs)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stripe.all('refund')).toMatchObject([{ amount: 400 }]);
  });

  it.each([
    ['before the order reaches the provider', 'came'],
    ['after the money has moved and before the answer', 'done'],
    ['with the answer on its way', 'answered'],
  ] as const)('C, E5: takes the money once where the server is killed %s', async (subject, phase) => {
    const killed = new Promise<void>((resolve) => {
      stripe.onPayment = async (reached) => {
        if (reached !== phase) return 'go on';
        stripe.onPayment = undefined;
        await server.kill();
        resolve();
        return 'drop';
      };
    });
    await bill(subject).catch(() => undefined);
    await killed;
    await start();
    await until(subject, 'paid');
    const invoice = await invoiceOf(subject);
    expect(taken(subject, invoice)).toEqual([`${subject} 1000`]);
    expect(keysOf(invoice).size).toBe(1);
  });

  it('B: takes a notification that comes before the killed server has its answer, and one that comes twice', async () => {
    const subject = 'Told by the provider';
    const killed = new Promise<void>((resolve) => {
      stripe.onPayment = async (reached) => {
        if (reached !== 'done') return 'go on';
        stripe.onPayment = undefined;
        await server.kill();
        resolve();
        return 'drop';
      };
    });
    await bill(subject).catch(() => undefined);
    await killed;
    await start();
    const intent = stripe.all('payment_intent').at(-1) ?? {};
    for (let times = 0; times < 2; times++)
      expect((await notify('payment_intent.succeeded', intent)).status).toBe(204);
    await until(subject, 'paid');
    const invoice = await invoiceOf(subject);
    expect(taken(subject, invoice)).toEqual([`${subject} 1000`]);
    expect(invoice?.amountPaid.amount).toBe('10');
  });

  it('C: leaves ledger, invoices and charges that add up', async () => {
    const invoices = (await send<Page<Invoice>>('GET', '/v1/accounts/acme/invoices')).items;
    expect(invoices.map(({ number, status }) => `${number} ${status}`)).toEqual(
      Array.from({ length: 5 }, (_, index) => `INV-${5 - index} paid`),
    );
    const sum = stripe
      .all('payment_intent')
      .reduce((cents, { amount, status }) => (status === 'succeeded' ? cents + Number(amount) : cents), 0);
    expect(sum).toBe(5_000);
    await server.stop();
    expect(await reconcile(databaseFile())).toBe('1 accounts, 0 balances that drifted.');
    await start();
  });
});
