import type { CatalogConfig, PlanConfig } from '@usagekit/server/contract';
import {
  availableOf,
  type BillableFact,
  type ChangePlan,
  DomainError,
  decideCancel,
  decideChangePlan,
  decideResume,
  formatAmount,
  noFacts,
  planOf,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { plansCatalog } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

/** An account in June, a month of 30 days, with what it was charged so far left out. */
function account(
  planId = 'basic',
  {
    now = '2026-06-01T00:00:00.000Z',
    timeZone = 'UTC',
    ...settings
  }: Partial<CatalogConfig> & {
    now?: string;
    timeZone?: string;
  } = {},
) {
  return new AccountFixture({ planId, timeZone }, { catalog: plansCatalog(settings), now });
}

const change = (fixture: AccountFixture, command: Omit<ChangePlan, 'memberId'>) =>
  fixture.decide((context) => decideChangePlan(context, { memberId: null, ...command }));

const lines = (facts: readonly BillableFact[]) =>
  facts.map(({ label, amount }) => `${label} ${formatAmount(amount)}`);

/** A plan that costs ten more a month. */
const dear = (plan: PlanConfig): PlanConfig => {
  const month = plan.price?.month;
  if (month === undefined) return plan;
  return { ...plan, price: { month: { ...month, amount: String(Number(month.amount) + 10) } } };
};

const credits = (fixture: AccountFixture) => formatAmount(availableOf(fixture.state.wallet, 'credits'));

describe('a change of plan', () => {
  it('L102, L107, L109, B9: goes up at once, gives back the rest of what was paid and charges the rest of the new', () => {
    const fixture = account().moveTo('2026-06-11T00:00:00.000Z');
    const first = change(fixture, { planId: 'pro' });
    expect(first.takesEffect).toBe('now');
    expect(lines(first.billables)).toEqual(['basic plan -20', 'pro plan 40']);
    expect(formatAmount(first.dueNow.total)).toBe('20');
    // What is given back is a part of the price, not of what the last invoice came to.
    fixture.moveTo('2026-06-21T00:00:00.000Z');
    const second = change(fixture, { planId: 'max' });
    expect(lines(second.billables)).toEqual(['pro plan -20', 'max plan 30']);
    expect(fixture.state.subscription.period).toMatchObject({
      endsAtMs: Date.parse('2026-07-01T00:00:00.000Z'),
    });
  });

  it('L102, B9: goes down with the end of the period, and charges the lower plan from then on', () => {
    const fixture = account('pro').moveTo('2026-06-11T00:00:00.000Z');
    const down = change(fixture, { planId: 'basic' });
    expect(down).toMatchObject({
      takesEffect: 'boundary',
      effectiveAtMs: Date.parse('2026-07-01T00:00:00.000Z'),
      billables: [],
      dueNow: { total: 0n },
      next: { atMs: Date.parse('2026-07-01T00:00:00.000Z'), sums: { total: 30_000_000n } },
    });
    expect(fixture.state.profile.planId).toBe('pro');
    const before = fixture.lines.length;
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.state.profile.planId).toBe('basic');
    expect(fixture.state.subscription.scheduled).toBeNull();
    expect(fixture.lines.slice(before)).toMatchObject([{ subject: 'basic plan', amount: 30_000_000n }]);
    expect(credits(fixture)).toBe('100');
  });

  it('L106: renews each period, and makes a line for each with ids that follow from its start', () => {
    const fixture = account('basic', { now: '2026-01-31T00:00:00.000Z' }).moveTo('2026-05-01T00:00:00.000Z');
    const { lines: billed } = fixture;
    expect(billed.map(({ coversFromMs }) => new Date(coversFromMs).toISOString().slice(0, 10))).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
    expect(new Set(billed.map(({ id }) => id)).size).toBe(4);
    for (const [index, { coversFromMs }] of billed.entries())
      if (index > 0) expect(coversFromMs).toBe(billed[index - 1]?.coversToMs);
  });

  it('L106: charges a year once, and grants its credits month by month', () => {
    const fixture = account();
    change(fixture, { planId: 'basic', interval: 'year' });
    fixture.moveTo('2027-05-31T23:59:59.999Z');
    const yearly = fixture.lines.filter(({ amount }) => amount === 300_000_000n);
    expect(yearly).toHaveLength(1);
    const grants = fixture.ledger.filter(({ kind, amount }) => kind === 'grant' && amount === 100_000_000n);
    expect(grants).toHaveLength(13);
    fixture.moveTo('2027-06-01T00:00:00.000Z');
    expect(fixture.lines.at(-1)).toMatchObject({ amount: 300_000_000n, share: null });
  });

  it('L102: takes a year instead of a month at once, and a month instead of a year at the boundary', () => {
    const fixture = account().moveTo('2026-06-16T00:00:00.000Z');
    const yearly = change(fixture, { planId: 'basic', interval: 'year' });
    expect(lines(yearly.billables)).toEqual(['basic plan -15', 'basic plan 300']);
    const monthly = change(fixture, { planId: 'basic', interval: 'month' });
    expect(monthly).toMatchObject({
      takesEffect: 'boundary',
      effectiveAtMs: Date.parse('2027-06-16T00:00:00.000Z'),
    });
  });

  it('L107, L110: charges a first, shorter period by its days where every period begins on the 1st', () => {
    const fixture = account('basic', { anchor: 'first_of_month', now: '2026-08-10T09:30:00.000Z' });
    // 22 of 31 days.
    expect(fixture.lines).toMatchObject([{ amount: 21_290_000n, share: { part: 22, of: 31 } }]);
    fixture.moveTo('2026-09-01T00:00:00.000Z');
    expect(fixture.lines[1]).toMatchObject({ amount: 30_000_000n, share: null });
  });

  it('L107: counts to the millisecond where the catalog says so, and nothing where it says that', () => {
    const exact = account('basic', { proration: 'exact' }).moveTo('2026-06-16T12:00:00.000Z');
    expect(lines(change(exact, { planId: 'pro' }).billables)).toEqual(['basic plan -14.5', 'pro plan 29']);
    const none = account('basic', { proration: 'none' }).moveTo('2026-06-16T12:00:00.000Z');
    expect(change(none, { planId: 'pro' }).dueNow.total).toBe(0n);
  });

  it('L108: rounds each line by itself, half a cent away from zero, and sums what is shown', () => {
    const fixture = account('low', {
      plans: [
        {
          id: 'low',
          name: 'Low',
          rank: 0,
          kind: 'paid',
          price: { month: { amount: '10', currency: 'USD' } },
          limits: [],
        },
        {
          id: 'high',
          name: 'High',
          rank: 1,
          kind: 'paid',
          price: { month: { amount: '20', currency: 'USD' } },
          limits: [],
        },
      ],
      now: '2026-07-01T00:00:00.000Z',
    }).moveTo('2026-07-15T00:00:00.000Z');
    const upgraded = change(fixture, { planId: 'high' });
    expect(lines(upgraded.billables)).toEqual(['Low plan -5.48', 'High plan 10.97']);
    expect(formatAmount(upgraded.dueNow.total)).toBe('5.49');
  });

  it('L110: begins a period with the first that is paid for, where the anchor is the start', () => {
    const fixture = account('free').moveTo('2026-06-11T08:00:00.000Z');
    const upgraded = change(fixture, { planId: 'pro' });
    expect(lines(upgraded.billables)).toEqual(['pro plan 60']);
    expect(fixture.state.profile.anchorAtMs).toBe(Date.parse('2026-06-11T08:00:00.000Z'));
    expect(fixture.state.subscription.period.endsAtMs).toBe(Date.parse('2026-07-11T08:00:00.000Z'));
    expect(credits(fixture)).toBe('250');
  });

  it.each([
    ['full', '350'],
    ['difference', '250'],
    ['prorated', '200'],
    ['next_cycle', '100'],
  ] as const)('L111: grants an upgrade by the rule %s', (rule, left) => {
    const fixture = account('basic', { upgrade: { credits: rule } }).moveTo('2026-06-11T00:00:00.000Z');
    change(fixture, { planId: 'pro' });
    expect(credits(fixture)).toBe(left);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(credits(fixture)).toBe('250');
  });

  it('L111: keeps counters, or starts them again where the catalog says so', () => {
    for (const counters of ['keep', 'restart'] as const) {
      const fixture = account('basic', { upgrade: { counters } }).moveTo('2026-06-11T00:00:00.000Z');
      fixture.use([{ metric: 'runs', quantity: '40' }]);
      change(fixture, { planId: 'pro' });
      expect(fixture.state.usage.counters.runs ?? 0n).toBe(counters === 'keep' ? 40_000_000n : 0n);
    }
  });

  it('L103: lets a later change take the place of a scheduled one, and tells what it takes back', () => {
    const fixture = account('pro').moveTo('2026-06-11T00:00:00.000Z');
    change(fixture, { planId: 'basic' });
    expect(change(fixture, { planId: 'free' }).clears).toEqual(['scheduled_change']);
    fixture.decide((context) => decideCancel(context, { memberId: null }));
    expect(change(fixture, { planId: 'max' }).clears).toEqual(['scheduled_cancellation']);
    fixture.moveTo('2026-08-01T00:00:00.000Z');
    expect(fixture.state.profile.planId).toBe('max');
  });

  it('L103: refuses what the account has, what has no price, what sales agree on and what is not there', () => {
    const fixture = account();
    const refusal = (command: Omit<ChangePlan, 'memberId'>, memberId: string | null = null) => {
      try {
        fixture.decide((context) => decideChangePlan(context, { ...command, memberId }));
      } catch (error) {
        if (error instanceof DomainError) return `${error.code} ${error.pointer}`;
        throw error;
      }
      return 'allowed';
    };
    const before = fixture.state;
    expect(refusal({ planId: 'basic' })).toBe('conflict /planId');
    expect(refusal({ planId: 'max', interval: 'year' })).toBe('invalid_request /interval');
    expect(refusal({ planId: 'enterprise' }, 'ada')).toBe('conflict /planId');
    expect(refusal({ planId: 'gold' })).toBe('unknown_plan /planId');
    expect(fixture.state).toBe(before);
  });

  it('L105: ends a cancelled subscription with what is paid, and lets it be resumed until then', () => {
    const fixture = account('basic', { cancelling: { rule: 'boundary', planAfter: 'free' } });
    const cancelled = fixture.decide((context) => decideCancel(context, { memberId: 'ada' }));
    expect(cancelled).toMatchObject({ takesEffect: 'boundary', next: { sums: { total: 0n } } });
    fixture.decide((context) => decideResume(context, { memberId: 'ada' }));
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(fixture.state.profile.planId).toBe('basic');
    fixture.decide((context) => decideCancel(context, { memberId: 'ada' }));
    expect(() => fixture.decide((context) => decideCancel(context, { memberId: 'ada' }))).toThrow(
      DomainError,
    );
    fixture.moveTo('2026-08-01T00:00:00.000Z');
    expect(fixture.state.profile.planId).toBe('free');
    expect(() => fixture.decide((context) => decideResume(context, { memberId: 'ada' }))).toThrow(
      DomainError,
    );
  });

  it('L105: ends without a plan where the catalog names none, and grants and charges nothing any more', () => {
    const fixture = account();
    fixture.decide((context) => decideCancel(context, { memberId: null }));
    fixture.moveTo('2026-09-01T00:00:00.000Z');
    expect(fixture.state.subscription.status).toBe('cancelled');
    expect(fixture.lines).toHaveLength(1);
    expect(credits(fixture)).toBe('0');
    change(fixture, { planId: 'basic' });
    expect(fixture.state.subscription).toMatchObject({ status: 'active' });
    expect(credits(fixture)).toBe('100');
  });

  it('L105, D8: goes down to a plan where that is how it is cancelled, and cancels by nobody who may not', () => {
    const down = account('basic', { cancelling: { rule: 'by_plan', planAfter: 'free' } });
    expect(down.decide((context) => decideCancel(context, { memberId: 'ada' })).takesEffect).toBe('boundary');
    expect(down.state.subscription.scheduled).toMatchObject({ kind: 'change', planId: 'free' });
    const organization = account('basic', { cancelling: { rule: 'boundary', accountKinds: ['person'] } });
    expect(() => organization.decide((context) => decideCancel(context, { memberId: 'ada' }))).toThrow(
      'cannot cancel by itself',
    );
  });

  it('L100: charges the price that was chosen until another plan is, and the present one when it is chosen again', () => {
    const fixture = account();
    const dearer = plansCatalog({ plans: fixture.catalog.config.plans.map(dear) }, 2);
    const basic = fixture.catalog.plans.get('basic');
    if (basic === undefined) throw new Error('There is no plan basic');
    // As the app hands it in: the latest, with the account's own plan as it was chosen.
    const own = { ...dearer, plans: new Map(dearer.plans).set('basic', basic) };
    fixture.moveTo('2026-06-16T00:00:00.000Z');
    const up = fixture.decide((context) =>
      decideChangePlan({ ...context, catalog: own }, { planId: 'pro', memberId: null }),
    );
    expect(lines(up.billables)).toEqual(['basic plan -15', 'pro plan 35']);
    expect(fixture.state.profile).toMatchObject({ planId: 'pro', catalogVersion: 2 });
    fixture.moveTo('2026-06-30T00:00:00.000Z');
    const down = fixture.decide((context) =>
      decideChangePlan({ ...context, catalog: dearer }, { planId: 'basic', memberId: null }),
    );
    expect(down.next?.sums.total).toBe(40_000_000n);
  });

  it('L101: includes what was bought in addition to the plan, while it is held', () => {
    const fixture = account('basic', {
      addOns: [
        {
          id: 'runs',
          label: '50 runs',
          price: { month: { amount: '5', currency: 'USD' } },
          allowance: { metric: 'runs', quantity: '50' },
          feature: 'long_runs',
        },
      ],
    });
    const withTwo = { ...fixture.state.subscription, addOns: { runs: { now: 2, next: 0 } } };
    fixture.state = { ...fixture.state, subscription: withTwo };
    const plan = planOf(fixture.state, fixture.catalog);
    expect(plan.limits.get('runs')?.included).toBe(200_000_000n);
    expect(plan.features.has('long_runs')).toBe(true);
    expect(fixture.use([{ metric: 'runs', quantity: '200' }]).outcome).toBe('allowed');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(planOf(fixture.state, fixture.catalog).limits.get('runs')?.included).toBe(100_000_000n);
  });

  it('L104: is previewed by the decision that does it', () => {
    const fixture = account().moveTo('2026-06-11T00:00:00.000Z');
    const before = fixture.state;
    const preview = fixture.decide((context) => {
      const { outcome } = decideChangePlan(context, { planId: 'pro', memberId: null });
      return { outcome, state: context.state, facts: noFacts };
    });
    expect(fixture.state).toBe(before);
    const { billables, ...done } = change(fixture, { planId: 'pro' });
    expect({ ...done, lines: lines(billables) }).toEqual({
      ...done,
      takesEffect: preview.takesEffect,
      dueNow: preview.dueNow,
      next: preview.next,
      credits: preview.credits,
      lines: lines(preview.billables),
    });
  });

  it('L112, L63: comes to the same whether it is looked at often or once, late', () => {
    const run = (steps: readonly string[]) => {
      const fixture = account('pro', { now: '2026-01-31T10:00:00.000Z', timeZone: 'Europe/Berlin' });
      change(fixture, { planId: 'basic' });
      for (const step of steps) fixture.moveTo(step);
      return { state: fixture.state, ledger: fixture.ledger.map(({ recordedAtMs: _, ...entry }) => entry) };
    };
    const days = Array.from({ length: 120 }, (_, day) =>
      new Date(Date.parse('2026-01-31T12:00:00.000Z') + day * 86_400_000).toISOString(),
    );
    expect(run([days.at(-1) ?? ''])).toEqual(run(days));
  });
});
