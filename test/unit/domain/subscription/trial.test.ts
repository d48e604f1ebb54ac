import { decideAdjustment, decideEvent, decidePaymentStanding, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';
import { smallCatalogConfig } from '../../../support/small-catalog.ts';
import { linesOf, type Setting, SubscriptionFixture } from './subscription-fixture.ts';

const tried = paidPlan('pro', 2, {
  price: { month: usd('60') },
  trial: { days: 14 },
  monthlyCredits: '250',
  limits: [{ metric: 'runs', included: '1000', policy: 'hard' }],
});
const [free] = plansCatalogConfig.plans;
if (free === undefined) throw new Error('The catalog has no plan');
const plans = [free, tried, paidPlan('max', 3, { price: { month: usd('90') }, trial: { days: 30 } })];
/** What is paid within a period goes on in it. */
const keeps = { period: 'keep', counters: 'keep', credits: 'difference' } as const;
const onTrial = (setting: Setting = {}) => new SubscriptionFixture('pro', { plans, ...setting });

describe('a trial', () => {
  it('L117: lasts days of the calendar, charges nothing and gives what the plan includes', () => {
    // Los Angeles moves its clocks on the 8th of March.
    const fixture = onTrial({
      plans: [{ ...tried, trial: { days: 30 } }],
      now: '2017-03-02T07:30:00.000Z',
      account: { timeZone: 'America/Los_Angeles' },
    });
    expect(fixture.subscription).toMatchObject({
      status: 'trial',
      trial: { endsAtMs: Date.parse('2017-04-01T06:30:00.000Z') },
      billables: [],
    });
    expect(fixture.credits).toBe('250');
    fixture.addCard().moveTo('2017-04-01T06:30:00.000Z');
    expect(fixture.subscription.status).toBe('active');
    // It was the 31st of March where the account is, so the period after it ends on the 30th of April.
    expect(fixture.subscription.period.endsAtMs).toBe(Date.parse('2017-05-01T06:30:00.000Z'));
    expect(fixture.billed()).toEqual(['pro plan 60']);
  });

  it('L117: goes on with another paid plan, charges none of three, and ends with Free', () => {
    const fixture = onTrial().moveTo('2026-06-05T00:00:00.000Z');
    const end = fixture.subscription.trial?.endsAtMs;
    expect(fixture.run({ kind: 'change_plan', planId: 'max' }).dueNow.total).toBe(0n);
    expect(fixture.run({ kind: 'change_plan', planId: 'pro' }).takesEffect).toBe('now');
    expect(fixture.subscription).toMatchObject({ status: 'trial', trial: { endsAtMs: end }, billables: [] });
    expect(fixture.run({ kind: 'change_plan', planId: 'free' }).clears).toEqual(['trial']);
    expect(fixture.subscription.status).toBe('active');
    // There was one trial.
    const paid = fixture.run({ kind: 'change_plan', planId: 'pro' });
    expect(linesOf(paid.billables)).toEqual(['pro plan 60']);
  });

  it('L117: begins with the plan that is chosen, but not where a payment method is wanted first', () => {
    const wants = { ...tried, trial: { days: 14, paymentMethod: 'required' as const } };
    const without = new SubscriptionFixture('free', { plans: [free, wants] });
    without.run({ kind: 'change_plan', planId: 'pro' });
    expect(without.subscription.status).toBe('active');
    const withCard = new SubscriptionFixture('free', { plans: [free, wants] }).addCard();
    withCard.run({ kind: 'change_plan', planId: 'pro' });
    expect(withCard.subscription.status).toBe('trial');
    const declined = new SubscriptionFixture('free', { plans: [free, tried] });
    declined.run({ kind: 'change_plan', planId: 'pro', trial: false });
    expect(declined.subscription.status).toBe('active');
  });

  it('L118, L119, B11: pauses all runs when it ends without a payment method, and resumes with one', () => {
    const fixture = onTrial();
    fixture.use([{ metric: 'runs', quantity: '10' }]);
    fixture.moveTo('2026-06-15T00:00:00.000Z');
    expect(fixture.subscription).toMatchObject({ status: 'paused', pausedFor: 'trial_over' });
    expect(fixture.gate('runs', '1')).toBe('metric_paused');
    expect(fixture.gate('runs', '0')).toBe('allowed');
    // An event has happened, whatever is paused.
    fixture.decide((context) =>
      decideEvent(context, {
        atMs: fixture.nowMs,
        items: [{ metric: 'runs', quantity: '5' }],
        dimensions: {},
        backfill: false,
      }),
    );
    fixture.moveTo('2026-08-20T00:00:00.000Z');
    expect(fixture.billed()).toEqual([]);
    expect(fixture.credits).toBe('0');
    fixture.addCard();
    expect(fixture.subscription).toMatchObject({ status: 'active', pausedFor: null });
    expect(fixture.gate('runs', '1')).toBe('allowed');
    // Nothing for the months that were paused.
    expect(fixture.billed()).toEqual(['pro plan 60']);
    expect(fixture.lines[0]?.share).toBeNull();
    expect(fixture.credits).toBe('250');
  });

  it('L118, B11: lets an account whose trial is over go to Free at once', () => {
    const fixture = onTrial().moveTo('2026-06-20T00:00:00.000Z');
    expect(fixture.run({ kind: 'change_plan', planId: 'free' }).takesEffect).toBe('now');
    expect(fixture.subscription.status).toBe('active');
    expect(fixture.gate('runs', '1')).toBe('allowed');
  });

  it('L118: goes to the plan that the catalog names, or to what was scheduled', () => {
    const down = onTrial({ plans: [free, { ...tried, trial: { days: 14, planAfter: 'free' } }] });
    down.moveTo('2026-06-15T00:00:00.000Z');
    expect(down.state.profile.planId).toBe('free');
    const cancelled = onTrial().addCard();
    cancelled.run({ kind: 'cancel' });
    expect(cancelled.subscription.status).toBe('trial');
    cancelled.moveTo('2026-06-15T00:00:00.000Z');
    expect(cancelled.subscription).toMatchObject({ status: 'cancelled', billables: [] });
  });

  it('L118: charges the rest of the month where every period begins on the 1st, by days or to the millisecond', () => {
    const setting = {
      anchor: 'first_of_month' as const,
      plans: [paidPlan('a', 1, { price: { month: usd('149') }, trial: { days: 41 } })],
      now: '2026-06-15T21:47:00.000Z',
      account: { timeZone: 'Europe/Ljubljana' },
    };
    const days = new SubscriptionFixture('a', setting).addCard().moveTo('2026-08-01T00:00:00.000Z');
    expect(days.billed()[0]).toBe('a plan 28.84');
    const exact = new SubscriptionFixture('a', { ...setting, proration: 'exact' });
    expect(exact.addCard().moveTo('2026-08-01T00:00:00.000Z').billed()[0]).toBe('a plan 24.08');
  });

  it('L117, L118: is given other days, and ended, by the product team', () => {
    const fixture = onTrial().moveTo('2026-06-10T00:00:00.000Z');
    fixture.run({ kind: 'start_trial', days: 30 });
    fixture.moveTo('2026-07-09T00:00:00.000Z');
    expect(fixture.subscription.status).toBe('trial');
    expect(fixture.refusal({ kind: 'end_trial' }, 'ada')).toBe('payment_method_required ');
    expect(fixture.refusal({ kind: 'start_trial', days: 3 }, 'ada')).toBe('forbidden ');
    expect(linesOf(fixture.run({ kind: 'end_trial', pays: true }).billables)).toEqual(['pro plan 60']);
    expect(fixture.subscription.status).toBe('active');
  });

  it('L118: ends in the cancellation that was scheduled, also where the product team says that it is paid', () => {
    const fixture = onTrial({ cancelling: { rule: 'boundary', planAfter: 'free' } });
    fixture.run({ kind: 'cancel' });
    expect(fixture.run({ kind: 'end_trial', pays: true }).billables).toEqual([]);
    expect(fixture.state.profile.planId).toBe('free');
    expect(fixture.subscription.status).toBe('active');
  });

  it('L118, L107: pauses with the interval that was scheduled, whose period is as long', () => {
    const fixture = new SubscriptionFixture('basic', { proration: 'days', upgrade: keeps });
    fixture.run({ kind: 'change_plan', planId: 'basic', interval: 'year' });
    fixture.run({ kind: 'change_plan', planId: 'basic', interval: 'month' });
    fixture.run({ kind: 'start_trial', days: 10 });
    fixture.moveTo('2026-06-11T00:00:00.000Z');
    expect(fixture.subscription).toMatchObject({ pausedFor: 'trial_over', interval: 'month' });
    // Twenty of the thirty days of June, not of the year that was left.
    expect(linesOf(fixture.run({ kind: 'change_plan', planId: 'basic' }).billables)).toEqual([
      'basic plan 20',
    ]);
  });

  it('L134: gives the credits of the plan that is paid within a cycle that began in the pause', () => {
    const paused = () => onTrial({ upgrade: keeps }).moveTo('2026-07-10T00:00:00.000Z');
    expect(paused().credits).toBe('0');
    const same = paused();
    expect(formatAmount(same.run({ kind: 'change_plan', planId: 'pro' }).credits)).toBe('250');
    expect(same.credits).toBe('250');
    const again = paused();
    again.run({ kind: 'start_trial', days: 7 });
    expect(again.credits).toBe('250');
    // A contract changes what the pause does not give.
    const bound = paused();
    bound.run({ kind: 'contract', label: 'C', terms: { monthlyCredits: '900' } });
    expect(bound.credits).toBe('0');
  });

  it('L134: gives nothing twice within the cycle in which the trial ended', () => {
    const fixture = onTrial({ upgrade: keeps }).moveTo('2026-06-20T00:00:00.000Z');
    expect(fixture.credits).toBe('250');
    fixture.run({ kind: 'change_plan', planId: 'pro' });
    expect(fixture.credits).toBe('250');
  });

  it('L134: gives the credits of a plan that is chosen after the end of the subscription', () => {
    const fixture = new SubscriptionFixture('basic', {
      cancelling: { rule: 'boundary' },
      upgrade: keeps,
    });
    fixture.run({ kind: 'cancel' });
    fixture.moveTo('2026-07-16T00:00:00.000Z');
    expect([fixture.subscription.status, fixture.credits]).toEqual(['cancelled', '0']);
    fixture.run({ kind: 'change_plan', planId: 'basic' });
    expect([fixture.subscription.status, fixture.credits]).toEqual(['active', '100']);
  });

  it('L63, L118: ends the same whether it is looked at in time or late', () => {
    const run = (steps: readonly string[]) => {
      const fixture = onTrial({ now: '2026-01-17T10:00:00.000Z' }).addCard();
      for (const step of steps) fixture.moveTo(step);
      return { state: fixture.state, ledger: fixture.ledger.map(({ recordedAtMs: _, ...entry }) => entry) };
    };
    expect(run(['2026-05-01T00:00:00.000Z'])).toEqual(
      run([
        '2026-01-31T10:00:00.000Z',
        '2026-02-28T10:00:00.000Z',
        '2026-03-31T10:00:00.000Z',
        '2026-05-01T00:00:00.000Z',
      ]),
    );
  });
});

describe('a pause', () => {
  const ai = {
    ...smallCatalogConfig,
    pauses: [{ when: 'retries_exhausted' as const, what: 'ai' as const }],
  };

  it('L119, L120, E5: stops requests to models and nothing else once retries are exhausted, until it is paid', () => {
    const fixture = new SubscriptionFixture('pro', ai);
    const standing = (to: 'paid' | 'past_due' | 'retries_exhausted') =>
      fixture.decide((context) => decidePaymentStanding(context, to));
    standing('past_due');
    expect(fixture.subscription.status).toBe('past_due');
    expect(fixture.use([{ model: 'swift-1' }]).outcome).toBe('allowed');
    standing('retries_exhausted');
    expect(fixture.subscription).toMatchObject({ status: 'paused', pausedFor: 'retries_exhausted' });
    expect(fixture.use([{ model: 'swift-1' }])).toMatchObject({
      outcome: 'refused',
      refusal: { reason: 'metric_paused', purchasable: true },
    });
    expect(fixture.gate('emails', '1')).toBe('allowed');
    expect(standing('past_due')).toBe('unchanged');
    standing('paid');
    expect(fixture.use([{ model: 'swift-1' }]).outcome).toBe('allowed');
  });

  it('L119: stops the metrics that the catalog names', () => {
    const fixture = new SubscriptionFixture('pro', {
      ...smallCatalogConfig,
      pauses: [{ when: 'past_due', what: ['emails'] }],
    });
    fixture.decide((context) => decidePaymentStanding(context, 'past_due'));
    expect(fixture.gate('emails', '1')).toBe('metric_paused');
    expect(fixture.gate('workflows', '1')).toBe('allowed');
  });

  it('L119: is of everything after an end without a plan, and takes none of what was bought', () => {
    const fixture = new SubscriptionFixture('basic');
    fixture.decide((context) =>
      decideAdjustment(context, { amount: 5_000_000n, unit: 'credits', reason: 'A gift' }),
    );
    fixture.run({ kind: 'cancel' });
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.gate('runs', '1')).toBe('metric_paused');
    expect(fixture.credits).toBe('5');
  });

  it('L120: refuses an upgrade to an account that owes, and lets it go to Free', () => {
    const fixture = new SubscriptionFixture('basic');
    fixture.decide((context) => decidePaymentStanding(context, 'past_due'));
    expect(fixture.refusal({ kind: 'change_plan', planId: 'pro' })).toBe('conflict /planId');
    expect(fixture.refusal({ kind: 'change_plan', planId: 'free' })).toBeNull();
  });

  it('L120: leaves trials, and what has ended, as they are', () => {
    const fixture = onTrial();
    expect(fixture.decide((context) => decidePaymentStanding(context, 'past_due'))).toBe('unchanged');
  });
});
