import type { BillingConfig } from '@usagekit/server/contract';
import {
  addCharge,
  addInvoice,
  availableOf,
  type ChargeRecord,
  createMoneySums,
  decideAdjustment,
  decideBuyer,
  decideCreditNote,
  decideCustomLine,
  decideOrder,
  decidePaymentMethod,
  decidePaymentResult,
  decidePurchaseRefund,
  decideRefundResult,
  findMoneyDrift,
  formatAmount,
  type InvoiceRecord,
  type PurchaseRecord,
  parseAmount,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { chargeOfPurchase } from '../../../../server/src/domain/purchases/charge-of-purchase.ts';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const vat: BillingConfig = { taxes: [{ label: 'VAT', percent: '19' }], numberPrefix: 'INV-' };

/** An account that can pay for 100 credits at so much, in euros where a price of it names cents. */
function paying(billing: BillingConfig = vat, price = '10') {
  const catalog = compiled({
    ...smallCatalogConfig,
    billing,
    creditPacks: [
      { id: 'small', label: '100 credits', credits: '100', price: { amount: price, currency: 'USD' } },
    ],
  });
  const account = new AccountFixture({ kind: 'organization' }, { catalog });
  const card = { id: 'card-1', kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true } as const;
  account.decide((context) => decidePaymentMethod(context, card, null));
  return account;
}

const order = (account: AccountFixture, purchaseId = 'order-1') =>
  account.decide((context) => decideOrder(context, { purchaseId, packId: 'small', memberId: null }));

const pay = (account: AccountFixture, purchase: PurchaseRecord) =>
  account.decide((context) => decidePaymentResult(context, purchase, { outcome: 'succeeded' }));

function bought(account: AccountFixture, purchaseId = 'order-1') {
  const purchase = pay(account, order(account, purchaseId));
  return { purchase, charge: chargeOfPurchase(purchase) };
}

const invoicesOf = ({ invoices }: AccountFixture) => [...invoices.values()];
const textOf = ({ number, status, total, amountPaid, credited, lines }: InvoiceRecord) => [
  `${number} ${status} ${formatAmount(total)}, ${formatAmount(amountPaid)} paid, ${formatAmount(credited)} credited`,
  ...lines.map(({ kind, subject, amount }) => `${kind} ${subject} ${formatAmount(amount)}`),
];
const available = ({ state }: AccountFixture) => formatAmount(availableOf(state.wallet, 'credits'));

/** What a reconciliation finds, of the invoices and of the charges. */
function drifts(account: AccountFixture, charges: readonly ChargeRecord[]) {
  const sums = createMoneySums();
  for (const invoice of invoicesOf(account)) addInvoice(sums, invoice);
  for (const charge of charges) addCharge(sums, charge);
  return findMoneyDrift(account.state, sums);
}

/** Orders the refund of a part of a charge, and takes the provider's answer over. */
function refund(
  account: AccountFixture,
  { purchase, charge }: { readonly purchase: PurchaseRecord; readonly charge: ChargeRecord },
  amount: string | null,
  outcome: 'succeeded' | 'failed' = 'succeeded',
): ChargeRecord {
  const command = { amount: amount === null ? null : parseAmount(amount), reason: 'Not wanted' };
  const ordered = account.decide((context) =>
    decidePurchaseRefund(context, { purchase, charge }, { ...command, credits: 'take_back' }),
  );
  return answer(account, ordered, outcome);
}

function answer(
  account: AccountFixture,
  charge: ChargeRecord,
  outcome: 'succeeded' | 'failed',
): ChargeRecord {
  const invoice = account.invoices.get(charge.invoiceId ?? '');
  const refundId = charge.refunds.at(-1)?.id ?? '';
  return account.decide((context) => decideRefundResult(context, { charge, invoice }, refundId, { outcome }));
}

describe('what a pack is charged', () => {
  it('L236: is its price and the tax that its order fixed, whatever the catalog says once it is paid', () => {
    const account = paying();
    const ordered = order(account);
    expect(formatAmount(chargeOfPurchase(ordered).amount)).toBe('11.9');
    account.withCatalog(
      compiled({ ...smallCatalogConfig, billing: { ...vat, taxes: [{ label: 'VAT', percent: '7' }] } }, 2),
    );
    pay(account, ordered);
    expect(invoicesOf(account).flatMap(textOf)).toEqual([
      'INV-1 paid 11.9, 11.9 paid, 0 credited',
      'credit_pack 500 credits 10',
      'tax VAT 1.9',
    ]);
  });

  it('L236: leaves the balance and the smallest charge to the next invoice', () => {
    const account = paying({ ...vat, minimumCharge: '50' });
    account.decide((context) =>
      decideCustomLine(context, {
        subject: 'Welcome',
        amount: parseAmount('-5'),
        quantity: null,
        coversFromMs: null,
        coversToMs: null,
        due: 'now',
        reason: null,
      }),
    );
    const before = account.state.billing.carried;
    const { charge } = bought(account);
    expect(formatAmount(charge.amount)).toBe('11.9');
    expect(account.state.billing.carried).toEqual(before);
    expect(drifts(account, [charge])).toEqual([]);
  });

  it('L236: asks the host for the tax of the buyer that the invoice then names', () => {
    const account = paying();
    const asked: unknown[] = [];
    account.catalog = {
      ...account.catalog,
      billing: {
        ...account.catalog.billing,
        taxFor({ buyer, taxable, lines }) {
          asked.push([buyer.taxId, formatAmount(taxable), lines.map(({ kind }) => kind)]);
          return buyer.taxId === null ? [{ label: 'VAT', amount: taxable / 5n }] : [];
        },
      },
    };
    const buyer = { name: 'Acme', addressLines: ['1 Road'], taxId: 'DE1', email: null };
    account.decide((context) => decideBuyer(context, buyer, null));
    bought(account);
    expect(asked).toEqual([['DE1', '10', ['credit_pack']]]);
    expect(invoicesOf(account)).toMatchObject([{ buyer, total: 10_000_000n }]);
  });
});

describe('the invoice of a purchase', () => {
  it('L237: is made once, paid, with the next number, in the decision that grants the credits', () => {
    const account = paying({});
    const purchase = pay(account, order(account));
    pay(account, purchase);
    bought(account, 'order-2');
    expect(available(account)).toBe('300');
    expect(invoicesOf(account).map(({ number, status, paidAtMs }) => [number, status, paidAtMs])).toEqual([
      ['INV-1', 'paid', account.nowMs],
      ['INV-2', 'paid', account.nowMs],
    ]);
    expect(purchase.invoiceId).toBe(invoicesOf(account)[0]?.id);
    // It covers the moment of its payment, and no part of a period.
    const moment = { periodStartsAtMs: account.nowMs, periodEndsAtMs: account.nowMs };
    expect(invoicesOf(account)).toMatchObject([moment, moment]);
    expect(account.state.billing.unpaid).toEqual([]);
  });

  it('L237: is not made of a purchase that failed or costs nothing, nor of credits that are given', () => {
    const account = paying();
    const declined = { outcome: 'failed', message: 'Declined' } as const;
    account.decide((context) => decidePaymentResult(context, order(account), declined));
    account.grant('50', { id: 'gift', source: 'promotional' });
    account.grant('50', { id: 'sold-elsewhere', source: 'purchase' });
    account.decide((context) =>
      decideAdjustment(context, { amount: parseAmount('5'), unit: 'credits', reason: 'Sorry' }),
    );
    const free = paying(vat, '0');
    const { purchase } = bought(free);
    expect([purchase.status, purchase.invoiceId, available(free)]).toEqual(['succeeded', null, '200']);
    expect([account, free].map(({ state }) => state.billing.numbered.invoice)).toEqual([0, 0]);
  });

  it('L237: of a purchase that an earlier version ordered asks for what was charged', () => {
    const account = paying();
    const untaxed: PurchaseRecord = { ...order(account), taxes: [] };
    const charge = chargeOfPurchase(pay(account, untaxed));
    expect(invoicesOf(account).flatMap(textOf)).toEqual([
      'INV-1 paid 10, 10 paid, 0 credited',
      'credit_pack 100 credits 10',
    ]);
    expect(drifts(account, [charge])).toEqual([]);
  });

  it('L236, L237: equals the charge and the sums before it, at any price and tax', () => {
    const cents = fc.integer({ min: 1, max: 1_000_000 });
    const percent = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => String(thousandths / 1_000));
    fc.assert(
      fc.property(cents, fc.array(percent, { maxLength: 3 }), (price, percents) => {
        const taxes = percents.map((each, index) => ({ label: `Tax ${index}`, percent: each }));
        const account = paying({ taxes }, String(price / 100));
        const { charge, purchase } = bought(account);
        const [invoice] = invoicesOf(account);
        expect(invoice?.total).toBe(charge.amount);
        expect(invoice?.amountPaid).toBe(charge.amount);
        expect(charge.amount % 10_000n).toBe(0n);
        expect(invoice?.lines.filter(({ kind }) => kind === 'tax').map(({ amount }) => amount)).toEqual(
          purchase.taxes.map(({ amount }) => amount),
        );
        expect(drifts(account, [charge])).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the credit note of a purchase', () => {
  it('L238: is made of each part once the provider has given it back, and of the rest with tax', () => {
    const account = paying();
    const { purchase, charge } = bought(account);
    const part = refund(account, { purchase, charge }, '1.9');
    const whole = refund(account, { purchase, charge: part }, null);
    expect(invoicesOf(account).flatMap(textOf)).toEqual([
      'INV-1 paid 11.9, 11.9 paid, 11.9 credited',
      'credit_pack 100 credits 10',
      'tax VAT 1.9',
      'INV-CN-1 paid -1.9, 0 paid, 0 credited',
      'credit_note Not wanted -1.6',
      'tax VAT -0.3',
      'INV-CN-2 paid -10, 0 paid, 0 credited',
      'credit_note Not wanted -8.4',
      'tax VAT -1.6',
    ]);
    expect(available(account)).toBe('100');
    expect(drifts(account, [whole])).toEqual([]);
  });

  it('L238: is made once, also if the answer comes twice, and never of a refund that failed', () => {
    const account = paying();
    const { purchase, charge } = bought(account);
    const failed = refund(account, { purchase, charge }, null, 'failed');
    expect(account.state.billing.numbered.credit_note).toBe(0);
    const done = refund(account, { purchase, charge: failed }, null);
    answer(account, done, 'succeeded');
    expect(account.state.billing.numbered.credit_note).toBe(1);
    expect(drifts(account, [done])).toEqual([]);
  });

  it('L233, L238: takes the credits back where the note orders the refund, and no second note is made', () => {
    const account = paying();
    const { purchase, charge } = bought(account);
    const made = account.decide((context) =>
      decideCreditNote(
        context,
        invoicesOf(account)[0] as InvoiceRecord,
        { charge, purchase },
        {
          amount: null,
          reason: 'Outage',
          give: 'refund',
        },
      ),
    );
    const done = answer(account, made.refunded as ChargeRecord, 'succeeded');
    expect(available(account)).toBe('100');
    expect(account.state.billing.numbered).toEqual({ invoice: 1, credit_note: 1 });
    expect(drifts(account, [done])).toEqual([]);
  });

  it('L238: credits at most what earlier notes have left of the invoice', () => {
    const account = paying();
    const { purchase, charge } = bought(account);
    account.decide((context) =>
      decideCreditNote(
        context,
        invoicesOf(account)[0] as InvoiceRecord,
        {},
        {
          amount: parseAmount('10'),
          reason: 'Outage',
          give: 'balance',
        },
      ),
    );
    refund(account, { purchase, charge }, null);
    expect(invoicesOf(account).map(({ total }) => formatAmount(total))).toEqual(['11.9', '-10', '-1.9']);
  });

  it('L238: has no note where the purchase has no invoice', () => {
    const account = paying({});
    const { purchase, charge } = bought(account);
    const before = { purchase: { ...purchase, invoiceId: null }, charge: { ...charge, invoiceId: null } };
    refund(account, before, null);
    expect(account.state.billing.numbered.credit_note).toBe(0);
  });
});
