import type { Credits, Notice, Page, Problem, PurchaseAnswer, Subscription } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { billedCatalog, newestInvoice, payingAccount, watchedSandbox } from './paying-account.ts';

const path = (end = '') => `/v1/accounts/acme${end}`;

describe('what cannot be charged', () => {
  it('stays open where it is beyond the largest charge, becomes past due, and can be paid by transfer', async () => {
    const account = await payingAccount('succeeds', {
      catalog: { ...billedCatalog, billing: { ...billedCatalog.billing, maximumCharge: '25' } },
    });
    await account.server.put(path(), { planId: 'basic' });
    await account.server.app.tick();
    const invoice = await newestInvoice(account);
    expect(invoice).toMatchObject({ status: 'open', amountDue: { amount: '30' } });
    const pay = () => account.server.post<Problem>(path(`/invoices/${invoice.id}/pay`), undefined);
    const refused = await pay();
    expect([refused.status, refused.body.code]).toEqual([422, 'amount_out_of_range']);
    await account.later(8);
    expect((await newestInvoice(account)).status).toBe('past_due');
    expect(account.charges).toEqual([]);
    await account.server.post(path(`/invoices/${invoice.id}/paid`), { reason: 'Transfer of 2 July' });
    expect(await newestInvoice(account)).toMatchObject({ status: 'paid', amountPaid: { amount: '30' } });
  });

  it('refuses an upgrade that is beyond the largest charge, and leaves the old plan', async () => {
    const account = await payingAccount('succeeds', {
      catalog: { ...billedCatalog, billing: { ...billedCatalog.billing, maximumCharge: '25' } },
    });
    const refused = await account.upgrade('basic');
    expect([refused.status, (refused.body as Problem).code]).toEqual([422, 'amount_out_of_range']);
    expect([account.charges, await account.invoices()]).toEqual([[], []]);
  });

  it.each(['XXX', 'usd', 'dollars', ''])('refuses a catalog in the currency %j', async (currency) => {
    const account = await payingAccount(null);
    const refused = await account.server.put<Problem>('/v1/catalog', { ...billedCatalog, currency });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
    const places = refused.body.invalidParameters?.map(({ pointer }) => pointer);
    expect(places).toContain('/currency');
  });
});

/** The sandbox behind a line that can be cut: then nothing reaches it, and nobody knows what it did. */
function cutOff() {
  const line = { isCut: false };
  const sandbox = watchedSandbox();
  const { payments } = sandbox;
  for (const name of ['charge', 'refund', 'startSession', 'openPortal'] as const) {
    const reached = payments[name].bind(payments) as (order: never) => Promise<never>;
    Object.assign(payments, {
      [name]: async (order: never) => {
        if (line.isCut) throw new Error('connect ECONNREFUSED');
        return reached(order);
      },
    });
  }
  return { line, sandbox };
}

describe('a provider that is down for a day', () => {
  const packs = {
    ...billedCatalog,
    creditPacks: [
      { id: 'hundred', label: '100 credits', credits: '100', price: { amount: '10', currency: 'USD' } },
    ],
  };
  const returnUrl = 'https://app.example.com/billing';

  it('K: answers 503 where a page of the provider is asked for, and the same request works afterwards', async () => {
    const { line, sandbox } = cutOff();
    const account = await payingAccount('succeeds', { sandbox });
    const token = await account.token();
    line.isCut = true;
    const pages = ['/payment-method/session', '/portal/session'];
    const ask = (page: string) =>
      account.server.post<Problem>(path(page), { returnUrl }, { token, key: page });
    for (const page of pages) {
      const { status, body } = await ask(page);
      expect([status, body.code]).toEqual([503, 'unavailable']);
      expect(body.detail).toBe('The payment provider does not answer; the same request may be sent again');
    }
    line.isCut = false;
    for (const page of pages) expect((await ask(page)).status).toBeLessThan(300);
  });

  it('K: uses up no attempt and sends no word of an invoice, and takes the money once when it is back', async () => {
    const { line, sandbox } = cutOff();
    const account = await payingAccount('succeeds', { sandbox });
    line.isCut = true;
    await account.server.put(path(), { planId: 'basic' });
    await account.server.app.tick();
    for (let hours = 0; hours < 24; hours += 6) await account.later(0.25);
    const waiting = await newestInvoice(account);
    expect(waiting.status).toBe('open');
    expect(await account.chargeHistory()).toMatchObject([{ status: 'ordered', failure: null }]);
    expect(account.charges).toEqual([]);
    const { body: told } = await account.server.get<Page<Notice>>('/v1/notices?accountId=acme');
    expect(told.items.map(({ body }) => body.type).filter((type) => type.startsWith('invoice.'))).toEqual([]);
    line.isCut = false;
    await account.later(0);
    expect(await newestInvoice(account)).toMatchObject({ id: waiting.id, status: 'paid' });
    expect(account.charges.map(({ amount, attempt }) => [amount, attempt])).toEqual([[30_000_000n, 0]]);
    expect(await account.chargeHistory()).toHaveLength(1);
  });

  it('K: leaves the old plan under an upgrade that waits for its payment, and makes it once it is paid', async () => {
    const { line, sandbox } = cutOff();
    const account = await payingAccount('succeeds', { sandbox });
    line.isCut = true;
    const ordered = await account.upgrade('basic');
    expect(ordered.status).toBeLessThan(300);
    const planOf = async () => (await account.server.get<Subscription>(path('/subscription'))).body.planId;
    await account.later(1);
    expect(await planOf()).toBe('free');
    line.isCut = false;
    await account.later(0);
    expect(await planOf()).toBe('basic');
    expect(account.charges).toHaveLength(1);
  });

  it('K: grants bought credits and gives money back once each when it is back, with what was ordered meanwhile', async () => {
    const { line, sandbox } = cutOff();
    const account = await payingAccount('succeeds', { sandbox, catalog: packs });
    const buy = (key: string) =>
      account.server.post<PurchaseAnswer>(path('/credit-packs/hundred/purchase'), undefined, { key });
    const available = async () => (await account.server.get<Credits>(path('/credits'))).body.available;
    expect((await buy('first')).body.purchase.status).toBe('succeeded');
    const [paid] = await account.chargeHistory();
    line.isCut = true;
    const second = await buy('second');
    const body = { reason: 'Not wanted' };
    const refund = await account.server.post(path(`/charges/${paid?.id}/refunds`), body, { key: 'refund' });
    expect([second.status, refund.status]).toEqual([201, 201]);
    await account.later(1);
    expect([second.body.purchase.status, await available()]).toEqual(['ordered', '110']);
    expect(account.refunds).toEqual([]);
    line.isCut = false;
    await account.later(0);
    // One pack was bought and one was given back.
    expect(await available()).toBe('110');
    expect(account.refunds.map(({ chargeId }) => chargeId)).toEqual([paid?.id]);
    expect(account.charges).toHaveLength(2);
    expect((await buy('second')).body.purchase.id).toBe(second.body.purchase.id);
  });
});
