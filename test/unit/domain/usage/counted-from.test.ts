import { decideEvent, decideVoid, formatAmount, type UsageRecord } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { countedFromMs } from '../../../../server/src/domain/usage/cycles.ts';
import fc from '../../../support/fast-check.ts';
import { memberRecord } from '../../../support/member-record.ts';
import { paidPlan, plansCatalogConfig, usd } from '../../../support/plans-catalog.ts';
import { at } from '../account-fixture.ts';
import { type Setting, SubscriptionFixture } from '../subscription/subscription-fixture.ts';

const hourMs = 3_600_000;
const overage = (included: string, rate: string) => [
  { metric: 'runs', included, policy: 'overage', beyond: 'invoice', overageRate: { amount: rate } } as const,
];
const plans = [
  ...plansCatalogConfig.plans,
  paidPlan('small', 5, { price: { month: usd('30'), year: usd('300') }, limits: overage('20', '0.5') }),
  paidPlan('large', 6, {
    price: { month: usd('60'), year: usd('600') },
    monthlyCredits: '500',
    limits: overage('40', '0.25'),
  }),
];

function fixtureOf(upgrade: Setting['upgrade'] = {}, planId = 'small'): SubscriptionFixture {
  const tools = [{ id: 'search', label: 'Search', prices: [{ amount: '2' }] }];
  const fixture = new SubscriptionFixture(planId, { upgrade, plans, tools });
  fixture.member = memberRecord({ allocations: { runs: 1_000_000_000n } });
  return fixture;
}

function report(fixture: SubscriptionFixture, runs: number, atMs = fixture.nowMs): UsageRecord {
  const items = [
    { metric: 'runs', quantity: String(runs) },
    { tool: 'search', calls: runs },
  ];
  return fixture.decide((context) =>
    decideEvent(context, { atMs, items, dimensions: { memberId: 'ada' }, backfill: false }),
  ).usage;
}

function takeBack(fixture: SubscriptionFixture, usage: UsageRecord): void {
  const known = { owed: 0n, terms: new Map(), paidSince: [], isUncounted: false, task: undefined };
  fixture.decide((context) => decideVoid(context, { usage, ...known, reason: 'A test' }));
}

/** Runs, charges and the member's runs: as the account counts them, and as history has them since that began. */
function figures(fixture: SubscriptionFixture): { counted: string[]; history: string[]; from: string } {
  const { state } = fixture;
  const { counters, spent, byMember } = state.usage;
  const fromMs = countedFromMs(state);
  let [runs, charged] = [0n, 0n];
  for (const { atMs, counts, charge } of fixture.usage.values()) {
    if (atMs < fromMs) continue;
    charged += charge;
    for (const { quantity } of counts) runs += quantity;
  }
  const counted = [counters.runs, spent.credits, byMember.runs?.ada].map((sum = 0n) => formatAmount(sum));
  return { counted, history: [runs, charged, runs].map(formatAmount), from: new Date(fromMs).toISOString() };
}

const upgraded = (fixture: SubscriptionFixture, planId: string, when: string) => {
  fixture.moveTo(when);
  fixture.run({ kind: 'change_plan', planId });
};

