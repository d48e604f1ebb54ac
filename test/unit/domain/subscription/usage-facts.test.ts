import type { PlanLimitConfig } from '@usagekit/server/contract';
import { decideEvent, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, usd } from '../../../support/plans-catalog.ts';
import { linesOf, SubscriptionFixture } from './subscription-fixture.ts';

const invoiced = (
  included: string,
  amount: string,
  change: Partial<PlanLimitConfig> = {},
): PlanLimitConfig => ({
  metric: 'runs',
  included,
  policy: 'overage',
  beyond: 'invoice',
  overageRate: { amount },
  ...change,
});
const plan = (id: string, rank: number, limit: PlanLimitConfig, price = '30') =>
  paidPlan(id, rank, { price: { month: usd(price) }, limits: [limit] });

/** 205 for 500, 306 for the next 550, 591 for the 4,000 after them. */
const steps = [
  { upTo: '500', amount: '0.4', flat: '5' },
  { upTo: '1050', amount: '0.5', flat: '31' },
  { upTo: null, amount: '0.14775' },
];

describe('what is used beyond an allowance', () => {
  it('L113, D1: is a line of the boundary at which its cycle ends, next to the fee of the month ahead', () => {
    const fixture = new SubscriptionFixture('a', { plans: [plan('a', 1, invoiced('100', '0.1'))] });
    fixture.use([{ metric: 'runs', quantity: '130' }]);
    fixture.use([{ metric: 'runs', quantity: '20' }]);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.billed(1)).toEqual(['Runs 5', 'a plan 30']);
    expect(fixture.lines[1]).toMatchObject({ kind: 'overage', quantity: 50_000_000n });
    expect([...fixture.invoices.values()].at(-1)?.lines).toHaveLength(2);
    fixture.use([{ metric: 'runs', quantity: '100' }]);
    fixture.moveTo('2026-08-01T00:00:00.000Z');
    expect(fixture.billed(3)).toEqual(['a plan 30']);
  });

  it('L113, D7: is billed with an upgrade to that date, and never again', () => {
    const fixture = new SubscriptionFixture('a', {
      plans: [plan('a', 1, invoiced('100', '0.1')), plan('b', 2, invoiced('500', '0.05'), '60')],
    });
    fixture.use([{ metric: 'runs', quantity: '150' }]);
    fixture.moveTo('2026-06-16T00:00:00.000Z');
    expect(linesOf(fixture.run({ kind: 'change_plan', planId: 'b' }).billables)).toEqual([
      'Runs 5',
      'a plan -15',
      'b plan 30',
    ]);
    fixture.use([{ metric: 'runs', quantity: '250' }]);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.billed(4)).toEqual(['b plan 60']);
  });

  it('L114: adds what comes late to an invoiced cycle as a line of the difference', () => {
    const fixture = new SubscriptionFixture('a', { plans: [plan('a', 1, invoiced('100', '0.1'))] });
    fixture.use([{ metric: 'runs', quantity: '120' }]);
    fixture.moveTo('2026-07-02T00:00:00.000Z');
    const known = fixture.subscription.billables.length;
    fixture.decide((context) =>
      decideEvent(context, {
        atMs: Date.parse('2026-06-20T00:00:00.000Z'),
        items: [{ metric: 'runs', quantity: '5' }],
        dimensions: {},
        backfill: false,
      }),
    );
    expect(fixture.subscription.billables.slice(known)).toMatchObject([
      { kind: 'late_usage', amount: 500_000n, quantity: 5_000_000n, due: 'boundary' },
    ]);
  });

  it.each([
    ['500', '205'],
    ['1050', '511'],
    ['5050', '1102'],
  ])('L115: charges %s units by graduated steps', (units, amount) => {
    const tiers: PlanLimitConfig = {
      metric: 'runs',
      included: '0',
      policy: 'overage',
      beyond: 'invoice',
      overageTiers: { mode: 'graduated', steps },
    };
    const fixture = new SubscriptionFixture('a', { plans: [plan('a', 1, tiers)] });
    fixture.use([{ metric: 'runs', quantity: units }]);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(formatAmount(fixture.lines[1]?.amount ?? 0n)).toBe(amount);
  });

  it('L115: charges all units at the rate of the step that is reached', () => {
    const tiers: PlanLimitConfig = {
      metric: 'runs',
      included: '0',
      policy: 'overage',
      beyond: 'invoice',
      overageTiers: {
        mode: 'volume',
        steps: [
          { upTo: '100', amount: '1' },
          { upTo: null, amount: '0.5' },
        ],
      },
    };
    const fixture = new SubscriptionFixture('a', { plans: [plan('a', 1, tiers)] });
    fixture.use([{ metric: 'runs', quantity: '101' }]);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.billed(1)).toEqual(['Runs 50.5', 'a plan 30']);
  });

  it('L116: bills what is short of a minimum when the period ends, and by its part where it is cut short', () => {
    const committed = (id: string, rank: number) =>
      paidPlan(id, rank, {
        price: { month: usd('40') },
        minimumCommitment: { month: usd('100') },
        limits: [invoiced('0', '1')],
      });
    const whole = new SubscriptionFixture('a', {
      plans: [committed('a', 1)],
      now: '2026-01-01T00:00:00.000Z',
    });
    whole.use([{ metric: 'runs', quantity: '20' }]);
    whole.moveTo('2026-02-01T00:00:00.000Z');
    expect(whole.billed(1)).toEqual(['Runs 20', 'Minimum of the a plan 40', 'a plan 40']);
    const none = new SubscriptionFixture('a', {
      plans: [committed('a', 1)],
      now: '2026-01-01T00:00:00.000Z',
    });
    none.use([{ metric: 'runs', quantity: '60' }]);
    none.moveTo('2026-02-01T00:00:00.000Z');
    expect(none.billed(1)).toEqual(['Runs 60', 'a plan 40']);
    const cut = new SubscriptionFixture('a', {
      plans: [committed('a', 1), committed('b', 2)],
      upgrade: { period: 'restart' },
    });
    cut.moveTo('2026-06-16T00:00:00.000Z');
    // Half of the fee came back and half of the minimum is left of it: 50 less 20.
    expect(linesOf(cut.run({ kind: 'change_plan', planId: 'b' }).billables)).toEqual([
      'a plan -20',
      'Minimum of the a plan 30',
      'b plan 40',
    ]);
  });
});
