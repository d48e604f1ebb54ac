import {
  addInvoice,
  createMoneySums,
  decideCloseInvoice,
  decideCreditNote,
  findMoneyDrift,
  type InvoiceRecord,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { plansCatalog } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

function drifts(
  fixture: AccountFixture,
  change: (invoice: InvoiceRecord) => InvoiceRecord | null = (same) => same,
) {
  const sums = createMoneySums();
  for (const invoice of fixture.invoices.values()) {
    const changed = change(invoice);
    if (changed !== null) addInvoice(sums, changed);
  }
  return findMoneyDrift(fixture.state, sums).map(
    ({ subject, expected, found }) => `${subject}: ${expected} is ${found}`,
  );
}

describe('invoices against what is owed', () => {
  const account = () =>
    new AccountFixture(
      { planId: 'basic' },
      { catalog: plansCatalog({ billing: {} }), now: '2026-06-01T00:00:00.000Z' },
    ).moveTo('2026-08-01T00:00:00.000Z');

  it('L212: agree, also where an invoice was paid elsewhere, given up and taken back', () => {
    const fixture = account();
    const [first, second] = [...fixture.invoices.values()] as [InvoiceRecord, InvoiceRecord];
    fixture.decide((context) => decideCloseInvoice(context, first, { as: 'paid', reason: 'Transfer' }));
    fixture.decide((context) =>
      decideCloseInvoice(context, second, { as: 'uncollectible', reason: 'Insolvent' }),
    );
    expect(drifts(fixture)).toEqual([]);
    const note = (id: string) =>
      fixture.decide((context) =>
        decideCreditNote(context, fixture.invoices.get(id) as InvoiceRecord, undefined, {
          amount: 10_000_000n,
          reason: 'Outage',
          give: 'balance',
        }),
      );
    note(first.id);
    expect(fixture.state.billing.carried).toEqual({ USD: -10_000_000n });
    // What was given up was never paid, so nothing of it goes to the balance.
    note(second.id);
    expect(fixture.state.billing.carried).toEqual({ USD: -10_000_000n });
    expect(drifts(fixture)).toEqual([]);
  });

  it('L212: tells which invoice is missing, or says something else', () => {
    const fixture = account();
    expect(drifts(fixture, (invoice) => (invoice.number === 'INV-2' ? null : invoice))).toEqual([
      'numbers of invoices: 1 2 3 is 1 3',
      'invoice INV-2: open is missing',
      'balance USD: 60000000 is 90000000',
    ]);
    expect(
      drifts(fixture, (invoice) =>
        invoice.number === 'INV-2' ? { ...invoice, total: 29_000_000n, status: 'paid' } : invoice,
      ),
    ).toEqual([
      'invoice INV-2 total: 30000000 is 29000000',
      'invoice INV-2 status: open is not owed',
      'invoice INV-2 due: 29000000 is 30000000',
      'balance USD: 89000000 is 90000000',
    ]);
  });

  it('L212: tells which line has another amount than its units come to at its rate', () => {
    const fixture = account();
    const changed = drifts(fixture, (invoice) =>
      invoice.number === 'INV-2'
        ? {
            ...invoice,
            lines: invoice.lines.map((line) => ({
              ...line,
              quantity: 1_240_000_000n,
              rate: 50_000n,
              ratePer: 1,
              amount: 30_000_000n,
            })),
          }
        : invoice,
    );
    expect(changed).toEqual([expect.stringMatching(/^invoice INV-2 line .*: 62000000 is 30000000$/)]);
  });
});
