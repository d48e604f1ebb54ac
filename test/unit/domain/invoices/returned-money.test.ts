import {
  addCharge,
  addInvoice,
  availableOf,
  type ChargeRecord,
  createMoneySums,
  decideChargeResult,
  decideCreditNote,
  decideOrder,
  decidePaymentMethod,
  decidePaymentResult,
  decideRefund,
  decideRefundResult,
  decideReturned,
  findMoneyDrift,
  formatAmount,
  type InvoiceRecord,
  type PurchaseRecord,
  parseAmount,
  type ReportedDispute,
  type ReportedRefund,
  type ReturnedMoney,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { chargeOfPurchase } from '../../../../server/src/domain/purchases/charge-of-purchase.ts';
import fc from '../../../support/fast-check.ts';
import { plansCatalog, usd } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const card = { id: 'card-1', kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true } as const;
const pack = { id: 'pack', label: '100 credits', credits: '100', price: usd('10') };

/** An account with a charge that succeeded, and what it paid. */
class Paid {
  readonly account: AccountFixture;
  charge: ChargeRecord;
  readonly purchase: PurchaseRecord | undefined;

  private constructor(account: AccountFixture, charge: ChargeRecord, purchase?: PurchaseRecord) {
    this.account = account;
    this.charge = charge;
    this.purchase = purchase;
  }

  /** Of the first invoice of a subscription, 30 dollars. */
  static invoice(): Paid {
    const account = new AccountFixture({ planId: 'basic' }, { catalog: plansCatalog({ billing: {} }) });
    account.decide((context) => decidePaymentMethod(context, card, null));
    const [order] = [...account.charges.values()] as [ChargeRecord];
    const invoice = account.invoices.get(order.invoiceId ?? '');
    return new Paid(
      account,
      account.decide((context) => decideChargeResult(context, order, invoice, { outcome: 'succeeded' })),
    );
  }

  /** Of 100 credits for 10 dollars, with so many spent and none besides. */
  static pack(spent = '0'): Paid {
    const account = new AccountFixture({ planId: 'max' }, { catalog: plansCatalog({ creditPacks: [pack] }) });
    account.decide((context) => decidePaymentMethod(context, card, null));
    const order = { purchaseId: 'order-1', packId: 'pack', memberId: null };
    const ordered = account.decide((context) => decideOrder(context, order));
    const purchase = account.decide((context) =>
      decidePaymentResult(context, ordered, { outcome: 'succeeded' }),
    );
    if (spent !== '0') account.owe(`-${formatAmount(parseAmount('100') - parseAmount(spent))}`);
    return new Paid(account, chargeOfPurchase(purchase), purchase);
  }

  get #invoice(): InvoiceRecord | undefined {
    return this.account.invoices.get(this.charge.invoiceId ?? '');
  }

  tell({ refunds = [], disputes = [] }: Partial<ReturnedMoney>): void {
    const { charge, purchase } = this;
    this.charge = this.account.decide((context) =>
      decideReturned(context, { charge, purchase, invoice: this.#invoice }, { refunds, disputes }),
    );
  }

  order(amount: string): string {
    this.charge = this.account.decide((context) =>
      decideRefund(context, this.charge, { amount: parseAmount(amount), reason: 'Ours' }),
    );
    return this.charge.refunds.at(-1)?.id ?? '';
  }

  answer(refundId: string, outcome: 'succeeded' | 'failed'): void {
    const of = { charge: this.charge, invoice: this.#invoice };
    this.charge = this.account.decide((context) => decideRefundResult(context, of, refundId, { outcome }));
  }

  /** A credit note that orders its refund. */
  note(amount: string): string {
    const command = { amount: parseAmount(amount), reason: 'Outage', give: 'refund' } as const;
    const made = this.account.decide((context) =>
      decideCreditNote(context, this.#invoice as InvoiceRecord, { charge: this.charge }, command),
    );
    this.charge = made.refunded ?? this.charge;
    return this.charge.refunds.at(-1)?.id ?? '';
  }

  get figures() {
    const sums = createMoneySums();
    for (const invoice of this.account.invoices.values()) addInvoice(sums, invoice);
    addCharge(sums, this.charge);
    const { billing, wallet } = this.account.state;
    return {
      refunded: formatAmount(this.charge.refunded),
      notes: [...this.account.invoices.values()]
        .filter(({ kind }) => kind === 'credit_note')
        .map(({ total }) => formatAmount(total)),
      carried: formatAmount(billing.carried.USD ?? 0n),
      credits: formatAmount(availableOf(wallet, 'credits')),
      drifts: findMoneyDrift(this.account.state, sums),
    };
  }
}

const refund = (id: string, amount: string, change: Partial<ReportedRefund> = {}): ReportedRefund => ({
  id,
  orderId: null,
  amount: parseAmount(amount),
  isGiven: true,
  ...change,
});
const dispute = (status: ReportedDispute['status'], amount = '10'): ReportedDispute => ({
  id: 'dispute-1',
  amount: parseAmount(amount),
  status,
  reason: 'fraudulent',
  openedAtMs: 0,
});

describe('a refund that was made at the provider', () => {
  it('L242: is the refund that ours would be: credits, debt and a credit note, once however often it is told', () => {
    const paid = Paid.pack('95');
    for (const _ of [1, 2]) paid.tell({ refunds: [refund('re_1', '4')] });
    expect(paid.figures).toEqual({ refunded: '4', notes: ['-4'], carried: '0', credits: '-35', drifts: [] });
    paid.tell({ refunds: [refund('re_1', '4'), refund('re_2', '6')] });
    expect(paid.figures).toEqual({
      refunded: '10',
      notes: ['-4', '-6'],
      carried: '0',
      credits: '-95',
      drifts: [],
    });
  });

  it('L242: credits the invoice of a subscription, and takes at most what is left of the charge', () => {
    const paid = Paid.invoice();
    paid.answer(paid.order('20'), 'succeeded');
    paid.tell({ refunds: [refund('re_1', '25')] });
    expect(paid.figures).toMatchObject({ refunded: '30', notes: ['-20', '-10'], carried: '0', drifts: [] });
    paid.tell({ refunds: [refund('re_2', '1')] });
    expect(paid.charge.refunds).toHaveLength(2);
  });

  it('L242: is left to its own answer where it is ours, and is not taken where it failed', () => {
    const paid = Paid.invoice();
    const own = paid.order('10');
    paid.tell({
      refunds: [refund('re_1', '10', { orderId: own }), refund('re_2', '5', { isGiven: false })],
    });
    expect(paid.figures).toMatchObject({ refunded: '0', notes: [] });
    paid.answer(own, 'succeeded');
    paid.tell({ refunds: [refund('re_1', '10', { orderId: own })] });
    expect(paid.figures).toMatchObject({ refunded: '10', notes: ['-10'], drifts: [] });
  });

  it('L242: is told again where the answer of its charge has not come yet, and means nothing where that failed', () => {
    const paid = Paid.invoice();
    const { charge } = paid;
    paid.charge = { ...charge, status: 'settling' };
    const tell = () => paid.tell({ refunds: [refund('re_1', '10')] });
    expect(tell).toThrow(expect.objectContaining({ code: 'unavailable' }));
    paid.charge = { ...charge, status: 'failed' };
    tell();
    expect(paid.charge.refunds).toEqual([]);
  });

  it('L243: leaves its money in the balance where the bank sends it back', () => {
    const paid = Paid.pack();
    paid.tell({ refunds: [refund('re_1', '10')] });
    for (const _ of [1, 2]) paid.tell({ refunds: [refund('re_1', '10', { isGiven: false })] });
    expect(paid.figures).toEqual({
      refunded: '0',
      notes: ['-10'],
      carried: '-10',
      credits: '0',
      drifts: [],
    });
  });

  it('L243: leaves the money of a note in the balance where the refund that it ordered fails, at once or later', () => {
    const paid = Paid.invoice();
    paid.answer(paid.note('10'), 'failed');
    expect(paid.figures).toMatchObject({ refunded: '0', notes: ['-10'], carried: '-10', drifts: [] });
    const second = paid.note('5');
    paid.answer(second, 'succeeded');
    expect(paid.figures).toMatchObject({ refunded: '5', carried: '-10', drifts: [] });
    paid.tell({ refunds: [refund('re_1', '5', { orderId: second, isGiven: false })] });
    expect(paid.figures).toMatchObject({ refunded: '0', carried: '-15', drifts: [] });
  });
});

describe('a dispute', () => {
  it('L244: changes nothing while the bank decides, and its charge cannot be refunded meanwhile', () => {
    const paid = Paid.pack();
    const before = paid.figures;
    paid.tell({ disputes: [dispute('inquiry')] });
    expect(paid.charge.disputes).toMatchObject([{ status: 'inquiry', endedAtMs: null }]);
    paid.answer(paid.order('1'), 'failed');
    paid.tell({ disputes: [dispute('open')] });
    expect(() => paid.order('1')).toThrow('The payer has disputed this charge at the bank');
    expect(paid.figures).toEqual(before);
    paid.tell({ disputes: [dispute('won')] });
    expect(paid.figures).toEqual(before);
    expect(paid.charge.disputes).toMatchObject([{ status: 'won', endedAtMs: paid.account.nowMs }]);
    expect(
      [...paid.account.notices.values()].map(({ subject }) => 'status' in subject && subject.status),
    ).toEqual(['inquiry', 'open', 'won']);
  });

  it('L244: that is lost is a refund, once however often it is told', () => {
    const paid = Paid.pack('95');
    for (const _ of [1, 2]) paid.tell({ disputes: [dispute('lost', '12')] });
    expect(paid.figures).toEqual({
      refunded: '10',
      notes: ['-10'],
      carried: '0',
      credits: '-95',
      drifts: [],
    });
    expect(paid.charge.refunds).toMatchObject([{ disputeId: 'dispute-1', status: 'succeeded' }]);
    expect([...paid.account.notices.values()].map(({ subject }) => subject.type)).toContain(
      'payment.disputed',
    );
  });

  it('L243: that is won after all leaves the money in the balance, and takes it again where it is lost again', () => {
    const paid = Paid.invoice();
    paid.tell({ disputes: [dispute('lost', '30')] });
    paid.tell({ disputes: [dispute('won', '30')] });
    expect(paid.figures).toMatchObject({ refunded: '0', notes: ['-30'], carried: '-30', drifts: [] });
    paid.tell({ disputes: [dispute('lost', '30')] });
    expect(paid.figures).toMatchObject({ refunded: '30', notes: ['-30'], carried: '0', drifts: [] });
  });

  it('L242, L243, L244: whatever is told in whatever order, the money adds up and no more goes back than was paid', () => {
    const amount = fc.integer({ min: 1, max: 14 }).map(String);
    const step = fc.oneof(
      fc.record({ id: fc.constantFrom('re_1', 're_2'), amount, isGiven: fc.boolean() }),
      fc.record({ status: fc.constantFrom('inquiry', 'open', 'won', 'lost'), amount }),
    );
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 8 }), (isPack, steps) => {
        const paid = isPack ? Paid.pack('50') : Paid.invoice();
        for (const each of steps) {
          if ('status' in each) paid.tell({ disputes: [dispute(each.status as 'open', each.amount)] });
          else paid.tell({ refunds: [refund(each.id, each.amount, { isGiven: each.isGiven })] });
          expect(paid.figures.drifts).toEqual([]);
          expect(paid.charge.refunded).toBeLessThanOrEqual(paid.charge.amount);
        }
      }),
    );
  });
});
