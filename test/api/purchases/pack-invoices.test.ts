import type {
  AutoTopUp,
  CatalogConfig,
  CatalogView,
  Charge,
  ExplainedInvoiceLine,
  PurchaseAnswer,
} from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { describe, expect, it } from 'vitest';
import type { Decided, Loaded, Needs } from '../../../server/src/store/store.ts';
import {
  billedCatalog,
  newestInvoice,
  type PayingAccount,
  payingAccount,
} from '../invoices/paying-account.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const catalog: CatalogConfig = {
  ...billedCatalog,
  billing: { ...billedCatalog.billing, taxes: [{ label: 'VAT', percent: '19' }] },
  creditPacks: [{ id: 'hundred', label: '100 credits', credits: '100', price: usd('7') }],
};
const path = (of: string) => `/v1/accounts/acme${of}`;
const buy = async ({ server, token }: PayingAccount, key = 'dialog-1') =>
  server.post<PurchaseAnswer>(path('/credit-packs/hundred/purchase'), undefined, {
    token: await token(),
    key,
  });

describe('a pack with tax', () => {
  it('L236: tells the account what it is charged before it is bought, and nobody else', async () => {
    const { server, token } = await payingAccount('succeeds', { catalog });
    const packOf = async (asker?: string) =>
      (await server.get<CatalogView>('/v1/catalog', asker)).body.creditPacks[0];
    const sums = { price: usd('7'), taxes: [{ label: 'VAT', amount: usd('1.33') }], total: usd('8.33') };
    expect(await packOf(await token())).toMatchObject(sums);
    expect(await packOf()).toMatchObject({ price: usd('7') });
    expect(await packOf()).not.toHaveProperty('total');
    const member = await server.member('acme', 'grace', { role: 'member' });
    expect(await packOf(member)).toMatchObject({ price: null });
    expect(await packOf(member)).not.toHaveProperty('total');
  });

  it('L236: asks the provider for nothing where the pack costs nothing, and gives its credits', async () => {
    const free = {
      ...catalog,
      creditPacks: [{ id: 'hundred', label: '100 credits', credits: '100', price: usd('0') }],
    };
    const account = await payingAccount('declines', { catalog: free });
    const { purchase, available } = (await buy(account)).body;
    expect(purchase).toMatchObject({ status: 'succeeded', total: usd('0'), invoiceId: null });
    expect(available).toBe('110');
    expect(account.charges).toEqual([]);
  });

  it('L236, L237: is charged with it, and has one paid invoice however often it is sent', async () => {
    const account = await payingAccount('succeeds', { catalog });
    await account.server.put(path('/billing-details'), {
      name: 'Acme Ltd',
      addressLines: ['1 Road'],
      taxId: 'GB1',
      email: null,
    });
    const sent = await Promise.all([buy(account), buy(account), buy(account)]);
    const { purchase } = (await buy(account)).body;
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
    expect(account.charges[0]?.amount).toBe(8_330_000n);
    const invoices = await account.invoices();
    expect(invoices).toMatchObject([
      {
        id: purchase.invoiceId,
        number: 'INV-1',
        status: 'paid',
        seller: { name: 'Widgets GmbH', taxId: 'DE123456789' },
        buyer: { name: 'Acme Ltd', taxId: 'GB1' },
        lines: [
          { kind: 'credit_pack', subject: '100 credits', quantity: '1', rate: usd('7'), amount: usd('7') },
          { kind: 'tax', subject: 'VAT', amount: usd('1.33') },
        ],
        subtotal: usd('7'),
        tax: usd('1.33'),
        total: usd('8.33'),
        amountPaid: usd('8.33'),
        amountDue: usd('0'),
      },
    ]);
    expect(purchase).toMatchObject({
      price: usd('7'),
      taxes: [{ label: 'VAT', amount: usd('1.33') }],
      total: usd('8.33'),
    });
    const [charge] = await account.chargeHistory();
    expect(charge).toMatchObject({ purpose: 'purchase', invoiceId: purchase.invoiceId, amount: usd('8.33') });
  });

  it('L237: can be printed, exported and explained', async () => {
    const account = await payingAccount('succeeds', { catalog });
    await buy(account);
    const { id, lines } = await newestInvoice(account);
    const authorization = `Bearer ${await account.token()}`;
    const read = async (of: string) => {
      const url = `http://usage.test${path(`/invoices/${of}`)}`;
      const response = await account.server.app.fetch(new Request(url, { headers: { authorization } }));
      return [response.status, await response.text()];
    };
    expect(await read(`${id}/pdf`)).toEqual([200, expect.stringContaining('INV-1')]);
    expect(await read('export?rows=lines')).toEqual([
      200,
      expect.stringContaining('credit_pack,100 credits'),
    ]);
    const explained = await account.server.get<ExplainedInvoiceLine>(
      path(`/invoices/${id}/lines/${lines[1]?.id}`),
    );
    expect(explained.body).toMatchObject({ of: usd('7'), isComplete: true, uses: { items: [] } });
  });

  it('L236, L237: is topped up with it, and the settings tell it', async () => {
    const account = await payingAccount('succeeds', { catalog });
    const setting = { enabled: true, threshold: '20', packId: 'hundred' };
    const saved = await account.server.put<AutoTopUp>(path('/auto-top-up'), setting);
    expect(saved.body).toMatchObject({ price: usd('7'), total: usd('8.33') });
    await account.later(0);
    expect(account.charges.map(({ amount }) => amount)).toEqual([8_330_000n]);
    expect(await account.invoices()).toMatchObject([{ status: 'paid', total: usd('8.33') }]);
  });

  it('L238: has a credit note for what is refunded, tax included', async () => {
    const account = await payingAccount('succeeds', { catalog });
    await buy(account);
    const [charge] = await account.chargeHistory();
    await account.later(1);
    const body = { reason: 'Not wanted' };
    for (let times = 0; times < 2; times++)
      await account.server.post<Charge>(path(`/charges/${charge?.id}/refunds`), body, { key: 'refund' });
    await account.later(0);
    await account.later(0);
    const [note, invoice] = await account.invoices();
    expect(note).toMatchObject({ number: 'INV-CN-1', correctsNumber: 'INV-1', total: usd('-8.33') });
    expect(invoice).toMatchObject({ number: 'INV-1', status: 'paid', amountCredited: usd('8.33') });
    expect(await account.invoices()).toHaveLength(2);
  });

  it('L233, L238: gives its credits back with a credit note that orders the refund', async () => {
    const account = await payingAccount('succeeds', { catalog });
    await buy(account);
    const { id } = await newestInvoice(account);
    const body = { reason: 'Outage', give: 'refund' };
    const made = await account.server.post(path(`/invoices/${id}/credit-notes`), body, { key: 'note' });
    expect(made.status).toBe(201);
    await account.later(0);
    expect(account.refunds.map(({ amount }) => amount)).toEqual([8_330_000n]);
    expect((await account.server.get<{ available: string }>(path('/credits'))).body.available).toBe('10');
    expect(await account.invoices()).toHaveLength(2);
  });

  it.each([1, 2, 3])(
    'L237: is taken and invoiced once where write %i of the purchase is lost with the process',
    async (lost) => {
      const store = createMemoryStore();
      const account = await payingAccount('succeeds', { catalog, store });
      const write = store.write.bind(store);
      let writes = 0;
      store.write = async <Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>) => {
        writes += 1;
        if (writes === lost) throw new Error('The process ended');
        return write(needs, decide);
      };
      await buy(account).catch(() => undefined);
      store.write = write;
      await account.later(0);
      expect((await buy(account)).body.purchase).toMatchObject({ status: 'succeeded' });
      expect(new Set(account.charges.map(({ id }) => id)).size).toBe(1);
      expect(await account.invoices()).toMatchObject([{ number: 'INV-1', status: 'paid' }]);
    },
  );
});
