import type { CatalogConfig } from '@usagekit/server/contract';
import { decidePutMember, decideUse } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';
import { SubscriptionFixture } from './subscription-fixture.ts';

const [free] = plansCatalogConfig.plans;
if (free === undefined) throw new Error('The catalog has no plan');

describe('capacities', () => {
  const machines: Partial<CatalogConfig> = {
    capacities: [
      { id: 'machines', label: 'Machines', unit: { one: 'machine', other: 'machines' } },
      { id: 'size', label: 'Machine types', kind: 'choice', choices: { small: 'Small', large: 'Large' } },
    ],
    addOns: [
      {
        id: 'more',
        label: 'A machine',
        price: { month: usd('5') },
        capacity: { capacity: 'machines', quantity: '1' },
      },
    ],
    plans: [
      { ...free, capacities: { machines: '1', size: ['small'] } },
      paidPlan('pro', 1, {
        price: { month: usd('10') },
        capacities: { machines: '3', size: ['small', 'large'] },
      }),
      paidPlan('max', 2, { price: { month: usd('20') } }),
    ],
  };
  const needs = (fixture: SubscriptionFixture, needed: Record<string, string>) =>
    fixture.decide((context) =>
      decideUse(context, { items: [{ metric: 'runs', quantity: '1' }], dimensions: {}, needs: needed }),
    );

  it('D13, L129: let through what needs no more than the plan gives', () => {
    const fixture = new SubscriptionFixture('pro', machines);
    expect(needs(fixture, { machines: '3', size: 'large' }).outcome).toBe('allowed');
    expect(needs(fixture, { machines: '4' })).toMatchObject({
      outcome: 'refused',
      refusal: {
        reason: 'capacity_exceeded',
        capacity: 'machines',
        limit: 3_000_000n,
        requested: 4_000_000n,
      },
    });
    fixture.run({ kind: 'add_on', addOnId: 'more', quantity: 1 });
    expect(needs(fixture, { machines: '4' }).outcome).toBe('allowed');
    const onFree = new SubscriptionFixture('free', machines);
    expect(needs(onFree, { size: 'large' })).toMatchObject({
      refusal: { reason: 'capacity_exceeded', capacity: 'size', limit: null, purchasable: true },
    });
    expect(needs(new SubscriptionFixture('max', machines), { machines: '900', size: 'large' }).outcome).toBe(
      'allowed',
    );
  });

  it('L129: refuse what the catalog does not have, with what it has', () => {
    const fixture = new SubscriptionFixture('pro', machines);
    expect(() => needs(fixture, { gold: '1' })).toThrow("no capacity 'gold'");
    expect(() => needs(fixture, { size: 'huge' })).toThrow("'huge' is not a choice of 'size'");
    expect(() => needs(fixture, { machines: 'many' })).toThrow("'many' is not a decimal number");
  });
});

describe('what is left at the end of a cycle', () => {
  const limits = [{ metric: 'runs', included: '100', policy: 'hard' as const }];

  it('D14, L66: does not go on where the plan says nothing', () => {
    const fixture = new SubscriptionFixture('a', {
      plans: [paidPlan('a', 1, { monthlyCredits: '100', limits })],
    });
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.credits).toBe('100');
    expect(fixture.gate('runs', '101')).toBe('plan_limit_reached');
  });

  it('L130: goes on by its part, of credits as a grant that ends when the plan says', () => {
    const plan = paidPlan('a', 1, {
      monthlyCredits: '100',
      creditsRollover: { percent: 50, cycles: 2 },
      limits: [{ ...limits[0], metric: 'runs', included: '100', policy: 'hard', rollover: { percent: 50 } }],
    });
    const fixture = new SubscriptionFixture('a', { plans: [plan] });
    fixture.gate('runs', '40');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.credits).toBe('150');
    // Half of the 60 that were left.
    expect(fixture.gate('runs', '130')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('plan_limit_reached');
    fixture.moveTo('2026-08-01T00:00:00.000Z');
    expect(fixture.gate('runs', '101')).toBe('plan_limit_reached');
    expect(fixture.credits).toBe('200');
    // What went on once does not again: 50 of June have ended, 50 each of July and August are left.
    fixture.moveTo('2026-09-01T00:00:00.000Z');
    expect(fixture.credits).toBe('200');
  });

  it('L130: gathers no more of an allowance than so many cycles are worth', () => {
    const rollover = { cycles: 2 };
    const plan = paidPlan('a', 1, {
      limits: [{ metric: 'runs', included: '100', policy: 'hard', rollover }],
    });
    const fixture = new SubscriptionFixture('a', { plans: [plan] }).moveTo('2027-06-01T00:00:00.000Z');
    expect(fixture.gate('runs', '300')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('plan_limit_reached');
  });
});

describe('seats and members', () => {
  it('L131: make a window as large as its seats', () => {
    const fixture = new SubscriptionFixture('a', {
      seatTypes: [{ id: 'seat', label: 'Seats' }],
      plans: [
        paidPlan('a', 1, {
          seats: { seat: { included: 2, price: { month: usd('5') } } },
          windows: [{ id: 'day', label: 'Day', metric: 'runs', kind: 'day', limit: '10', perSeat: 'seat' }],
        }),
      ],
    });
    expect(fixture.gate('runs', '20')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('window_limit_reached');
    fixture.run({ kind: 'seats', seatType: 'seat', quantity: 1 });
    expect(fixture.gate('runs', '10')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('window_limit_reached');
    // A seat that goes with the end of the period counts until then.
    fixture.run({ kind: 'seats', seatType: 'seat', quantity: 0 });
    fixture.moveTo('2026-06-20T00:00:00.000Z');
    expect(fixture.gate('runs', '30')).toBe('allowed');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.gate('runs', '20')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('window_limit_reached');
  });

  it('L131: make it as large as the members that take seats without a bound, and for one where none do', () => {
    const fixture = new SubscriptionFixture('a', {
      seatTypes: [{ id: 'seat', label: 'Seats', roles: ['member'] }],
      plans: [
        paidPlan('a', 1, {
          seats: { seat: { included: null } },
          windows: [{ id: 'day', label: 'Day', metric: 'runs', kind: 'day', limit: '10', perSeat: 'seat' }],
        }),
      ],
    });
    expect(fixture.gate('runs', '11')).toBe('window_limit_reached');
    for (const memberId of ['ada', 'ben', 'cyd'])
      fixture.decide((context) =>
        decidePutMember(context, {
          present: undefined,
          id: memberId,
          input: { role: 'member' },
          usedThisCycle: {},
        }),
      );
    expect(fixture.gate('runs', '30')).toBe('allowed');
    expect(fixture.gate('runs', '1')).toBe('window_limit_reached');
  });

  it("C3, L132: bring the baseline once each where it is every member's", () => {
    const fixture = new SubscriptionFixture('free', { baselineCredits: '25', baselineCreditsPer: 'member' });
    const before = Number(fixture.credits);
    const make = (id: string) =>
      fixture.decide((context) =>
        decidePutMember(context, { present: undefined, id, input: {}, usedThisCycle: {} }),
      ).member;
    const ada = make('ada');
    make('ben');
    fixture.decide((context) =>
      decidePutMember(context, { present: ada, id: 'ada', input: { name: 'Ada' }, usedThisCycle: {} }),
    );
    expect(Number(fixture.credits) - before).toBe(50);
  });
});
