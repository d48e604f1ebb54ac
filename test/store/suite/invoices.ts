import { expect, it } from 'vitest';
import type { Store, Writes } from '../../../server/src/store/store.ts';
import { nowMs, sampleAccount, sampleCharge, sampleInvoice } from '../account-samples.ts';
import { beforeAndAfterRestart, freshStore, pagesOf, type StoreHarness } from './harness.ts';

export function invoiceGuarantees(harness: StoreHarness): void {
  it('keeps invoices and charges as they were written, over a restart too', async () => {
    const store = await freshStore(harness);
    const account = sampleAccount('a');
    const invoice = sampleInvoice('a', 'i-1');
    const refunds = [
      { id: 'r-1', amount: 5n, status: 'succeeded' as const, reason: 'Outage', createdAtMs: nowMs },
    ];
    const charge = sampleCharge('a', 'c-1', { status: 'succeeded', refunds });
    await put(store, 'a', { accounts: [account], invoices: [invoice], charges: [charge] });
    for await (const each of beforeAndAfterRestart(harness, store)) {
      expect(await each.readInvoice('a', 'i-1')).toEqual(invoice);
      expect(await each.readInvoice('b', 'i-1')).toBeUndefined();
      expect(await each.readCharge('a', 'c-1')).toEqual(charge);
      expect((await each.readAccount('a'))?.billing).toEqual(account.billing);
    }
  });

  it('hands a decision the invoice and the charge that it needs, and puts what it changes', async () => {
    const store = await freshStore(harness);
    await put(store, 'a', {
      accounts: [sampleAccount('a')],
      invoices: [sampleInvoice('a', 'i-1')],
      charges: [sampleCharge('a', 'c-1')],
    });
    for (const status of ['paid', 'void'] as const)
      await store.write(
        {
          accountIds: ['a'],
          invoices: [
            { accountId: 'a', id: 'i-1' },
            { accountId: 'a', id: 'none' },
          ],
          charges: [{ accountId: 'a', id: 'c-1' }],
        },
        (loaded) => {
          const invoice = loaded.invoice('a', 'i-1');
          const charge = loaded.charge('a', 'c-1');
          const account = loaded.account('a');
          expect(loaded.invoice('a', 'none')).toBeUndefined();
          if (invoice === undefined || charge === undefined || account === undefined)
            throw new Error('Not loaded');
          return {
            writes: {
              accounts: [{ ...account, version: account.version + 1 }],
              invoices: [{ ...invoice, status }],
              charges: [{ ...charge, status: 'succeeded' }],
            },
            result: undefined,
          };
        },
      );
    expect((await store.readInvoice('a', 'i-1'))?.status).toBe('void');
    expect((await store.listInvoices('a', { limit: 10 })).items).toHaveLength(1);
  });

  it('lists invoices and charges of one account, newest first', async () => {
    const store = await freshStore(harness);
    for (const accountId of ['a', 'b']) {
      const times = [1, 2, 2, 3];
      await put(store, accountId, {
        accounts: [sampleAccount(accountId)],
        invoices: times.map((time, index) =>
          sampleInvoice(accountId, `i-${index}`, { createdAtMs: nowMs + time }),
        ),
        charges: times.map((time, index) =>
          sampleCharge(accountId, `c-${index}`, { createdAtMs: nowMs + time }),
        ),
      });
    }
    const invoices = await pagesOf((page) => store.listInvoices('a', page), 3);
    expect(invoices.map((page) => page.map(({ id }) => id))).toEqual([['i-3', 'i-2', 'i-1'], ['i-0']]);
    const charges = await pagesOf((page) => store.listCharges('b', page), 2);
    expect(charges.map((page) => page.map(({ id }) => id))).toEqual([
      ['c-3', 'c-2'],
      ['c-1', 'c-0'],
    ]);
  });

  it('lists the charges of every account that wait for the provider, oldest first, and no others', async () => {
    const store = await freshStore(harness);
    const refund = { id: 'r-1', amount: 5n, reason: 'Outage', createdAtMs: nowMs };
    const charges = {
      a: [
        sampleCharge('a', 'ordered', { createdAtMs: nowMs + 2 }),
        sampleCharge('a', 'failed', { status: 'failed' }),
        sampleCharge('a', 'bought', { purpose: 'purchase' }),
        sampleCharge('a', 'settling', { status: 'settling', createdAtMs: nowMs + 3 }),
      ],
      b: [
        sampleCharge('b', 'refunded', { status: 'succeeded', refunds: [{ ...refund, status: 'succeeded' }] }),
        sampleCharge('b', 'refunding', { status: 'succeeded', refunds: [{ ...refund, status: 'ordered' }] }),
        sampleCharge('b', 'action', { status: 'needs_action' }),
      ],
    };
    for (const [id, own] of Object.entries(charges))
      await put(store, id, { accounts: [sampleAccount(id)], charges: own });
    const waiting = await pagesOf((page) => store.listWaitingCharges(page), 2);
    expect(waiting.map((page) => page.map(({ id }) => id))).toEqual([['refunding', 'ordered'], ['settling']]);
    await put(store, 'a', {
      accounts: [{ ...sampleAccount('a'), version: 2 }],
      charges: [sampleCharge('a', 'ordered', { createdAtMs: nowMs + 2, status: 'succeeded' })],
    });
    const left = await store.listWaitingCharges({ limit: 10 });
    expect(left.items.map(({ id }) => id)).toEqual(['refunding', 'settling']);
  });
}

async function put(store: Store, accountId: string, writes: Writes): Promise<void> {
  await store.write({ accountIds: [accountId] }, () => ({ writes, result: undefined }));
}
