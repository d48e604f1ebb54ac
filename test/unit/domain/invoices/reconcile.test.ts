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
        decideCreditNote(
          context,
          fixture.invoices.get(id) as InvoiceRecord,
          {},
          {
            amount: 10_000_000n,
            reason: 'Outage',
            give: 'balance',
          },
        ),
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

  /** The drifts of `INV-2` with one line of 1,240 units at 0.05 each. */
  const driftsOfLine = (changed: Partial<InvoiceRecord['lines'][number]>) =>
    drifts(account(), (invoice) =>
      invoice.number === 'INV-2'
        ? {
            ...invoice,
            lines: invoice.lines.map((line) => ({
              ...line,
              quantity: 1_240_000_000n,
              rate: 50_000n,
              ratePer: 1,
              ...changed,
            })),
          }
        : invoice,
    ).filter((drift) => drift.includes(' line '));

  it.each([
    ['overage', 30_000_000n, ': 62000000 is 30000000'],
    ['overage', -62_000_000n, ': 62000000 is -62000000'],
    ['proration_credit', 62_000_000n, ': -62000000 is 62000000'],
  ] as const)(
    'L212: tells a line of %s whose amount %d is not its units at its rate',
    (kind, amount, told) => {
      expect(driftsOfLine({ kind, amount })).toEqual([expect.stringContaining(told)]);
    },
  );

  it.each([
    ['overage', 62_000_000n],
    ['proration_credit', -62_000_000n],
    ['custom', -62_000_000n],
    ['late_usage', -1_000_000n],
  ] as const)('L212: has nothing to say of a line of %s with the amount %d', (kind, amount) => {
    expect(driftsOfLine({ kind, amount })).toEqual([]);
  });
});
