import type { CatalogConfig, SubscriptionCommand } from '@usagekit/server/contract';
import { advance, type InvoiceRecord, parseAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';
import { linesOf, SubscriptionFixture } from './subscription-fixture.ts';

const plans = [
  ...plansCatalogConfig.plans,
  paidPlan('plus', 7, {
    price: { month: usd('40'), year: usd('395.95') },
    monthlyCredits: '300',
    seats: { power: { included: 1, max: 40, price: { month: usd('7.01'), year: usd('70') } } },
    dedicatedIps: { price: { month: usd('3.33'), year: usd('30') }, max: 9 },
  }),
];
const settings = {
  plans,
  seatTypes: [{ id: 'power', label: 'Power seats', roles: [] }],
  addOns: [
    {
      id: 'pack',
      label: 'Task pack',
      price: { month: usd('9.99'), year: usd('99') },
      allowance: { metric: 'runs', quantity: '50' },
    },
  ],
};

const command: fc.Arbitrary<SubscriptionCommand> = fc.oneof(
  fc.record({
    kind: fc.constant('change_plan' as const),
    planId: fc.constantFrom('free', 'basic', 'pro', 'plus', 'max'),
    interval: fc.constantFrom('month' as const, 'year' as const),
  }),
  fc.record({
    kind: fc.constant('seats' as const),
    seatType: fc.constant('power'),
    quantity: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({
    kind: fc.constant('add_on' as const),
    addOnId: fc.constant('pack'),
    quantity: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({ kind: fc.constant('dedicated_ips' as const), quantity: fc.integer({ min: 0, max: 4 }) }),
  fc.constant({ kind: 'cancel' as const }),
);

/** A carried balance in cents: of the account's money, or a total that was too small to be charged. */
const balanceCents = fc.constantFrom(0, 0, -1, -4000, -4760, -100_000, 30);

describe('the sums of a preview', () => {
  it('L104, L203, L204: are those of the invoice that the command then makes, and of the next one', () => {
    const seen = { taxed: 0, fromBalance: 0, toBalance: 0, tooSmall: 0, next: 0 };
    fc.assert(
      fc.property(
        fc.array(command, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('0', '0.5', '20'),
        balanceCents,
        fc.integer({ min: 0, max: 9 }),
        (commands, minimumCharge, cents, daysBetween) => {
          const fixture = new SubscriptionFixture('basic', {
            ...settings,
            billing: {
              minimumCharge,
              taxes: [
                { label: 'VAT', percent: '19' },
                { label: 'City tax', percent: '0.875' },
              ],
            },
          });
          const carried = cents === 0 ? {} : { USD: BigInt(cents) * 10_000n };
          fixture.state = { ...fixture.state, billing: { ...fixture.state.billing, carried } };
          for (const each of commands) {
            fixture.moveTo(new Date(fixture.nowMs + daysBetween * 86_400_000).toISOString());
            const known = new Set(fixture.invoices.keys());
            const carriedBefore = fixture.state.billing.carried.USD ?? 0n;
            if (fixture.refusal(each) !== null) continue;
            const { dueNow, next } = fixture.last;
            const made = [...fixture.invoices.values()].filter(({ id }) => !known.has(id));
            expect(sumOf(made)).toBe(dueNow.total > 0n ? dueNow.total : 0n);
            const carriedMore = (fixture.state.billing.carried.USD ?? 0n) - carriedBefore;
            expect(carriedMore).toBe(-dueNow.balance + (dueNow.total < 0n ? dueNow.total : 0n));
            const taxes = made.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'tax'));
            expect(taxes.map(({ subject, amount }) => ({ label: subject, amount }))).toEqual(dueNow.taxes);
            const sum = dueNow.taxes.reduce((total, { amount }) => total + amount, dueNow.net);
            expect(sum + dueNow.balance).toBe(dueNow.total);
            seen.taxed += taxes.length;
            seen.fromBalance += Number(dueNow.balance < 0n && carriedBefore < 0n);
            seen.toBalance += Number(dueNow.total < 0n);
            seen.tooSmall += Number(dueNow.total === 0n && dueNow.net > 0n && carriedBefore >= 0n);

            if (next === null) continue;
            const { facts } = advance(fixture.state, fixture.catalog, next.atMs, next.atMs);
            const renewed = facts.invoices.filter(({ createdAtMs }) => createdAtMs === next.atMs);
            expect(sumOf(renewed)).toBe(next.sums.total > 0n ? next.sums.total : 0n);
            seen.next += Number(next.sums.total > 0n);
          }
        },
      ),
      { numRuns: 150 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });

  it.each(['subscription_start', 'first_of_month'] as const)(
    'L104, L118: are those of the invoice at the end of a trial, with the anchor %s',
    (anchor) => {
      const fixture = new SubscriptionFixture('free', {
        ...settings,
        anchor,
        plans: plans.map((plan) => (plan.id === 'plus' ? { ...plan, trial: { days: 25 } } : plan)),
        billing: { taxes: [{ label: 'VAT', percent: '19' }] },
      });
      fixture.addCard().moveTo('2026-06-11T00:00:00.000Z');
      const { dueNow, next } = fixture.run({ kind: 'change_plan', planId: 'plus', interval: 'month' });
      expect([dueNow.total, next?.atMs]).toEqual([0n, Date.parse('2026-07-06T00:00:00.000Z')]);
      fixture.moveTo('2026-07-06T00:00:00.000Z');
      const [invoice] = fixture.invoices.values();
      expect(next?.sums.total).toBe(invoice?.total);
      expect(next?.sums.taxes).toHaveLength(1);
    },
  );

  it('L235: are refused to a member who could not be charged, unless the catalog lets the invoice be paid later', () => {
    const buy = { kind: 'add_on', addOnId: 'pack', quantity: 1 } as const;
    const of = (billing?: CatalogConfig['billing']) =>
      new SubscriptionFixture('basic', billing === undefined ? settings : { ...settings, billing });
    expect(of({}).refusal(buy, 'ann')).toBe('payment_method_required ');
    expect(of({}).refusal(buy)).toBeNull();
    expect(of({}).addCard().refusal(buy, 'ann')).toBeNull();
    expect(of({ withoutPaymentMethod: 'invoice' }).refusal(buy, 'ann')).toBeNull();
    expect(of().refusal(buy, 'ann')).toBeNull();
    expect(of({}).refusal({ kind: 'change_plan', planId: 'free' }, 'ann')).toBeNull();
  });

  it('L104: tell the credits that come and the old ones that end', () => {
    const restarting = new SubscriptionFixture('basic', { ...settings, upgrade: { period: 'restart' } });
    restarting.moveTo('2026-06-11T00:00:00.000Z');
    const change = restarting.run({ kind: 'change_plan', planId: 'pro' });
    expect([change.credits, change.creditsEnding]).toEqual([parseAmount('250'), parseAmount('100')]);
    expect(linesOf(change.billables)).toHaveLength(2);
    expect(restarting.credits).toBe('250');
  });
});

const sumOf = (invoices: readonly InvoiceRecord[]) => invoices.reduce((sum, { total }) => sum + total, 0n);
