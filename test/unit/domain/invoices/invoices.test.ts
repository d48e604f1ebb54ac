import type { CatalogConfig } from '@usagekit/server/contract';
import {
  type BillableFact,
  decideBuyer,
  decideChangePlan,
  decideCloseInvoice,
  decideCreditNote,
  formatAmount,
  type InvoiceRecord,
  issueInvoice,
  lineOf,
  noFacts,
  upcomingInvoice,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { plansCatalog } from '../../../support/plans-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const day = 86_400_000;

function account(planId = 'basic', change: Partial<CatalogConfig> = {}, now = '2026-06-01T00:00:00.000Z') {
  return new AccountFixture(
    { planId },
    { catalog: plansCatalog({ billing: { paymentTermDays: 365 }, ...change }), now },
  );
}

function upgrade(fixture: AccountFixture, planId: string) {
  return fixture.decide((context) => decideChangePlan(context, { planId, memberId: null }));
}

/** An invoice in short: its number, its lines, its total. */
function short({ number, lines, total }: InvoiceRecord) {
  return {
    number,
    lines: lines.map(({ kind, amount }) => `${kind} ${formatAmount(amount)}`),
    total: formatAmount(total),
  };
}

const all = ({ invoices }: AccountFixture) => [...invoices.values()];

/** Bills one amount at once, as a contract's own line. */
function bill(fixture: AccountFixture, amount: bigint, currency = 'USD') {
  return fixture.decide((context) => {
    const closes = context.state.subscription.period;
    const line = { ...lineOf(sampleFact(amount, currency), context.catalog), kind: 'custom' as const };
    const id = `${context.commandId}~invoice`;
    const { state, invoices, activity } = issueInvoice(context.state, context.catalog, {
      id,
      atMs: context.nowMs,
      closes,
      currency,
      lines: [line],
    });
    return { outcome: invoices[0] as InvoiceRecord, state, facts: { ...noFacts, invoices, activity } };
  });
}

function sampleFact(amount: bigint, currency: string): BillableFact {
  return {
    id: 'fact',
    causeId: 'cause',
    kind: 'plan',
    ref: 'basic',
    label: 'Setup',
    quantity: 1_000_000n,
    unitPrice: null,
    rate: '',
    amount,
    currency,
    coversFromMs: 0,
    coversToMs: 1,
    part: null,
    due: 'now',
    atMs: 0,
  };
}

describe('invoices', () => {
  it('L200, A7, B14: come by themselves, one a period, in the instant that begins it', () => {
    const fixture = account('basic', {}, '2026-01-31T10:00:00.000Z').moveTo('2026-04-30T10:00:00.000Z');
    expect(all(fixture).map(short)).toEqual([
      { number: 'INV-1', lines: ['plan_fee 30'], total: '30' },
      { number: 'INV-2', lines: ['plan_fee 30'], total: '30' },
      { number: 'INV-3', lines: ['plan_fee 30'], total: '30' },
      { number: 'INV-4', lines: ['plan_fee 30'], total: '30' },
    ]);
    expect(all(fixture).map(({ createdAtMs }) => new Date(createdAtMs).toISOString())).toEqual([
      '2026-01-31T10:00:00.000Z',
      '2026-02-28T10:00:00.000Z',
      '2026-03-31T10:00:00.000Z',
      '2026-04-30T10:00:00.000Z',
    ]);
    expect(fixture.state.subscription.billables).toEqual([]);
  });

  it('L200, L202, D7: an upgrade has an invoice of its own at once, whose lines add up', () => {
    const fixture = account().moveTo('2026-06-11T00:00:00.000Z');
    upgrade(fixture, 'pro');
    expect(all(fixture).map(short).at(-1)).toEqual({
      number: 'INV-2',
      lines: ['proration_credit -20', 'proration_charge 40'],
      total: '20',
    });
    expect(
      all(fixture)
        .at(-1)
        ?.lines.map(({ share }) => share),
    ).toEqual([
      { part: 20, of: 30 },
      { part: 20, of: 30 },
    ]);
  });

  it('L201: numbers follow each other over boundaries, upgrades and credit notes, whoever makes them', () => {
    const fixture = account().moveTo('2026-06-11T00:00:00.000Z');
    upgrade(fixture, 'pro');
    fixture.moveTo('2026-09-01T00:00:00.000Z');
    const first = all(fixture)[0] as InvoiceRecord;
    for (const amount of [1_000_000n, 2_000_000n])
      fixture.decide((context) => {
        const decision = decideCreditNote(context, fixture.invoices.get(first.id) ?? first, undefined, {
          amount,
          reason: 'Goodwill',
          give: 'balance',
        });
        return decision;
      });
    const numbers = all(fixture).map(({ number }) => number);
    expect(numbers).toEqual(
      ['INV-1', 'INV-2', 'INV-3', 'INV-4', 'INV-5', 'CN-1', 'CN-2'].map((each) =>
        each.replace(/^CN/, 'INV-CN'),
      ),
    );
  });

  it('L203: carries what is less than the smallest charge to the next invoice', () => {
    const fixture = account('free', { billing: { minimumCharge: '0.5' } });
    expect(short(bill(fixture, 180_000n))).toEqual({
      number: 'INV-1',
      lines: ['custom 0.18', 'balance -0.18'],
      total: '0',
    });
    expect(all(fixture)[0]?.status).toBe('paid');
    expect(short(bill(fixture, 1_000_000n))).toEqual({
      number: 'INV-2',
      lines: ['custom 1', 'balance 0.18'],
      total: '1.18',
    });
    expect(fixture.state.billing.carried).toEqual({});
  });

  it('L203: keeps a negative total for later invoices of its currency, and of no other', () => {
    const fixture = account('free');
    bill(fixture, -100_000_000n);
    expect(fixture.state.billing.carried).toEqual({ USD: -100_000_000n });
    expect(formatAmount(bill(fixture, 60_000_000n, 'GBP').total)).toBe('60');
    expect(short(bill(fixture, 70_000_000n)).lines).toEqual(['custom 70', 'balance -70']);
    expect(short(bill(fixture, 70_000_000n)).lines).toEqual(['custom 70', 'balance -30']);
    expect(fixture.state.billing.unpaid.map(({ amountDue }) => formatAmount(amountDue))).toEqual([
      '60',
      '40',
    ]);
  });

  it('L204: taxes what the lines come to once, and not what is carried', () => {
    const fixture = account('free', {
      billing: {
        taxes: [
          { label: 'VAT 19%', percent: '19' },
          { label: 'Persons only', percent: '5', accountKinds: ['person'] },
        ],
      },
    });
    bill(fixture, -10_000_000n);
    expect(short(bill(fixture, 34_900_000n))).toMatchObject({
      // 19% of 34.90 is 6.631; the credit of 10 was with its own tax of 1.90.
      lines: ['custom 34.9', 'tax 6.63', 'balance -11.9'],
      total: '29.63',
    });
  });

  it("L204: asks a host's own rules for tax, and rounds what they give to the currency", () => {
    const catalog = plansCatalog({ billing: {} });
    const fixture = new AccountFixture(
      { planId: 'free' },
      {
        catalog: {
          ...catalog,
          billing: {
            ...catalog.billing,
            // 15% of 34.90 is 5.235: half a cent goes away from zero, and no float makes 5.23 of it.
            taxFor: ({ taxable }) => [{ label: 'Sales tax', amount: (taxable * 15n) / 100n }],
          },
        },
      },
    );
    expect(short(bill(fixture, 34_900_000n)).lines).toEqual(['custom 34.9', 'tax 5.24']);
  });

  it('L205: prints seller and buyer as they were', () => {
    const fixture = account('basic', {
      billing: { seller: { name: 'Widgets GmbH', addressLines: ['Weg 1', '10115 Berlin'], taxId: 'DE1' } },
    });
    const buyer = {
      name: 'Acme Ltd',
      addressLines: ['1 Main Street'],
      taxId: 'GB2',
      email: 'ap@acme.example',
    };
    fixture.decide((context) => decideBuyer(context, buyer, null));
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    const [first, second] = all(fixture);
    expect(first?.buyer).toEqual({ name: 'acme', addressLines: [], taxId: null, email: null });
    expect(second).toMatchObject({ buyer, seller: { name: 'Widgets GmbH', taxId: 'DE1' } });
  });

  it('L206: nothing is invoiced of what was before the account was made', () => {
    const fixture = new AccountFixture(
      { planId: 'basic', startedAt: '2026-01-15T00:00:00.000Z' },
      { catalog: plansCatalog({ billing: {} }), now: '2026-06-01T00:00:00.000Z' },
    );
    expect(all(fixture)).toEqual([]);
    expect(fixture.state.subscription.status).toBe('active');
    fixture.moveTo('2026-06-15T00:00:00.000Z');
    expect(all(fixture).map(short)).toEqual([{ number: 'INV-1', lines: ['plan_fee 30'], total: '30' }]);
  });

  it('L207, D9: the upcoming invoice is the one that comes, to its id', () => {
    const fixture = account().moveTo('2026-06-11T00:00:00.000Z');
    const upcoming = upcomingInvoice(fixture.state, fixture.catalog, fixture.nowMs);
    expect(upcoming.projected).toMatchObject({ total: 30_000_000n, method: 'no_overage' });
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(all(fixture).at(-1)).toEqual(upcoming.invoice);
    expect(upcomingInvoice(fixture.state, fixture.catalog, fixture.nowMs + day - 1).projected).toBeNull();
  });

  it('L208: a void gives back what the invoice took of the balance', () => {
    const fixture = account('free');
    bill(fixture, -30_000_000n);
    const invoice = bill(fixture, 100_000_000n);
    expect(formatAmount(invoice.total)).toBe('70');
    const voided = fixture.decide((context) =>
      decideCloseInvoice(context, invoice, { as: 'void', reason: 'Sent by mistake' }),
    );
    expect(voided.status).toBe('void');
    expect(fixture.state.billing).toMatchObject({ carried: { USD: -30_000_000n }, unpaid: [] });
    expect(() =>
      fixture.decide((context) => decideCloseInvoice(context, voided, { as: 'void', reason: 'Again' })),
    ).toThrow('INV-2 is void and not owed');
  });

  it('L209: a credit note takes back what is owed first, then what was paid, and no more than is left', () => {
    const fixture = account('free');
    const invoice = bill(fixture, 100_000_000n);
    const note = (amount: bigint | null) =>
      fixture.decide((context) =>
        decideCreditNote(context, fixture.invoices.get(invoice.id) ?? invoice, undefined, {
          amount,
          reason: 'Outage',
          give: 'balance',
        }),
      );
    expect(note(40_000_000n).creditNote).toMatchObject({
      kind: 'credit_note',
      total: -40_000_000n,
      corrects: { number: 'INV-1' },
    });
    expect(fixture.state.billing.unpaid).toMatchObject([{ amountDue: 60_000_000n }]);
    fixture.decide((context) =>
      decideCloseInvoice(context, fixture.invoices.get(invoice.id) ?? invoice, {
        as: 'paid',
        reason: 'Transfer',
      }),
    );
    expect(() => note(60_000_001n)).toThrow('60 USD are left of the invoice');
    note(null);
    expect(fixture.state.billing).toMatchObject({ carried: { USD: -60_000_000n }, unpaid: [] });
    expect(() => note(null)).toThrow('All of the invoice was taken back already');
  });

  it.each([
    ['JPY', 80_000_000n, '80'],
    ['KWD', 1_234_567n, '1.235'],
    ['USD', 1_005_000n, '1.01'],
  ])('L204: whole smallest parts of %s', (currency, amount, tax) => {
    const fixture = account('free');
    const { billing } = fixture.catalog;
    const catalog = { ...fixture.catalog, billing: { ...billing, taxFor: () => [{ label: 'Tax', amount }] } };
    const { invoices } = issueInvoice(fixture.state, catalog, {
      id: 'one',
      atMs: at('2026-06-01T00:00:00.000Z'),
      closes: fixture.state.subscription.period,
      currency,
      lines: [lineOf(sampleFact(0n, currency), catalog)],
    });
    expect(formatAmount(invoices[0]?.total ?? 0n)).toBe(tax);
  });
});
