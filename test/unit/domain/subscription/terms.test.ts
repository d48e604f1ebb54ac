import { type Catalog, DomainError, formatAmount, planOf } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalog, usd } from '../../../support/plans-catalog.ts';
import { linesOf, SubscriptionFixture } from './subscription-fixture.ts';

describe('a contract', () => {
  it('B14, L127: takes the place of price, allowances, limits and rates, and leaves the rest', () => {
    const fixture = new SubscriptionFixture('basic').moveTo('2026-06-16T00:00:00.000Z');
    const signed = fixture.run({
      kind: 'contract',
      label: 'C-2026-7',
      terms: {
        price: { month: usd('20') },
        limits: [
          {
            metric: 'runs',
            included: '5000',
            policy: 'overage',
            beyond: 'invoice',
            overageRate: { amount: '0.01' },
          },
        ],
        features: ['sso'],
        monthlyCredits: '500',
      },
    });
    expect(linesOf(signed.billables)).toEqual(['basic plan -15', 'basic plan 10']);
    expect(formatAmount(signed.credits)).toBe('400');
    const plan = planOf(fixture.state, fixture.catalog);
    expect(plan.features.has('sso')).toBe(true);
    expect(plan.limits.get('runs')).toMatchObject({ included: 5_000_000_000n, policy: 'overage' });
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    // What the change gave back is carried to the next invoice.
    expect(fixture.billed(4)).toEqual(['basic plan 20', ' -5']);
    expect(fixture.credits).toBe('500');
    fixture.run({ kind: 'end_contract' });
    expect(planOf(fixture.state, fixture.catalog).limits.get('runs')?.policy).toBe('hard');
  });

  it('B14, L127: takes the place of the term of payment and of what models cost, until it ends', () => {
    const fixture = new SubscriptionFixture('basic');
    const { modelFactor } = planOf(fixture.state, fixture.catalog);
    const dueDays = () => {
      const invoice = [...fixture.invoices.values()].at(-1);
      if (invoice === undefined) throw new Error('no invoice was issued');
      return Math.round((invoice.dueAtMs - invoice.createdAtMs) / 86_400_000);
    };
    const terms = { paymentTermDays: 30, modelMarkupPercent: '12.5' };
    fixture.run({ kind: 'contract', label: 'C', terms });
    expect(planOf(fixture.state, fixture.catalog).modelFactor).toBe(1_125_000n);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(dueDays()).toBe(30);
    fixture.run({ kind: 'end_contract' });
    expect(planOf(fixture.state, fixture.catalog).modelFactor).toBe(modelFactor);
    fixture.moveTo('2026-08-01T00:00:00.000Z');
    expect(dueDays()).toBe(7);
  });

  it('L127: is refused with every mistake that it has', () => {
    const fixture = new SubscriptionFixture('basic');
    const terms = {
      price: { month: { amount: '20', currency: 'EUR' } },
      limits: [{ metric: 'gold', included: '1', policy: 'hard' as const }],
      capacities: { machines: '3' },
      paymentTermDays: 400,
      modelMarkupPercent: '1.00001',
    };
    try {
      fixture.run({ kind: 'contract', label: 'C', terms });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      expect(error.mistakes.map(({ pointer }) => pointer).sort()).toEqual([
        '/terms/capacities/machines',
        '/terms/limits/0/metric',
        '/terms/modelMarkupPercent',
        '/terms/paymentTermDays',
        '/terms/price/month/currency',
      ]);
    }
    expect(fixture.subscription.contract).toBeNull();
  });
});

describe('a move to the latest catalog', () => {
  const latest = plansCatalog(
    {
      plans: [
        paidPlan('basic', 1, {
          price: { month: usd('50') },
          limits: [{ metric: 'runs', included: '300', policy: 'hard' }],
        }),
      ],
    },
    2,
  );
  /** As the app hands it in: the latest, with the account's plan as it was chosen. */
  function both(fixture: SubscriptionFixture): Catalog {
    const basic = fixture.catalog.plans.get('basic');
    if (basic === undefined) throw new Error('There is no plan basic');
    return {
      ...latest,
      latest,
      plans: new Map(latest.plans).set('basic', basic),
      older: new Map([['1 basic', basic]]),
    };
  }
  function moved(keepPrice: boolean, when: 'now' | 'boundary') {
    const fixture = new SubscriptionFixture('basic');
    const catalog = both(fixture);
    Object.assign(fixture, { catalog });
    fixture.moveTo('2026-06-16T00:00:00.000Z');
    return { fixture, outcome: fixture.run({ kind: 'move_to_latest', keepPrice, when }) };
  }

  it('L128: takes over price and limits at once, by the rest of the period', () => {
    const { fixture, outcome } = moved(false, 'now');
    expect(linesOf(outcome.billables)).toEqual(['basic plan -15', 'basic plan 25']);
    expect(fixture.gate('runs', '300')).toBe('allowed');
  });

  it('L128: keeps the price that was agreed on', () => {
    const { fixture, outcome } = moved(true, 'now');
    expect(outcome.billables).toEqual([]);
    expect(fixture.gate('runs', '300')).toBe('allowed');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.billed(1)).toEqual(['basic plan 30']);
  });

  it('L128: waits for the end of the period', () => {
    const { fixture, outcome } = moved(false, 'boundary');
    expect(outcome).toMatchObject({
      takesEffect: 'boundary',
      billables: [],
      next: { sums: { total: 50_000_000n } },
    });
    expect(fixture.gate('runs', '101')).toBe('plan_limit_reached');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.gate('runs', '300')).toBe('allowed');
    expect(fixture.billed(1)).toEqual(['basic plan 50']);
  });

  it('L128: goes to the plan that takes the place of its own, and nowhere where none does', () => {
    const without = (replaces: string[]) =>
      plansCatalog({ plans: [paidPlan('starter', 1, { price: { month: usd('10') }, replaces })] }, 2);
    for (const replaces of [['basic'], []]) {
      const fixture = new SubscriptionFixture('basic');
      const basic = fixture.catalog.plans.get('basic');
      if (basic === undefined) throw new Error('There is no plan basic');
      const next = without(replaces);
      Object.assign(fixture, { catalog: { ...next, latest: next, older: new Map([['1 basic', basic]]) } });
      const command = { kind: 'move_to_latest', when: 'now' } as const;
      if (replaces.length === 0) expect(fixture.refusal(command)).toBe('conflict ');
      else {
        fixture.run(command);
        expect(fixture.state.profile.planId).toBe('starter');
      }
    }
  });
});
