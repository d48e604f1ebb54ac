import {
  addCharge,
  addInvoice,
  type ChargeRecord,
  createMoneySums,
  decideChargeResult,
  decideCloseInvoice,
  decideCreditNote,
  decidePaymentMethod,
  decideRefund,
  decideRefundResult,
  findMoneyDrift,
  formatAmount,
  type InvoiceRecord,
  parseAmount,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { plansCatalog } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const card = { id: 'card-1', kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true } as const;

/** An account on Basic whose first invoice, of 30 dollars, has a charge on its way. */
function charged(taxes?: { label: string; percent: string }[]) {
  const billing = { paymentTermDays: 7, ...(taxes && { taxes }) };
  const account = new AccountFixture({ planId: 'basic' }, { catalog: plansCatalog({ billing }) });
  account.decide((context) => decidePaymentMethod(context, card, null));
  return account;
}

const charge = ({ charges }: AccountFixture) => [...charges.values()][0] as ChargeRecord;
const invoice = ({ invoices }: AccountFixture) => [...invoices.values()][0] as InvoiceRecord;
const notes = ({ invoices }: AccountFixture) =>
  [...invoices.values()].filter(({ kind }) => kind === 'credit_note');

function paid(taxes?: { label: string; percent: string }[]) {
  const account = charged(taxes);
  pay(account);
  return account;
}

function pay(account: AccountFixture): void {
  account.decide((context) =>
    decideChargeResult(context, charge(account), invoice(account), { outcome: 'succeeded' }),
  );
}

function credit(account: AccountFixture, amount: string, give: 'balance' | 'refund'): void {
  const command = { amount: parseAmount(amount), reason: 'Outage', give };
  account.decide((context) =>
    decideCreditNote(context, invoice(account), { charge: charge(account) }, command),
  );
}

/** Orders a refund and takes the provider's answer over, twice. */
function refund(
  account: AccountFixture,
  amount: string | null,
  outcome: 'succeeded' | 'failed' = 'succeeded',
): void {
  const command = { amount: amount === null ? null : parseAmount(amount), reason: 'Not wanted' };
  const ordered = account.decide((context) => decideRefund(context, charge(account), command));
  for (const _ of [1, 2]) answer(account, ordered.refunds.at(-1)?.id ?? '', outcome);
}

function answer(account: AccountFixture, refundId: string, outcome: 'succeeded' | 'failed'): void {
  account.decide((context) =>
    decideRefundResult(context, { charge: charge(account), invoice: invoice(account) }, refundId, {
      outcome,
    }),
  );
}

function drifts(account: AccountFixture) {
  const sums = createMoneySums();
  for (const each of account.invoices.values()) addInvoice(sums, each);
  for (const each of account.charges.values()) addCharge(sums, each);
  return findMoneyDrift(account.state, sums);
}

const figures = (account: AccountFixture) => ({
  notes: notes(account).map(({ number, total }) => `${number} ${formatAmount(total)}`),
  carried: formatAmount(account.state.billing.carried.USD ?? 0n),
  refunded: formatAmount(charge(account).refunded),
  drifts: drifts(account),
});

describe('the refund of a charge that paid an invoice of the subscription', () => {
  it('L238: makes a credit note of each part with its tax, once, and none where it fails', () => {
    const account = paid([{ label: 'VAT', percent: '20' }]);
    refund(account, null, 'failed');
    expect(figures(account)).toEqual({ notes: [], carried: '0', refunded: '0', drifts: [] });
    refund(account, '12');
    expect(notes(account)[0]).toMatchObject({
      corrects: { number: 'INV-1' },
      lines: [
        { kind: 'credit_note', subject: 'Not wanted', amount: -10_000_000n },
        { kind: 'tax', subject: 'VAT', amount: -2_000_000n },
      ],
    });
    refund(account, null);
    const made = ['INV-CN-1 -12', 'INV-CN-2 -24'];
    expect(figures(account)).toEqual({ notes: made, carried: '0', refunded: '36', drifts: [] });
    expect(formatAmount(invoice(account).credited)).toBe('36');
  });

  it('L238: takes off the balance what another note gave to it, so that nothing is given back twice', () => {
    const account = paid();
    credit(account, '20', 'balance');
    expect(figures(account).carried).toBe('-20');
    refund(account, null);
    expect(figures(account)).toEqual({
      notes: ['INV-CN-1 -20', 'INV-CN-2 -10'],
      carried: '0',
      refunded: '30',
      drifts: [],
    });
  });

  it('L238: has the note that ordered it alone, and takes nothing off the balance for it', () => {
    const account = paid();
    credit(account, '20', 'refund');
    answer(account, charge(account).refunds[0]?.id ?? '', 'succeeded');
    refund(account, null);
    expect(figures(account)).toEqual({
      notes: ['INV-CN-1 -20', 'INV-CN-2 -10'],
      carried: '0',
      refunded: '30',
      drifts: [],
    });
  });

  it('L226, L238: takes what was paid twice off the balance and leaves the invoice as it is', () => {
    const account = charged();
    // The card is asked to be confirmed, the money comes by transfer, and then by the card as well.
    account.decide((context) =>
      decideChargeResult(context, charge(account), invoice(account), {
        outcome: 'needs_action',
        actionUrl: 'https://bank.example',
      }),
    );
    account.decide((context) =>
      decideCloseInvoice(context, invoice(account), { as: 'paid', reason: 'By transfer' }),
    );
    pay(account);
    expect(figures(account).carried).toBe('-30');
    refund(account, '10');
    refund(account, null);
    expect(figures(account)).toEqual({ notes: [], carried: '0', refunded: '30', drifts: [] });
  });
});
