import type {
  Activity,
  AdjustmentAnswer,
  AutoTopUp,
  CatalogView,
  Credits,
  Notice,
  Page,
  PaymentSession,
  Problem,
  PurchaseAnswer,
} from '@usagekit/server/contract';
import {
  type ChargeOrder,
  createSandboxProvider,
  type PaymentProvider,
  type SandboxCard,
} from '@usagekit/server/payments';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const buySmall = '/v1/accounts/acme/credit-packs/small/purchase';
const topUpPath = '/v1/accounts/acme/auto-top-up';
const search = (calls: number) => ({ accountId: 'acme', items: [{ tool: 'search', calls }] });

/** The sandbox, with every charge that it is asked for. */
function countingSandbox(): { payments: PaymentProvider; charges: ChargeOrder[] } {
  const charges: ChargeOrder[] = [];
  const sandbox = createSandboxProvider({
    publicUrl: 'http://usage.test',
    sign: async (text) => `s${text.length}`,
  });
  const charge: PaymentProvider['charge'] = async (order) => {
    charges.push(order);
    return sandbox.charge(order);
  };
  return { payments: { ...sandbox, charge }, charges };
}

/** A server with an account whose owner has entered a card of the sandbox's. */
async function payingServer(card: SandboxCard | null = 'succeeds') {
  const { payments, charges } = countingSandbox();
  const server = createTestServer({ payments });
  await server.account();
  const owner = await server.member('acme', 'ada', { role: 'owner' });
  if (card !== null) await enterCard(server, owner, card);
  return { server, charges, owner };
}

async function enterCard(server: TestServer, token: string, card: SandboxCard): Promise<void> {
  const returnUrl = 'https://app.example.com/billing';
  const session = await server.post<PaymentSession>(
    '/v1/accounts/acme/payment-method/session',
    { returnUrl },
    { token },
  );
  const chosen = await server.app.fetch(
    new Request(session.body.url, { method: 'POST', body: new URLSearchParams({ card }) }),
  );
  expect([chosen.status, chosen.headers.get('location')]).toEqual([303, returnUrl]);
}

const creditsOf = async (server: TestServer) =>
  (await server.get<Credits>('/v1/accounts/acme/credits')).body.available;
const setTopUp = (server: TestServer, token: string, input = {}) =>
  server.put<AutoTopUp>(topUpPath, { enabled: true, threshold: '50', packId: 'small', ...input }, { token });

/** Waits until the server has taken the provider's answer over. */
async function settled(server: TestServer, status: AutoTopUp['status']): Promise<AutoTopUp> {
  for (let turn = 0; turn < 50; turn += 1) {
    const { body } = await server.get<AutoTopUp>(topUpPath);
    if (body.status === status) return body;
  }
  throw new Error(`auto top-up never became ${status}`);
}

