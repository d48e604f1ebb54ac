import type { CatalogConfig } from '@usagekit/server/contract';
import {
  assertWithdrawable,
  type ChargeOutcome,
  type ChargeRecord,
  decideChargedChange,
  decideChargeResult,
  decideCloseInvoice,
  decidePay,
  decidePaymentMethod,
  decideRefund,
  decideRefundResult,
  formatAmount,
  type InvoiceRecord,
  isWaiting,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import {
  invoicedRuns,
  paidPlan,
  plansCatalog,
  plansCatalogConfig,
  usd,
} from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const card = (id: string) =>
  ({ id, kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true }) as const;

const collecting: Partial<CatalogConfig> = {
  billing: { paymentTermDays: 7, retryDays: [3, 5] },
  pauses: [{ when: 'retries_exhausted', what: 'ai' }],
};

/** A plan that sells seats, add-ons and addresses at 10 dollars each. */
const selling: Partial<CatalogConfig> = {
  seatTypes: [{ id: 'power', label: 'Power seats', roles: [] }],
  addOns: [
    {
      id: 'pack',
      label: 'Task pack',
      price: { month: usd('10') },
      allowance: { metric: 'runs', quantity: '5' },
    },
  ],
  plans: [
    ...plansCatalogConfig.plans,
    paidPlan('plus', 7, {
      price: { month: usd('60') },
      limits: [invoicedRuns],
      seats: { power: { included: 1, max: 9, price: { month: usd('10') } } },
      dedicatedIps: { price: { month: usd('10') }, max: 5 },
    }),
  ],
};

/** An account on Free with a card, or without one, before anything was charged. */
function account({
  withCard = true,
  change = {},
}: {
  withCard?: boolean;
  change?: Partial<CatalogConfig>;
} = {}) {
  const fixture = new AccountFixture(
    { planId: withCard ? 'free' : 'basic' },
    { catalog: plansCatalog({ ...collecting, ...change }) },
  );
  if (withCard) enter(fixture, 'card-1');
  return fixture;
}

function enter(fixture: AccountFixture, id: string) {
  fixture.decide((context) => decidePaymentMethod(context, card(id), null));
}

/** One that is on Basic, with its invoice's first charge on its way. */
function billed(change: Partial<CatalogConfig> = {}) {
  const fixture = new AccountFixture(
    { planId: 'basic' },
    { catalog: plansCatalog({ ...collecting, ...change }) },
  );
  enter(fixture, 'card-1');
  return fixture;
}

const waiting = ({ charges }: AccountFixture) => [...charges.values()].filter(isWaiting);
const invoice = ({ invoices }: AccountFixture) => [...invoices.values()][0] as InvoiceRecord;
const unpaid = ({ state }: AccountFixture) => state.billing.unpaid[0];

function answer(
  fixture: AccountFixture,
  result: ChargeOutcome,
  charge = waiting(fixture)[0] as ChargeRecord,
) {
  return fixture.decide((context) =>
    decideChargeResult(
      context,
      fixture.charges.get(charge.id) ?? charge,
      fixture.invoices.get(charge.invoiceId ?? ''),
      result,
    ),
  );
}

const declined = { outcome: 'failed', message: 'Your card was declined.' } as const;
const succeeded = { outcome: 'succeeded' } as const;

describe('payments', () => {
  it('L220: charges an invoice as it is issued; where the catalog says nothing of it, nothing is charged or past due', () => {
    const fixture = billed();
    expect(waiting(fixture)).toMatchObject([
      { purpose: 'invoice', status: 'ordered', amount: 30_000_000n, paymentMethodId: 'card-1' },
    ]);
    answer(fixture, succeeded);
    expect(invoice(fixture)).toMatchObject({ status: 'paid', amountPaid: 30_000_000n });
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(waiting(fixture)).toMatchObject([{ createdAtMs: Date.parse('2026-07-01T00:00:00.000Z') }]);

    const { billing: _, ...nothing } = collecting;
    const byHand = new AccountFixture({ planId: 'basic' }, { catalog: plansCatalog(nothing) });
    enter(byHand, 'card-1');
    byHand.moveTo('2026-12-01T00:00:00.000Z');
    expect(byHand.charges.size).toBe(0);
    expect(byHand.state.billing.unpaid).toHaveLength(7);
    expect(byHand.state.subscription.status).toBe('active');
  });

  it('L220: looks for a payment method when an invoice is due, and not before', () => {
    const fixture = account({ withCard: false });
    fixture.moveTo('2026-06-07T23:59:59.999Z');
    expect(unpaid(fixture)).toMatchObject({ isPastDue: false, failures: 0 });
    fixture.moveTo('2026-06-08T00:00:00.000Z');
    expect(unpaid(fixture)).toMatchObject({
      isPastDue: true,
      failures: 1,
      lastFailure: 'There is no confirmed payment method.',
    });
    expect(fixture.charges.size).toBe(0);
  });

  it('L221: has one charge of an invoice under way, and counts an answer once', () => {
    const fixture = billed();
    const first = waiting(fixture)[0] as ChargeRecord;
    const again = fixture.decide((context) => decidePay(context, invoice(fixture)));
    expect(again).toEqual({ chargeId: first.id, order: null });
    answer(fixture, succeeded, first);
    answer(fixture, succeeded, first);
    expect(fixture.state.billing).toMatchObject({ unpaid: [], carried: {} });
    answer(fixture, declined, first);
    expect(fixture.charges.get(first.id)?.status).toBe('succeeded');
    expect(() => fixture.decide((context) => decidePay(context, invoice(fixture)))).toThrow(
      'INV-1 is paid and not owed',
    );
  });

  it('L222: waits for a debit that is settling, beyond the due date, and takes it back as failed', () => {
    const fixture = billed();
    answer(fixture, { outcome: 'settling' });
    fixture.moveTo('2026-06-20T00:00:00.000Z');
    expect(unpaid(fixture)).toMatchObject({ isPastDue: false, charge: { status: 'settling' } });
    enter(fixture, 'card-2');
    expect(fixture.charges.size).toBe(1);
    expect(() =>
      fixture.decide((context) =>
        decideCloseInvoice(context, invoice(fixture), { as: 'void', reason: 'Mistake' }),
      ),
    ).toThrow('A charge of the invoice is under way');
    answer(fixture, { outcome: 'failed', message: 'The debit came back.' });
    expect(unpaid(fixture)).toMatchObject({ isPastDue: true, failures: 1, charge: null });
  });

  it('L223, M: keeps access past due after a decline, and tries again by the schedule until that is used up', () => {
    const fixture = billed();
    answer(fixture, declined);
    expect(fixture.state.subscription.status).toBe('past_due');
    expect(unpaid(fixture)?.nextChargeAtMs).toBe(Date.parse('2026-06-04T00:00:00.000Z'));
    fixture.moveTo('2026-06-03T23:59:59.999Z');
    expect(waiting(fixture)).toEqual([]);
    fixture.moveTo('2026-06-04T00:00:00.000Z');
    answer(fixture, declined);
    fixture.moveTo('2026-06-09T00:00:00.000Z');
    answer(fixture, declined);
    expect([...fixture.charges.values()].map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
    fixture.moveTo('2026-06-30T00:00:00.000Z');
    expect(fixture.charges.size).toBe(3);
  });

  it('L224, E5: pauses once the attempts are used up, and is active the moment it is paid', () => {
    const fixture = billed();
    answer(fixture, declined);
    fixture.moveTo('2026-06-04T00:00:00.000Z');
    answer(fixture, declined);
    expect(fixture.state.subscription).toMatchObject({ status: 'past_due', pausedFor: null });
    fixture.moveTo('2026-06-09T00:00:00.000Z');
    answer(fixture, declined);
    expect(fixture.state.subscription).toMatchObject({ status: 'paused', pausedFor: 'retries_exhausted' });
    enter(fixture, 'card-2');
    expect(waiting(fixture)).toMatchObject([{ paymentMethodId: 'card-2' }]);
    answer(fixture, succeeded);
    expect(fixture.state.subscription).toMatchObject({ status: 'active', pausedFor: null });
  });

  it('L224: a catalog that pauses nothing leaves the account past due', () => {
    const fixture = billed({ pauses: [], billing: { retryDays: [] } });
    answer(fixture, declined);
    expect(fixture.state.subscription).toMatchObject({ status: 'past_due', pausedFor: null });
  });

  it('L225, B8: a changed method serves the next period, and what is owed at once', () => {
    const fixture = billed();
    answer(fixture, declined);
    enter(fixture, 'card-2');
    expect(waiting(fixture)).toMatchObject([{ paymentMethodId: 'card-2', attempt: 1 }]);
    // A second change while that is on its way orders nothing more.
    enter(fixture, 'card-3');
    expect(waiting(fixture)).toHaveLength(1);
    answer(fixture, succeeded);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(waiting(fixture)).toMatchObject([{ paymentMethodId: 'card-3' }]);
  });

  it('D: a charge that a person must confirm has a link and is not repeated blindly', () => {
    const fixture = billed();
    answer(fixture, { outcome: 'needs_action', actionUrl: 'https://pay.example/1' });
    expect(unpaid(fixture)).toMatchObject({
      isPastDue: false,
      charge: { actionUrl: 'https://pay.example/1' },
    });
    fixture.moveTo('2026-06-08T00:00:00.000Z');
    expect(unpaid(fixture)).toMatchObject({ isPastDue: true, charge: { status: 'needs_action' } });
    expect(fixture.charges.size).toBe(1);
    const [charge] = [...fixture.charges.values()] as [ChargeRecord];
    answer(fixture, succeeded, charge);
    expect(invoice(fixture).status).toBe('paid');
  });

  it('L226, E: a second payment of one invoice is kept for the next, and can be given back', () => {
    const fixture = billed();
    answer(fixture, { outcome: 'needs_action', actionUrl: 'https://pay.example/1' });
    const [first] = [...fixture.charges.values()] as [ChargeRecord];
    enter(fixture, 'card-2');
    answer(fixture, succeeded);
    answer(fixture, succeeded, first);
    expect(fixture.state.billing.carried).toEqual({ USD: -30_000_000n });
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect([...fixture.invoices.values()].at(-1)).toMatchObject({ total: 0n, status: 'paid' });
  });

  it('L227, C14: gives back no more than was taken, and counts a refund once', () => {
    const fixture = billed();
    answer(fixture, succeeded);
    const [charge] = [...fixture.charges.values()] as [ChargeRecord];
    const present = () => fixture.charges.get(charge.id) ?? charge;
    const refund = (amount: bigint | null) =>
      fixture.decide((context) => decideRefund(context, present(), { amount, reason: 'Outage' }));
    const { refunds } = refund(10_000_000n);
    expect(() => refund(20_000_001n)).toThrow('20 USD remain of the charge');
    for (const _ of [1, 2])
      fixture.decide((context) =>
        decideRefundResult(context, { charge: present() }, refunds[0]?.id ?? '', { outcome: 'succeeded' }),
      );
    expect(formatAmount(present().refunded)).toBe('10');
    const second = refund(null).refunds[1];
    fixture.decide((context) =>
      decideRefundResult(context, { charge: present() }, second?.id ?? '', {
        outcome: 'failed',
        message: 'Too late',
      }),
    );
    expect(formatAmount(present().refunded)).toBe('10');
    expect(formatAmount(refund(null).refunds[2]?.amount ?? 0n)).toBe('20');
    expect(() => refund(null)).toThrow('The whole charge was refunded already');
  });

  it('L228, M: an upgrade is made once its charge has succeeded, as of its order, and not at all where it fails', () => {
    const fixture = billed();
    answer(fixture, succeeded);
    fixture.moveTo('2026-06-11T00:00:00.000Z');
    const order = (chargeId: string) =>
      fixture.decide((context) =>
        decideChargedChange(context, {
          chargeId,
          change: { kind: 'change_plan', planId: 'pro' },
          memberId: null,
        }),
      );
    expect(order('change-1').order).toMatchObject({ amount: 20_000_000n, purpose: 'plan_change' });
    expect(() => order('change-2')).toThrow('A change is waiting for its payment');
    answer(fixture, declined);
    expect(fixture.state.profile.planId).toBe('basic');
    expect(fixture.state.billing.pendingChange).toBeNull();
    expect(fixture.ledger.filter(({ kind }) => kind === 'grant')).toHaveLength(1);
    order('change-3');
    answer(fixture, { outcome: 'settling' });
    fixture.moveTo('2026-06-14T00:00:00.000Z');
    answer(fixture, succeeded);
    expect(fixture.state.profile.planId).toBe('pro');
    expect([...fixture.invoices.values()].at(-1)).toMatchObject({
      total: 20_000_000n,
      status: 'paid',
      createdAtMs: Date.parse('2026-06-11T00:00:00.000Z'),
    });
    expect(fixture.state.billing).toMatchObject({ carried: {}, unpaid: [] });
  });

  it('L245: a change that waits to be confirmed is withdrawn, and leaves the way to another; a debit on its way is not', () => {
    const fixture = billed();
    answer(fixture, succeeded);
    fixture.moveTo('2026-06-11T00:00:00.000Z');
    const before = fixture.state;
    const order = (chargeId: string, planId: string) =>
      fixture.decide((context) =>
        decideChargedChange(context, { chargeId, change: { kind: 'change_plan', planId }, memberId: null }),
      );
    const present = (id: string) => fixture.charges.get(id) as ChargeRecord;
    const may = (id: string) => assertWithdrawable(present(id));
    order('change-1', 'pro');
    expect(() => may('change-1')).toThrow('does not wait to be confirmed');
    answer(fixture, { outcome: 'needs_action', actionUrl: 'https://bank.example' });
    may('change-1');
    answer(fixture, { outcome: 'failed', message: 'The change was withdrawn.' }, present('change-1'));
    expect(fixture.state.subscription).toEqual(before.subscription);
    may('change-1');
    order('change-2', 'pro');
    answer(fixture, { outcome: 'settling' });
    expect(() => may('change-2')).toThrow('does not wait to be confirmed');
    const [ofInvoice] = [...fixture.charges.values()];
    expect(() => assertWithdrawable(ofInvoice as ChargeRecord)).toThrow('does not wait to be confirmed');
  });

  it.each([
    { kind: 'seats', seatType: 'power', quantity: 2 },
    { kind: 'add_on', addOnId: 'pack', quantity: 2 },
    { kind: 'dedicated_ips', quantity: 2 },
  ] as const)(
    'L121, L228: $kind are given once their charge has succeeded, and not at all where it fails',
    (change) => {
      const fixture = new AccountFixture(
        { planId: 'plus' },
        { catalog: plansCatalog({ ...collecting, ...selling }) },
      );
      enter(fixture, 'card-1');
      answer(fixture, succeeded);
      fixture.moveTo('2026-06-16T00:00:00.000Z');
      const before = fixture.state.subscription;
      const order = (chargeId: string) =>
        fixture.decide((context) => decideChargedChange(context, { chargeId, change, memberId: null }));
      expect(order('change-1').order).toMatchObject({ amount: 10_000_000n, purpose: 'quantity_change' });
      expect(fixture.state.subscription).toEqual(before);
      expect(() => order('change-2')).toThrow('A change is waiting for its payment');
      answer(fixture, declined);
      expect(fixture.state.subscription).toEqual(before);
      expect(fixture.state.billing).toMatchObject({ pendingChange: null, unpaid: [] });
      expect(fixture.invoices.size).toBe(1);
      order('change-3');
      fixture.moveTo('2026-06-18T00:00:00.000Z');
      answer(fixture, succeeded);
      const { seats, addOns, dedicatedIps } = fixture.state.subscription;
      expect([seats.power?.now, addOns.pack?.now, dedicatedIps.length]).toContain(2);
      expect([...fixture.invoices.values()].at(-1)).toMatchObject({ total: 10_000_000n, status: 'paid' });
      expect(fixture.state.billing).toMatchObject({ carried: {}, unpaid: [] });
      // As many as there are cost nothing again.
      expect(order('change-4').order).toBeNull();
    },
  );

  it('is charged by hand where it is more than the provider takes at once', () => {
    const fixture = billed({ billing: { maximumCharge: '29.99' } });
    expect(fixture.charges.size).toBe(0);
    expect(unpaid(fixture)?.lastFailure).toBe('The amount is beyond what can be charged at once.');
    expect(() => fixture.decide((context) => decidePay(context, invoice(fixture)))).toThrow(
      '30 USD are more than can be charged at once',
    );
    fixture.moveTo('2026-06-08T00:00:00.000Z');
    expect(fixture.state.subscription.status).toBe('past_due');
  });
});
