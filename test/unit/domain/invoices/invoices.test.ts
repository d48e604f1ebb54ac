import type { CatalogConfig } from '@usagekit/server/contract';
import {
  type BillableFact,
  decideBuyer,
  decideChangePlan,
  decideCloseInvoice,
  decideCreditNote,
  decideCustomLine,
  decideEvent,
  decideSubscription,
  decideVoid,
  formatAmount,
  type InvoiceRecord,
  issueInvoice,
  lineOf,
  noFacts,
  upcomingInvoice,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalog, usd } from '../../../support/plans-catalog.ts';
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
    meteredRate: null,
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
        const decision = decideCreditNote(
          context,
          fixture.invoices.get(first.id) ?? first,
          {},
          {
            amount,
            reason: 'Goodwill',
            give: 'balance',
          },
        );
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
        decideCreditNote(
          context,
          fixture.invoices.get(invoice.id) ?? invoice,
          {},
          {
            amount,
            reason: 'Outage',
            give: 'balance',
          },
        ),
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
    expect(() => note(60_000_001n)).toThrow('60 USD remain of the invoice');
    note(null);
    expect(fixture.state.billing).toMatchObject({ carried: { USD: -60_000_000n }, unpaid: [] });
    expect(() => note(null)).toThrow('The whole invoice was credited already');
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

  it('L207, D9: projects what is used beyond allowances at the rate so far, as far as a limit lets it', () => {
    const fixture = account('metered', {
      plans: [
        paidPlan('metered', 1, {
          price: { month: usd('30') },
          limits: [
            {
              metric: 'runs',
              included: '100',
              policy: 'overage',
              beyond: 'invoice',
              overageRate: { amount: '0.1' },
              additionalUse: { default: 'unlimited' },
            },
          ],
        }),
      ],
    });
    fixture.use([{ metric: 'runs', quantity: '50' }]);
    fixture.moveTo('2026-06-11T00:00:00.000Z');
    const projected = () => upcomingInvoice(fixture.state, fixture.catalog, fixture.nowMs).projected;
    // 5 a day for 30 days are 150: 50 beyond what is included.
    expect(projected()).toMatchObject({ total: 35_000_000n, overage: 5_000_000n, method: 'daily_rate' });
    fixture.decide((context) =>
      decideSubscription(
        context,
        { kind: 'additional_use', metric: 'runs', mode: 'capped', cap: '20' },
        null,
      ),
    );
    expect(projected()).toMatchObject({ overage: 2_000_000n });
    fixture.decide((context) =>
      decideSubscription(context, { kind: 'own_limit', metric: 'runs', limit: '100' }, null),
    );
    expect(projected()).toMatchObject({ overage: 0n, method: 'no_overage' });
  });

  it('L210: a line of its own is billed at once or with the next boundary, and meets no minimum', () => {
    const committed = paidPlan('a', 1, {
      price: { month: usd('40') },
      minimumCommitment: { month: usd('100') },
    });
    const fixture = account('a', { plans: [committed] });
    const line = {
      subject: 'Workshop',
      amount: 500_000_000n,
      quantity: null,
      coversFromMs: null,
      coversToMs: null,
      reason: null,
    };
    const billed = (due: 'now' | 'boundary') =>
      fixture.decide((context) => decideCustomLine(context, { ...line, due }));
    expect(short(billed('now').invoice as InvoiceRecord).lines).toEqual(['custom 500']);
    expect(billed('boundary').invoice).toBeNull();
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(short(all(fixture).at(-1) as InvoiceRecord).lines).toEqual([
      'custom 500',
      'minimum_commitment 60',
      'plan_fee 40',
    ]);
  });

  it('L211: a use tells which line the invoice pays it on, a late one a line of its own, and what is taken back less', () => {
    const plans = ['a', 'b'].map((id, index) =>
      paidPlan(id, index + 1, {
        price: { month: usd('30') },
        limits: [
          {
            metric: 'runs',
            included: '10',
            policy: 'overage',
            beyond: 'invoice',
            overageRate: { amount: '1' },
          },
        ],
      }),
    );
    const fixture = account('a', { plans });
    const used = (quantity: string) => {
      const answer = fixture.use([{ metric: 'runs', quantity }]);
      return answer.outcome === 'allowed' ? answer.usage : undefined;
    };
    const june = at('2026-06-01T00:00:00.000Z');
    expect(used('10')?.invoiced).toBeUndefined();
    expect(used('3')?.invoiced).toEqual([{ metric: 'runs', quantity: 3_000_000n, fromMs: june }]);
    fixture.moveTo('2026-06-16T00:00:00.000Z');
    upgrade(fixture, 'b');
    const rest = used('2');
    expect(rest?.invoiced).toEqual([{ metric: 'runs', quantity: 2_000_000n, fromMs: fixture.nowMs }]);
    fixture.moveTo('2026-07-02T00:00:00.000Z');
    const usageLines = fixture.lines.filter(({ kind }) => kind === 'overage');
    expect(usageLines.map(({ quantity, coversFromMs }) => [quantity, coversFromMs])).toEqual([
      [3_000_000n, june],
      [2_000_000n, at('2026-06-16T00:00:00.000Z')],
    ]);
    const late = fixture.decide((context) =>
      decideEvent(context, {
        atMs: june,
        items: [{ metric: 'runs', quantity: '4' }],
        dimensions: {},
        backfill: false,
      }),
    );
    expect(late.usage.invoiced).toEqual([{ metric: 'runs', quantity: 4_000_000n, fromMs: null }]);
    const taken = fixture.decide((context) =>
      decideVoid(context, {
        usage: late.usage,
        owed: 0n,
        terms: new Map(),
        paidSince: [],
        task: undefined,
        isUncounted: false,
        reason: 'Twice',
      }),
    );
    expect(taken.reversal.invoiced).toEqual([{ metric: 'runs', quantity: -4_000_000n, fromMs: null }]);
    fixture.moveTo('2026-08-01T00:00:00.000Z');
    const byUse = fixture.lines.filter(({ kind }) => kind === 'late_usage');
    expect(byUse.map(({ causeId, quantity }) => [causeId, quantity])).toEqual([
      [late.usage.id, 4_000_000n],
      [taken.reversal.id, -4_000_000n],
    ]);
  });
});
