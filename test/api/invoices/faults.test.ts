import type { Problem } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { billedCatalog, newestInvoice, payingAccount } from './paying-account.ts';

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
