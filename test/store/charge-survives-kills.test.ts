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
const patienceMs = 60_000;

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
  writeFileSync(
    join(folder, 'catalog.json'),
    JSON.stringify({
      ...billedCatalog,
      creditPacks: [
        { id: 'hundred', label: '100 credits', credits: '100', price: { amount: '7', currency: 'USD' } },
      ],
    }),
  );
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
async function enterCard(accountId: string): Promise<void> {
  const session = await send<PaymentSession>('POST', `/v1/accounts/${accountId}/payment-method/session`, {
    returnUrl: 'https://app.example.com/billing',
  });
  const pageId = session.url.split('/').at(-1) ?? '';
  stripe.enterMethod(pageId);
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

type Step = 'came' | 'done' | 'answered';
const steps: [words: string, step: Step][] = [
  ['before the order reaches the provider', 'came'],
  ['after the money has moved and before the answer', 'done'],
  ['with the answer on its way', 'answered'],
];

/** Does what moves money, and kills the server at that step of the next call that moves it. */
async function killedAt(step: Step, act: () => Promise<unknown>): Promise<void> {
  const killed = new Promise<void>((resolve) => {
    stripe.onPayment = async (reached) => {
      if (reached !== step) return 'go on';
      stripe.onPayment = undefined;
      await server.kill();
      resolve();
      return 'drop';
    };
  });
  await act().catch(() => undefined);
  await killed;
}

/** Resolves once it holds. */
async function untilTrue(what: string, holds: () => Promise<boolean>): Promise<void> {
  const endsAtMs = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > endsAtMs) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the provider took of an account, in cents, and the keys under which it was asked to. */
function takenFrom(accountId: string) {
  const isOwn = (metadata: unknown) => Object.values(metadata ?? {}).includes(accountId);
  const cents = stripe
    .all('payment_intent')
    .filter(({ metadata, status }) => isOwn(metadata) && status === 'succeeded')
    .map(({ amount }) => amount);
  const asked = stripe.calls('POST /v1/payment_intents').filter(({ form }) => isOwn(form.metadata ?? form));
  return { cents, keys: new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size };
}

describe('charges by Stripe, through a server that is killed', { timeout: 180_000 }, () => {
  it('B8, A7: enters a card on the provider page, charges an invoice, and refunds a part of it', async () => {
    await send('PUT', '/v1/accounts/acme', { name: 'Acme', planId: 'free' });
    await enterCard('acme');
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

  it.each(steps)('C, E5: takes the money once where the server is killed %s', async (subject, phase) => {
    await killedAt(phase, () => bill(subject));
    await start();
    await until(subject, 'paid');
    const invoice = await invoiceOf(subject);
    expect(taken(subject, invoice)).toEqual([`${subject} 1000`]);
    expect(keysOf(invoice).size).toBe(1);
  });

  it('B: takes a notification that comes before the killed server has its answer, and one that comes twice', async () => {
    const subject = 'Told by the provider';
    await killedAt('done', () => bill(subject));
    await start();
    const intent = stripe.all('payment_intent').at(-1) ?? {};
    for (let times = 0; times < 2; times++)
      expect((await notify('payment_intent.succeeded', intent)).status).toBe(204);
    await until(subject, 'paid');
    const invoice = await invoiceOf(subject);
    expect(taken(subject, invoice)).toEqual([`${subject} 1000`]);
    expect(invoice?.amountPaid.amount).toBe('10');
  });

  it.each(steps)('C, M: makes a paid change of plan once where the server is killed %s', async (_, step) => {
    const accountId = `plan-${step}`;
    await send('PUT', `/v1/accounts/${accountId}`, { name: accountId, planId: 'free' });
    await enterCard(accountId);
    const change = () =>
      send('POST', `/v1/accounts/${accountId}/subscription/change`, { planId: 'basic' }, 'change');
    await killedAt(step, change);
    await start();
    await untilTrue(`the plan of ${accountId}`, async () => {
      const account = await send<{ planId: string }>('GET', `/v1/accounts/${accountId}`);
      return account.planId === 'basic';
    });
    // The host asks again with the same key, since it had no answer.
    await change();
    expect(takenFrom(accountId)).toEqual({ cents: [3_000], keys: 1 });
    const { items } = await send<Page<Invoice>>('GET', `/v1/accounts/${accountId}/invoices`);
    expect(items.map(({ status, total }) => `${status} ${total.amount}`)).toEqual(['paid 30']);
  });

  it.each(steps)(
    'C, P, L237: tops up once, with one invoice, where the server is killed %s',
    async (_, step) => {
      const accountId = `top-up-${step}`;
      await send('PUT', `/v1/accounts/${accountId}`, { name: accountId, planId: 'free' });
      await enterCard(accountId);
      // Free has 10 credits, so the setting itself orders the first top-up.
      const setting = { enabled: true, threshold: '20', packId: 'hundred' };
      await killedAt(step, () => send('PUT', `/v1/accounts/${accountId}/auto-top-up`, setting));
      await start();
      await untilTrue(`the top-up of ${accountId}`, async () => {
        const { available } = await send<{ available: string }>('GET', `/v1/accounts/${accountId}/credits`);
        return available === '110';
      });
      expect(takenFrom(accountId)).toEqual({ cents: [700], keys: 1 });
      const { items } = await send<Page<Invoice>>('GET', `/v1/accounts/${accountId}/invoices`);
      expect(items.map(({ number, status, total }) => `${number} ${status} ${total.amount}`)).toEqual([
        'INV-1 paid 7',
      ]);
    },
  );

  it.each(steps)('C14, C, G: gives back once where the server is killed %s', async (_, step) => {
    const subject = `Refunded ${step}`;
    await bill(subject);
    await until(subject, 'paid');
    const [charge] = (await send<Page<Charge>>('GET', '/v1/accounts/acme/charges')).items;
    const chargePath = `/v1/accounts/acme/charges/${charge?.id}/refunds`;
    const before = stripe.all('refund').length;
    const asked = stripe.calls('POST /v1/refunds').length;
    await killedAt(step, () => send('POST', chargePath, { amount: '3', reason: 'Outage' }, `refund-${step}`));
    await start();
    const isRefunded = async () => {
      const { items } = await send<Page<Charge>>('GET', '/v1/accounts/acme/charges');
      return items.find(({ id }) => id === charge?.id)?.refunded.amount === '3';
    };
    await untilTrue(`the refund of ${subject}`, isRefunded);
    expect(stripe.all('refund').slice(before)).toMatchObject([{ amount: 300 }]);
    const calls = stripe.calls('POST /v1/refunds').slice(asked);
    expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it.each(steps)(
    'C14, G, L233, L238: gives a purchase back once, with one credit note, and takes its credits once, where the server is killed %s',
    async (_, step) => {
      const accountId = `bought-${step}`;
      const path = `/v1/accounts/${accountId}`;
      await send('PUT', path, { name: accountId, planId: 'free' });
      await enterCard(accountId);
      await send('POST', `${path}/credit-packs/hundred/purchase`, undefined, `buy-${step}`);
      const available = async () => (await send<{ available: string }>('GET', `${path}/credits`)).available;
      await untilTrue(`the purchase of ${accountId}`, async () => (await available()) === '110');
      const chargesOf = async () => (await send<Page<Charge>>('GET', `${path}/charges`)).items;
      const [bought] = await chargesOf();
      const [before, asked] = [stripe.all('refund').length, stripe.calls('POST /v1/refunds').length];
      const refund = () =>
        send('POST', `${path}/charges/${bought?.id}/refunds`, { reason: 'Bought twice' }, `back-${step}`);
      await killedAt(step, refund);
      await start();
      await untilTrue(
        `the refund of ${accountId}`,
        async () => (await chargesOf())[0]?.refunded.amount === '7',
      );
      // The host asks again with the same key, since it may have had no answer.
      await refund();
      expect(await available()).toBe('10');
      expect(stripe.all('refund').slice(before)).toMatchObject([{ amount: 700 }]);
      const calls = stripe.calls('POST /v1/refunds').slice(asked);
      expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
      const { items } = await send<Page<{ amount: string }>>('GET', `${path}/ledger`);
      expect(items.filter(({ amount }) => amount === '-100')).toHaveLength(1);
      const invoices = (await send<Page<Invoice>>('GET', `${path}/invoices`)).items;
      expect(invoices.map(({ number, total }) => `${number} ${total.amount}`).sort()).toEqual([
        'INV-1 7',
        'INV-CN-1 -7',
      ]);
    },
  );

  it('C, L229: leaves ledger, invoices and charges that add up, also with what the provider has', async () => {
    const invoices = (await send<Page<Invoice>>('GET', '/v1/accounts/acme/invoices')).items;
    const numbersOf = (wanted: Invoice['kind']) =>
      invoices.filter(({ kind }) => kind === wanted).map(({ number, status }) => `${number} ${status}`);
    expect(numbersOf('invoice')).toEqual(Array.from({ length: 8 }, (_, index) => `INV-${8 - index} paid`));
    // One for each refund, also where the server was killed in it.
    expect(numbersOf('credit_note')).toEqual(
      Array.from({ length: 4 }, (_, index) => `INV-CN-${4 - index} paid`),
    );
    const sum = stripe
      .all('payment_intent')
      .reduce((cents, { amount, status }) => (status === 'succeeded' ? cents + Number(amount) : cents), 0);
    // Eight invoices of 10, three plans of 30, six packs of 7.
    expect(sum).toBe(8_000 + 9_000 + 4_200);
    await server.stop();
    expect(await reconcile(databaseFile())).toBe('10 accounts, 0 balances that drifted.');
    expect(await reconcile(databaseFile(), ['--payments', ...stripeFlags()])).toBe(
      'Charges compared: 17, under way: 0, differences: 0.',
    );
    Object.assign(stripe.all('payment_intent').at(-1) ?? {}, { amount: 1_001 });
    await expect(reconcile(databaseFile(), ['--payments', ...stripeFlags()])).rejects.toThrow(
      /bought-answered: amount of \S+ is 7 here and 10.01 at the provider/,
    );
    await start();
  });
});