describe('the figures of a cycle', () => {
  it('D7, L135: go on over an upgrade that begins a cycle, and count from where the cycle before counted', () => {
    const fixture = fixtureOf({ period: 'restart' });
    fixture.moveTo('2026-06-03T00:00:00.000Z');
    report(fixture, 10);
    upgraded(fixture, 'large', '2026-06-16T12:00:00.000Z');
    expect(fixture.state.usage.startsAtMs).toBe(at('2026-06-16T12:00:00.000Z'));
    const same = ['10', '20', '10'];
    expect(figures(fixture)).toEqual({ counted: same, history: same, from: '2026-06-01T00:00:00.000Z' });
    fixture.moveTo('2026-07-16T12:00:00.000Z');
    expect(figures(fixture)).toEqual({
      counted: ['0', '0', '0'],
      history: ['0', '0', '0'],
      from: '2026-07-16T12:00:00.000Z',
    });
  });

  it.each(['restart', 'keep'] as const)(
    'D7, L135: count from an upgrade that starts them again, charges too, where the period is to %s',
    (period) => {
      const fixture = fixtureOf({ period, counters: 'restart' });
      fixture.moveTo('2026-06-03T00:00:00.000Z');
      report(fixture, 10);
      upgraded(fixture, 'large', '2026-06-16T12:00:00.000Z');
      const none = ['0', '0', '0'];
      expect(figures(fixture)).toEqual({ counted: none, history: none, from: '2026-06-16T12:00:00.000Z' });
    },
  );

  it('L135: take what comes late, or is voided, from before an upgrade over which they went on', () => {
    const fixture = fixtureOf({ period: 'restart' });
    fixture.moveTo('2026-06-03T00:00:00.000Z');
    const early = report(fixture, 10);
    upgraded(fixture, 'large', '2026-06-16T00:00:00.000Z');
    report(fixture, 3, at('2026-06-10T00:00:00.000Z'));
    expect(figures(fixture).counted).toEqual(['13', '26', '13']);
    takeBack(fixture, early);
    expect(figures(fixture).counted).toEqual(['3', '6', '3']);
  });

  it('L135, L140: an alert is told once while figures go on, and again once they have started again', () => {
    const fixture = fixtureOf({ period: 'restart' });
    fixture.run({ kind: 'alerts', metric: 'runs', amounts: ['5'] });
    report(fixture, 10);
    const told = () =>
      [...fixture.notices.values()].filter(({ subject }) => subject.type === 'usage.alert').length;
    expect(told()).toBe(1);
    upgraded(fixture, 'large', '2026-06-16T00:00:00.000Z');
    report(fixture, 1);
    expect(told()).toBe(1);
    fixture.moveTo('2026-07-20T00:00:00.000Z');
    report(fixture, 10);
    expect(told()).toBe(2);
  });

  it('L135: are the sums of history in random histories of upgrades, late uses and voids', () => {
    const seen = { upgrades: 0, wentOn: 0, startedAgain: 0, late: 0, voided: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom('restart', 'keep', 'restart_when_first_paid'),
        fc.constantFrom('keep', 'restart'),
        fc.array(
          fc.oneof(
            fc.record({
              kind: fc.constant('use'),
              runs: fc.integer({ min: 1, max: 30 }),
              hoursAgo: fc.constantFrom(0, 0, 30, 300, 700),
            }),
            fc.record({
              kind: fc.constant('plan'),
              planId: fc.constantFrom('free', 'basic', 'pro', 'small', 'large'),
              interval: fc.constantFrom('month', 'year'),
            }),
            fc.record({ kind: fc.constant('void'), which: fc.nat({ max: 5 }) }),
            fc.record({ kind: fc.constant('wait'), hours: fc.constantFrom(5, 30, 200, 400, 800) }),
          ),
          { minLength: 4, maxLength: 24 },
        ),
        (period, counters, steps) => {
          const fixture = fixtureOf({ period, counters }, 'free');
          const startMs = fixture.nowMs;
          const reported: UsageRecord[] = [];
          for (const step of steps) {
            // No two things happen at one instant.
            fixture.nowMs += 1;
            fixture.settleDue();
            const before = countedFromMs(fixture.state);
            switch (step.kind) {
              case 'use': {
                const atMs = Math.max(startMs + 1, fixture.nowMs - step.hoursAgo * hourMs);
                if (atMs < fixture.state.usage.startsAtMs) seen.late += 1;
                reported.push(report(fixture, step.runs, atMs));
                break;
              }
              case 'plan': {
                const cycle = fixture.state.usage.startsAtMs;
                const isRefused = fixture.refusal({ ...step, kind: 'change_plan' }) !== null;
                if (!isRefused && fixture.state.usage.startsAtMs !== cycle) seen.upgrades += 1;
                if (!isRefused && countedFromMs(fixture.state) !== before) seen.startedAgain += 1;
                if (countedFromMs(fixture.state) < fixture.state.usage.startsAtMs) seen.wentOn += 1;
                break;
              }
              case 'void': {
                const [use] = reported.splice(step.which, 1);
                if (use === undefined) break;
                takeBack(fixture, use);
                seen.voided += 1;
                break;
              }
              case 'wait':
                fixture.nowMs += step.hours * hourMs;
                fixture.settleDue();
            }
            const { counted, history } = figures(fixture);
            expect(counted).toEqual(history);
          }
        },
      ),
      { numRuns: 300 },
    );
    for (const [what, times] of Object.entries(seen)) expect([what, times > 30]).toEqual([what, true]);
  });
});