describe('buying credits', () => {
  it('C6: grants a pack with its bonus once it is paid, and the ledger names it', async () => {
    const { server, owner } = await payingServer();
    const bought = await server.post<PurchaseAnswer>(
      '/v1/accounts/acme/credit-packs/large/purchase',
      undefined,
      { token: owner },
    );
    expect(bought.status).toBe(201);
    expect(bought.body).toMatchObject({
      purchase: { status: 'succeeded', credits: '5000', bonus: '500' },
      available: '5600',
    });
  });

  it('C6: tells before it is bought when it ends on the plan of who asks, as its grant then does', async () => {
    const { server, owner } = await payingServer();
    const daysOf = async (token?: string) => {
      const { body } = await server.get<CatalogView>('/v1/catalog', token);
      return body.creditPacks.map(({ id, expiresAfterDays }) => [id, expiresAfterDays]);
    };
    const onFree = [
      ['small', null],
      ['large', 365],
    ];
    expect([await daysOf(owner), await daysOf()]).toEqual([onFree, onFree]);
    await server.post('/v1/accounts/acme/credit-packs/large/purchase', undefined, { token: owner });
    const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
    const expiresAtMs = server.clock.nowMs() + 365 * 86_400_000;
    expect(body.grants.at(-1)).toMatchObject({
      source: 'purchase',
      expiresAt: new Date(expiresAtMs).toISOString(),
    });
    await server.put('/v1/accounts/acme', { planId: 'pro' });
    expect(await daysOf(owner)).toEqual([
      ['small', null],
      ['large', null],
    ]);
  });

  it('F2: charges one key once, however often it is sent, and tells how the purchase stands', async () => {
    const { server, charges, owner } = await payingServer();
    const sent = await Promise.all(
      Array.from({ length: 5 }, () =>
        server.post<PurchaseAnswer>(buySmall, undefined, { token: owner, key: 'dialog-1' }),
      ),
    );
    expect(new Set(sent.map(({ body }) => body.purchase.id)).size).toBe(1);
    expect(await creditsOf(server)).toBe('600');
    expect(new Set(charges.map(({ id }) => id)).size).toBe(1);
    const other = await server.post<Problem>('/v1/accounts/acme/credit-packs/large/purchase', undefined, {
      token: owner,
      key: 'dialog-1',
    });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('tells a declined card as a failed purchase, grants nothing, and lets another key try again', async () => {
    const { server, owner } = await payingServer('declines');
    const declined = await server.post<PurchaseAnswer>(buySmall, undefined, { token: owner });
    expect(declined.body.purchase).toMatchObject({ status: 'failed', failure: 'The card was declined.' });
    expect(await creditsOf(server)).toBe('100');
    await enterCard(server, owner, 'succeeds');
    expect(
      (await server.post<PurchaseAnswer>(buySmall, undefined, { token: owner })).body.purchase.status,
    ).toBe('succeeded');
  });

  it('grants nothing while a purchase waits to be confirmed, and everything once it is', async () => {
    const { server, owner } = await payingServer('needs_action');
    const { body } = await server.post<PurchaseAnswer>(buySmall, undefined, { token: owner });
    expect(body).toMatchObject({ purchase: { status: 'needs_action' }, available: '100' });
    await server.app.fetch(new Request(body.purchase.actionUrl ?? '', { method: 'POST' }));
    const { body: ended } = await server.get<PurchaseAnswer['purchase']>(
      `/v1/accounts/acme/purchases/${body.purchase.id}`,
      owner,
    );
    expect(ended.status).toBe('succeeded');
    expect(await creditsOf(server)).toBe('600');
  });

  it('pays an order that was left between order and payment when it is found again', async () => {
    const { payments, charges } = countingSandbox();
    let down = true;
    const charge: PaymentProvider['charge'] = (order) =>
      down ? Promise.reject(new Error('no answer')) : payments.charge(order);
    const server = createTestServer({ payments: { ...payments, charge } });
    await server.account();
    const owner = await server.member('acme', 'ada', { role: 'owner' });
    await enterCard(server, owner, 'succeeds');
    expect(
      (await server.post<PurchaseAnswer>(buySmall, undefined, { token: owner })).body.purchase.status,
    ).toBe('ordered');
    down = false;
    await server.app.tick();
    expect(await creditsOf(server)).toBe('600');
    await server.app.tick();
    expect(charges).toHaveLength(1);
  });

  it('C7: the activity log shows purchases and adjustments to those who may see invoices, and to nobody else', async () => {
    const { server, owner } = await payingServer();
    await server.post(buySmall, undefined, { token: owner });
    await server.post('/v1/accounts/acme/adjustments', { amount: '-20', reason: 'Booked twice' });
    const { body } = await server.get<Page<Activity>>('/v1/accounts/acme/activity', owner);
    expect(body.items.map(({ kind }) => kind).sort()).toEqual([
      'credits_adjusted',
      'credits_purchased',
      'invoice_paid',
      'payment_method_changed',
    ]);
    const member = await server.member('acme', 'grace', { role: 'member' });
    expect((await server.get('/v1/accounts/acme/activity', member)).status).toBe(403);
    expect((await server.post(buySmall, undefined, { token: member })).status).toBe(403);
  });

  it('needs a payment method, and names what is missing', async () => {
    const { server, owner } = await payingServer(null);
    const { status, body } = await server.post<Problem>(buySmall, undefined, { token: owner });
    expect([status, body.code]).toEqual([409, 'payment_method_required']);
  });
});

describe('adjustments', () => {
  it('C14: is the product team’s alone, needs a reason, and shows it in the ledger', async () => {
    const { server, owner } = await payingServer(null);
    const path = '/v1/accounts/acme/adjustments';
    expect((await server.post(path, { amount: '5', reason: 'x' }, { token: owner })).status).toBe(403);
    expect((await server.post<Problem>(path, { amount: '5' })).body.invalidParameters?.[0]?.pointer).toBe(
      '/reason',
    );
    expect((await server.post<Problem>(path, { amount: '0', reason: 'x' })).status).toBe(400);
    const { body } = await server.post<AdjustmentAnswer>(path, { amount: '-120', reason: 'Chargeback' });
    expect(body).toEqual({ available: '-20', debt: '20' });
    const { body: credits } = await server.get<Credits>('/v1/accounts/acme/credits');
    expect(credits.recent[0]).toMatchObject({
      kind: 'adjustment',
      amount: '-120',
      description: 'Chargeback',
    });
  });
});

describe('auto top-up', () => {
  it('C8: buys once when a hundred debits cross the threshold together', async () => {
    const { server, charges, owner } = await payingServer();
    await setTopUp(server, owner);
    const sent = await Promise.all(Array.from({ length: 100 }, () => server.post('/v1/consume', search(1))));
    const admitted = sent.filter(({ status }) => status === 200).length;
    await settled(server, 'ready');
    expect(charges).toHaveLength(1);
    expect(charges[0]).toMatchObject({ unattended: true, currency: 'USD', amount: 5_000_000n });
    expect(await creditsOf(server)).toBe(String(600 - 2 * admitted));
  });

  it('C8: refuses a threshold that one charge cannot reach with both figures, and charges nothing', async () => {
    const { server, charges, owner } = await payingServer();
    const { status, body } = await server.put<Problem>(
      topUpPath,
      { enabled: true, threshold: '100000', packId: 'small' },
      { token: owner },
    );
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.detail).toBe('The threshold of 100000 is more than the 500 that one charge buys');
    expect(body.invalidParameters?.[0]).toMatchObject({ pointer: '/threshold' });
    await server.app.tick();
    expect(charges).toEqual([]);
  });

  it('C8: buys once for one crossing, and says that it waits while the balance stays below', async () => {
    const { server, charges, owner } = await payingServer();
    await server.post('/v1/accounts/acme/adjustments', { amount: '-5000', reason: 'Chargeback' });
    await setTopUp(server, owner);
    expect(await settled(server, 'waiting')).toMatchObject({ chargesThisCycle: 1 });
    for (let turn = 0; turn < 3; turn += 1) await server.post('/v1/consume', search(1));
    await server.app.tick();
    expect(charges).toHaveLength(1);
  });

  it('C8: buys nothing after a move to a plan that sells no packs, and says so', async () => {
    const { payments, charges } = countingSandbox();
    const plans = smallCatalogConfig.plans.map((plan) =>
      plan.id === 'pro' ? { ...plan, packs: false } : plan,
    );
    const server = createTestServer({ payments, catalog: { ...smallCatalogConfig, plans } });
    await server.account();
    const owner = await server.member('acme', 'ada', { role: 'owner' });
    await enterCard(server, owner, 'succeeds');
    await setTopUp(server, owner);
    await server.put('/v1/accounts/acme', { planId: 'pro' });
    expect((await server.post('/v1/consume', search(30))).status).toBe(200);
    expect((await server.get<AutoTopUp>(topUpPath)).body.status).toBe('not_sold');
    await server.app.tick();
    expect(charges).toEqual([]);
    const byHand = await server.post<Problem>(buySmall, undefined, { token: owner });
    const saved = await setTopUp(server, owner);
    expect([byHand.status, saved.status]).toEqual([403, 403]);
    expect((await server.get<CatalogView>('/v1/catalog', owner)).body.creditPacks).toEqual([]);
  });

  it('C8: shows how often and how much it bought this cycle, and what a charge will be', async () => {
    const { server, owner } = await payingServer();
    const set = await setTopUp(server, owner, { chargesPerCycleMax: 1 });
    expect(set.body).toMatchObject({
      status: 'ready',
      credits: '500',
      price: { amount: '5', currency: 'USD' },
      paymentMethod: { lastFour: '4242' },
    });
    await server.post('/v1/consume', search(40));
    expect(await settled(server, 'capped')).toMatchObject({
      chargesThisCycle: 1,
      creditsThisCycle: '500',
      chargesPerCycleMax: 1,
    });
  });

  it('C8: sums what it really bought this cycle, whichever pack is set now, and starts from zero with the next', async () => {
    const { server, owner } = await payingServer();
    await setTopUp(server, owner);
    await server.post('/v1/consume', search(40));
    await settled(server, 'ready');
    await setTopUp(server, owner, { packId: 'large', threshold: '600' });
    const bought = { chargesThisCycle: 2, creditsThisCycle: '6000' };
    expect(await settled(server, 'ready')).toMatchObject(bought);
    const set = await setTopUp(server, owner, { enabled: false });
    expect(set.body).toMatchObject({ ...bought, credits: '500' });
    server.clock.advance(31 * 86_400_000);
    const { body } = await server.get<AutoTopUp>(topUpPath);
    expect(body).toMatchObject({ chargesThisCycle: 0, creditsThisCycle: '0' });
  });

  it('C8: shows a failed charge with when it is tried again, and tries no sooner', async () => {
    const { server, charges, owner } = await payingServer('declines');
    await setTopUp(server, owner);
    await server.post('/v1/consume', search(40));
    const failed = await settled(server, 'failed');
    expect(failed.failure).toBe('The card was declined.');
    expect(Date.parse(failed.retryAt ?? '') - server.clock.nowMs()).toBe(15 * 60_000);
    await server.post('/v1/consume', search(1));
    expect(charges).toHaveLength(1);
    server.clock.advance(15 * 60_000);
    await server.post('/v1/consume', search(1));
    await settled(server, 'failed');
    expect(charges).toHaveLength(2);
  });

  it('C8: tries again with a refusal where nothing is left, so that an account does not stay empty', async () => {
    const { server, charges, owner } = await payingServer('declines');
    await setTopUp(server, owner);
    await server.post('/v1/consume', search(50));
    await settled(server, 'failed');
    server.clock.advance(15 * 60_000);
    const refused = await server.post<Problem>('/v1/consume', search(1), { key: 'again' });
    expect([refused.status, refused.body.code]).toEqual([402, 'insufficient_credits']);
    await settled(server, 'failed');
    expect(charges).toHaveLength(2);
  });

  it('C8: cannot be turned on without a confirmed payment method', async () => {
    const { server, owner } = await payingServer(null);
    const { status } = await setTopUp(server, owner);
    expect(status).toBe(409);
    expect((await server.get<AutoTopUp>(topUpPath, owner)).body.status).toBe('off');
  });
});

describe('a top-up that fails', () => {
  it('C8, L143: is told once, with the reason and the next try, however many debits follow', async () => {
    const { server, charges, owner } = await payingServer('declines');
    await setTopUp(server, owner);
    for (let uses = 0; uses < 5; uses += 1) await server.post('/v1/consume', search(6));
    const failed = await settled(server, 'failed');
    for (let uses = 0; uses < 5; uses += 1) await server.post('/v1/consume', search(1));
    await server.app.tick();
    expect(charges).toHaveLength(1);
    const notices = await server.get<Page<Notice>>('/v1/notices?accountId=acme');
    const told = notices.body.items.filter(({ body }) => body.type === 'top_up.failed');
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toMatchObject({
      type: 'top_up.failed',
      data: { accountId: 'acme', packId: 'small', reason: 'The card was declined.', retryAt: failed.retryAt },
    });
  });
});
