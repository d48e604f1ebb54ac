import {
  apiBounds,
  type Credits,
  type PaymentSession,
  type Purchase,
  type PurchaseAnswer,
} from '@usagekit/server/contract';
import { createSandboxProvider } from '@usagekit/server/payments';
import { expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

function withSandbox() {
  const payments = createSandboxProvider({
    publicUrl: 'http://usage.test',
    sign: async (text) => `signed${text.length}${text.slice(-8)}`,
  });
  return createTestServer({ payments });
}

async function methodPageOf(server: ReturnType<typeof withSandbox>): Promise<string> {
  await server.account();
  const session = await server.post<PaymentSession>('/v1/accounts/acme/payment-method/session', {
    returnUrl: 'https://app.example.com/billing',
  });
  return session.body.url;
}

it('F21: a page of the payment provider meets the limits and errors of every other address', async () => {
  const server = withSandbox();
  const url = await methodPageOf(server);
  const send = (init: RequestInit) => server.app.fetch(new Request(url, { method: 'POST', ...init }));
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const large = await send({ headers: form, body: `card=${'x'.repeat(apiBounds.bodyBytesMax)}` });
  expect([large.status, await large.json()]).toEqual([
    413,
    expect.objectContaining({ code: 'body_too_large' }),
  ]);
  expect((await send({ headers: { 'content-type': 'application/json' }, body: '{}' })).status).toBe(400);
  expect(
    (await send({ headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--y' })).status,
  ).toBe(400);
  expect((await send({ headers: form, body: 'card=none' })).status).toBe(400);
  expect((await send({ headers: form, body: 'card=succeeds' })).status).toBe(303);
});

it('F21: looking at a link that confirms a payment pays nothing, and a ticket opens its own page only', async () => {
  const server = withSandbox();
  const methods = await methodPageOf(server);
  const post = (url: string, body?: string) =>
    server.app.fetch(
      new Request(url, {
        method: 'POST',
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }),
      }),
    );
  await post(methods, 'card=needs_action');
  const { body } = await server.post<PurchaseAnswer>('/v1/accounts/acme/credit-packs/small/purchase', {});
  const confirm = body.purchase.actionUrl ?? '';
  const statusOf = async () =>
    (await server.get<{ status: string }>(`/v1/accounts/acme/purchases/${body.purchase.id}`)).body.status;
  for (const method of ['GET', 'HEAD']) await server.app.fetch(new Request(confirm, { method }));
  expect(await statusOf()).toBe('needs_action');
  const swap = (url: string, from: string, to: string) => url.replace(`/sandbox/${from}/`, `/sandbox/${to}/`);
  expect((await post(swap(confirm, 'confirm', 'methods'), 'card=succeeds')).status).toBe(404);
  expect((await post(swap(methods, 'methods', 'confirm'))).status).toBe(404);
  expect(await statusOf()).toBe('needs_action');
  expect((await post(confirm)).status).toBe(200);
  expect(await statusOf()).toBe('succeeded');
});

it.each([
  ['https://app.example.com/billing', '<a href="https://app.example.com/billing">'],
  ['/billing', 'You can close this page.'],
])(
  'a page on which a payment ended leads back to the billing page %s of the catalog',
  async (billing, way) => {
    const server = withSandbox();
    await server.put('/v1/catalog', { ...smallCatalogConfig, links: { billing } });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = (url: string, body = '') =>
      server.app.fetch(new Request(url, { method: 'POST', headers: form, body }));
    await post(await methodPageOf(server), 'card=needs_action');
    const { body } = await server.post<PurchaseAnswer>('/v1/accounts/acme/credit-packs/small/purchase', {});
    const ended = await post(body.purchase.actionUrl ?? '');
    expect(await ended.text()).toContain(way);
  },
);

it('a payment that is refused where it is to be confirmed fails, buys nothing, and does not succeed later', async () => {
  const server = withSandbox();
  const post = (url: string, body = '') =>
    server.app.fetch(
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      }),
    );
  const balance = async () => (await server.get<Credits>('/v1/accounts/acme/credits')).body.available;
  await post(await methodPageOf(server), 'card=needs_action');
  const before = await balance();
  const buy = async () =>
    (await server.post<PurchaseAnswer>('/v1/accounts/acme/credit-packs/small/purchase', {})).body.purchase;
  const { id, actionUrl } = await buy();
  for (const answer of ['answer=refuse', '']) {
    expect((await post(actionUrl ?? '', answer)).status).toBe(200);
    const purchase = await server.get<Purchase>(`/v1/accounts/acme/purchases/${id}`);
    expect(purchase.body).toMatchObject({ status: 'failed', failure: 'The payment was not confirmed.' });
    expect(await balance()).toBe(before);
  }
  const bought = await buy();
  await post(bought.actionUrl ?? '');
  await post(bought.actionUrl ?? '', 'answer=refuse');
  const kept = await server.get<Purchase>(`/v1/accounts/acme/purchases/${bought.id}`);
  expect(kept.body.status).toBe('succeeded');
});
