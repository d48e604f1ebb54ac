import {
  type ChargeOutcome,
  decideChangeTask,
  decideChargeResult,
  decideCreateTask,
  decideEvent,
  decideSubscription,
  formatAmount,
  type NoticeSubject,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';
import { SubscriptionFixture } from '../subscription/subscription-fixture.ts';

type Told<Type extends NoticeSubject['type']> = Extract<NoticeSubject, { type: Type }>;

/** What the account was told of one kind, in order. */
function told<Type extends NoticeSubject['type']>(fixture: AccountFixture, type: Type): Told<Type>[] {
  return [...fixture.notices.values()]
    .map(({ subject }) => subject)
    .filter((subject): subject is Told<Type> => subject.type === type);
}

const alerted = (fixture: AccountFixture) =>
  told(fixture, 'usage.alert').map(({ amounts, used }) => [amounts.map(formatAmount), formatAmount(used)]);

/** On a plan with a hard limit of 1,000 runs a month. */
const withAlerts = (...amounts: string[]) => {
  const fixture = new SubscriptionFixture('pro');
  fixture.run({ kind: 'alerts', metric: 'runs', amounts });
  return fixture;
};

const run = (fixture: AccountFixture, quantity: string) => fixture.use([{ metric: 'runs', quantity }]);

describe('alerts', () => {
  it('L140, D6: tells once that an amount was reached, also where use lands exactly on it, and not at each use beyond', () => {
    const fixture = withAlerts('100');
    run(fixture, '99');
    expect(alerted(fixture)).toEqual([]);
    run(fixture, '1');
    expect(alerted(fixture)).toEqual([[['100'], '100']]);
    for (let uses = 0; uses < 10; uses++) run(fixture, '1');
    expect(alerted(fixture)).toHaveLength(1);
  });

  it('L140, D6: tells what one use reaches together in one notice that names all', () => {
    const fixture = withAlerts('50', '10', '25');
    run(fixture, '8');
    run(fixture, '43');
    expect(alerted(fixture)).toEqual([[['10', '25', '50'], '51']]);
  });

  it('L140, D6: tells at once of an amount that is set at or below what is used, and once a cycle however often it is set', () => {
    const fixture = withAlerts('500');
    run(fixture, '40');
    fixture.run({ kind: 'alerts', metric: 'runs', amounts: ['40'] });
    expect(alerted(fixture)).toEqual([[['40'], '40']]);
    fixture.run({ kind: 'alerts', metric: 'runs', amounts: [] });
    fixture.run({ kind: 'alerts', metric: 'runs', amounts: ['40'] });
    expect(alerted(fixture)).toHaveLength(1);
  });

  it('L140, D6: tells again in the next cycle, of use in that one alone', () => {
    const fixture = withAlerts('10');
    run(fixture, '10');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(alerted(fixture)).toHaveLength(1);
    run(fixture, '9');
    expect(alerted(fixture)).toHaveLength(1);
    run(fixture, '1');
    expect(alerted(fixture)).toHaveLength(2);
  });

  it('L140: counts what events report, and gauges once a cycle while they stand beyond', () => {
    const fixture = withAlerts('10');
    fixture.run({ kind: 'alerts', metric: 'contacts', amounts: ['5'] });
    const report = (metric: string, quantity: string) =>
      fixture.decide((context) =>
        decideEvent(context, {
          atMs: fixture.nowMs,
          items: [{ metric, quantity }],
          dimensions: {},
          backfill: false,
        }),
      );
    report('runs', '11');
    report('contacts', '6');
    report('contacts', '-3');
    report('contacts', '3');
    expect(told(fixture, 'usage.alert').map(({ metric }) => metric)).toEqual(['runs', 'contacts']);
    fixture.moveTo('2026-07-02T00:00:00.000Z');
    report('contacts', '1');
    expect(told(fixture, 'usage.alert').map(({ metric }) => metric)).toEqual([
      'runs',
      'contacts',
      'contacts',
    ]);
  });

  it('L140: goes to the address that the account set, and nowhere by mail without one', () => {
    const fixture = withAlerts('10', '20');
    run(fixture, '10');
    fixture.run({ kind: 'alert_email', email: 'ops@example.com' });
    run(fixture, '10');
    expect([...fixture.notices.values()].map(({ mailTo }) => mailTo)).toEqual([null, 'ops@example.com']);
  });

  it('L140: takes credits as it takes a metric: what is charged in the cycle, in the unit of the balance', () => {
    const fixture = new AccountFixture();
    const set = (...amounts: string[]) =>
      fixture.decide((context) =>
        decideSubscription(context, { kind: 'alerts', metric: 'credits', amounts }, null),
      );
    const search = (calls: number) => fixture.use([{ tool: 'search', calls }]);
    search(3);
    const charged = fixture.state.usage.spent.credits ?? 0n;
    expect(charged).toBeGreaterThan(0n);
    const times = (count: bigint) => formatAmount((charged * count) / 3n);
    set(times(5n), times(9n));
    search(1);
    expect(alerted(fixture)).toEqual([]);
    search(1);
    expect(told(fixture, 'usage.alert')).toMatchObject([{ metric: 'credits', label: 'credits' }]);
    expect(told(fixture, 'usage.alert')[0]?.resetsAtMs).toBe(fixture.state.usage.endsAtMs);
    search(6);
    expect(alerted(fixture)).toEqual([
      [[times(5n)], times(5n)],
      [[times(9n)], times(11n)],
    ]);
    set();
    expect(fixture.state.subscription.alerts).toEqual({});
  });

  it('L140: refuses an alert for a metric that the catalog does not have', () => {
    const fixture = new SubscriptionFixture('pro');
    expect(fixture.refusal({ kind: 'alerts', metric: 'walks', amounts: ['1'] })).toBe(
      'unknown_metric /metric',
    );
  });
});

describe('limits and credits', () => {
  it('L141: tells once a cycle that a limit is reached, the plan’s or the account’s own, and nothing of a refusal', () => {
    const fixture = new SubscriptionFixture('basic');
    expect(fixture.gate('runs', '101')).toBe('plan_limit_reached');
    expect(told(fixture, 'usage.limit_reached')).toEqual([]);
    run(fixture, '60');
    fixture.run({ kind: 'own_limit', metric: 'runs', limit: '61' });
    run(fixture, '1');
    expect(told(fixture, 'usage.limit_reached')).toMatchObject([{ metric: 'runs', limitOf: 'account' }]);
    fixture.run({ kind: 'own_limit', metric: 'runs', limit: null });
    run(fixture, '39');
    expect(told(fixture, 'usage.limit_reached')).toHaveLength(1);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    run(fixture, '100');
    expect(told(fixture, 'usage.limit_reached').at(-1)).toMatchObject({
      limitOf: 'plan',
      limit: 100_000_000n,
    });
  });

  it('L141: tells that credits are low, then out, and again after credits came', () => {
    const fixture = new AccountFixture();
    const search = (calls: number) => fixture.use([{ tool: 'search', calls }]);
    const of = () => [...fixture.notices.values()].map(({ subject }) => subject.type);
    search(44);
    expect(of()).toEqual([]);
    search(1);
    expect(of()).toEqual(['credits.low']);
    search(1);
    search(4);
    expect(of()).toEqual(['credits.low', 'credits.out']);
    fixture.grant('100');
    search(50);
    expect(of()).toEqual(['credits.low', 'credits.out', 'credits.out']);
  });

  it('L141: tells nothing where credits end with their cycle and the next come, and tells where none come', () => {
    const fixture = new SubscriptionFixture('pro', { cancelling: { rule: 'boundary' } });
    const of = () =>
      [...fixture.notices.values()].map(({ subject }) => subject.type).filter((type) => /credits/.test(type));
    for (const month of ['07', '08', '09']) fixture.moveTo(`2026-${month}-01T00:00:00.000Z`);
    expect([of(), fixture.credits]).toEqual([[], '250']);
    // Several boundaries at once are told as each of them alone.
    fixture.moveTo('2026-11-15T00:00:00.000Z');
    expect(of()).toEqual([]);
    fixture.run({ kind: 'cancel' });
    fixture.moveTo('2026-12-01T00:00:00.000Z');
    expect([of(), fixture.credits]).toEqual([['credits.out'], '0']);
  });
});

describe('what becomes of a subscription', () => {
  const tried = paidPlan('pro', 2, { price: { month: usd('60') }, trial: { days: 14 } });
  const [free] = plansCatalogConfig.plans;
  const plans = free === undefined ? [tried] : [free, tried];

  it('L142: tells 72 hours before a trial ends, and again where the end was moved', () => {
    const fixture = new SubscriptionFixture('pro', { plans });
    fixture.moveTo('2026-06-11T23:59:59.999Z');
    expect(told(fixture, 'trial.ending')).toEqual([]);
    fixture.moveTo('2026-06-12T00:00:00.000Z');
    expect(told(fixture, 'trial.ending')).toEqual([
      {
        type: 'trial.ending',
        planId: 'pro',
        planName: 'pro',
        endsAtMs: Date.parse('2026-06-15T00:00:00.000Z'),
      },
    ]);
    fixture.run({ kind: 'start_trial', days: 30 });
    fixture.moveTo('2026-07-09T00:00:00.000Z');
    expect(told(fixture, 'trial.ending')).toHaveLength(2);
  });

  it('L142, L63: tells it at the same instant where it is late, and with the beginning of a short trial', () => {
    const late = new SubscriptionFixture('pro', { plans }).moveTo('2026-08-01T00:00:00.000Z');
    expect([...late.notices.values()].map(({ atMs }) => new Date(atMs).toISOString())).toContain(
      '2026-06-12T00:00:00.000Z',
    );
    const short = new SubscriptionFixture('pro', { plans: [{ ...tried, trial: { days: 2 } }] });
    expect(told(short, 'trial.ending')).toHaveLength(1);
  });

  it('L143: tells a change of plan, a failed task and its reason', () => {
    const fixture = new AccountFixture({ planId: 'pro' }, { catalog: compiled(smallCatalogConfig) });
    const created = fixture.decide((context) =>
      decideCreateTask(context, {
        id: 't',
        name: 'Report',
        dimensions: {},
        status: 'in_progress',
        estimate: null,
        holdExpiresAtMs: context.nowMs + 60_000,
      }),
    );
    if (!('task' in created)) throw new Error(created.outcome);
    fixture.decide((context) =>
      decideChangeTask(context, created.task, {
        status: 'failed',
        error: 'No answer',
        holdExpiresAtMs: context.nowMs + 60_000,
      }),
    );
    expect(told(fixture, 'task.failed')).toEqual([
      { type: 'task.failed', taskId: 't', name: 'Report', error: 'No answer' },
    ]);
    const subscribed = new SubscriptionFixture('basic').addCard();
    subscribed.run({ kind: 'change_plan', planId: 'pro' });
    expect(told(subscribed, 'plan.changed')).toMatchObject([{ fromPlanId: 'basic', toPlanId: 'pro' }]);
  });

  it('L143, E5: tells each step of collecting an invoice to who gets the invoices, and its payment in the end', () => {
    const fixture = new SubscriptionFixture('basic', {
      billing: { paymentTermDays: 7, retryDays: [3, 5] },
      pauses: [{ when: 'retries_exhausted', what: 'ai' }],
    });
    fixture.run({ kind: 'alert_email', email: 'ops@example.com' });
    fixture.addCard();
    const answer = (result: ChargeOutcome) => {
      const charge = [...fixture.charges.values()].find(
        ({ status }) => status !== 'succeeded' && status !== 'failed',
      );
      if (charge === undefined) throw new Error('No charge waits');
      fixture.decide((context) =>
        decideChargeResult(context, charge, fixture.invoices.get(charge.invoiceId ?? ''), result),
      );
    };
    const declined = { outcome: 'failed', message: 'Your card was declined.' } as const;
    answer(declined);
    fixture.moveTo('2026-06-04T00:00:00.000Z');
    answer({ outcome: 'needs_action', actionUrl: 'https://bank.example.com/confirm' });
    answer(declined);
    fixture.moveTo('2026-06-09T00:00:00.000Z');
    answer(declined);
    expect(fixture.subscription.status).toBe('paused');
    const steps = [...fixture.notices.values()].filter(({ subject }) => 'invoiceId' in subject);
    expect(steps.map(({ subject }) => subject.type)).toEqual([
      'invoice.payment_failed',
      'invoice.action_needed',
      'invoice.payment_failed',
      'invoice.retries_exhausted',
    ]);
    expect(steps.every(({ mailTo }) => mailTo === 'ops@example.com')).toBe(true);
    expect(told(fixture, 'invoice.retries_exhausted')).toMatchObject([
      { reason: 'Your card was declined.', failures: 3, nextChargeAtMs: null },
    ]);
    fixture.addCard();
    fixture.settleDue();
    answer({ outcome: 'succeeded' });
    expect(told(fixture, 'invoice.paid')).toMatchObject([{ amountDue: 0n }]);
    expect(fixture.subscription.status).toBe('active');
  });

  it('L143: tells a due date that passed without a payment method as one step, and each attempt after it', () => {
    const fixture = new SubscriptionFixture('basic', { billing: { paymentTermDays: 7, retryDays: [3, 5] } });
    fixture.moveTo('2026-06-30T00:00:00.000Z');
    const steps = [...fixture.notices.values()].map(({ subject }) => subject.type);
    expect(steps).toEqual(['invoice.payment_failed', 'invoice.payment_failed', 'invoice.retries_exhausted']);
  });

  it('L144: gives what is told the same id, whoever finds it due and whenever', () => {
    const late = new SubscriptionFixture('pro', { plans }).moveTo('2026-06-14T00:00:00.000Z');
    const inTime = new SubscriptionFixture('pro', { plans });
    for (let day = 2; day <= 14; day++)
      inTime.moveTo(`2026-06-${String(day).padStart(2, '0')}T00:00:00.000Z`);
    expect([...inTime.notices.keys()]).toEqual([...late.notices.keys()]);
  });
});
