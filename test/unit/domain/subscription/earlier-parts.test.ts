import { apiBounds, type PlanConfig, type PlanLimitConfig } from '@usagekit/server/contract';
import {
  type ChangeTask,
  decideChangePlan,
  decideChangeTask,
  decideCreateTask,
  decideEvent,
  decideVoid,
  type TaskOutcome,
  type TaskRecord,
  type UsageRecord,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { paidPlan, usd } from '../../../support/plans-catalog.ts';
import { at } from '../account-fixture.ts';
import { SubscriptionFixture } from './subscription-fixture.ts';

const plan = (
  id: string,
  rank: number,
  { included, rate, ...change }: Partial<PlanLimitConfig> & { readonly rate: string },
  more: Partial<PlanConfig> = {},
): PlanConfig =>
  paidPlan(id, rank, {
    price: { month: usd('30') },
    limits: [
      {
        metric: 'runs',
        included: included ?? '0',
        policy: 'overage',
        beyond: 'invoice',
        overageRate: { amount: rate },
        ...change,
      },
    ],
    ...more,
  });
const a = plan('a', 1, { included: '100', rate: '0.1' });
const b = plan('b', 2, { included: '500', rate: '0.05' });

function reported(fixture: SubscriptionFixture, quantity: string, when?: string): UsageRecord {
  return fixture.decide((context) =>
    decideEvent(context, {
      atMs: when === undefined ? fixture.nowMs : at(when),
      items: [{ metric: 'runs', quantity }],
      dimensions: {},
      backfill: false,
    }),
  ).usage;
}

function takenBack(fixture: SubscriptionFixture, usage: UsageRecord): void {
  fixture.decide((context) =>
    decideVoid(context, {
      usage,
      owed: 0n,
      terms: new Map(),
      paidSince: [],
      isUncounted: false,
      task: undefined,
      reason: 'A test',
    }),
  );
}

function moved(fixture: SubscriptionFixture, planId: string, when: string): SubscriptionFixture {
  fixture.moveTo(when);
  fixture.decide((context) => decideChangePlan(context, { planId, memberId: null, atOnce: true }));
  return fixture;
}

const holdExpiresAtMs = at('2026-06-30T00:00:00.000Z');

function startedTask(fixture: SubscriptionFixture): TaskRecord {
  return taskOf(
    fixture.decide((context) =>
      decideCreateTask(context, {
        id: 'task',
        name: 'A test',
        dimensions: {},
        status: 'in_progress',
        estimate: null,
        holdExpiresAtMs,
      }),
    ),
  );
}

function changedTask(
  fixture: SubscriptionFixture,
  task: TaskRecord,
  change: Omit<ChangeTask, 'holdExpiresAtMs'>,
): TaskRecord {
  return taskOf(fixture.decide((context) => decideChangeTask(context, task, { ...change, holdExpiresAtMs })));
}

function taskOf(outcome: TaskOutcome): TaskRecord {
  if (outcome.outcome === 'refused') throw new Error(outcome.refusal.reason);
  return outcome.task;
}

/** Lines of use so far, and the runs that the present cycle is going to bill. */
function billedUse(fixture: SubscriptionFixture): string[] {
  const lines = fixture.lines.filter(({ kind }) => kind === 'overage' || kind === 'late_usage');
  return lines.map(({ quantity, amount }) => `${Number(quantity) / 1e6} for ${Number(amount) / 1e6}`);
}

describe('an earlier part of a cycle', () => {
  it('D7, L230: prices what comes late from before an upgrade by the plan of that time', () => {
    const fixture = new SubscriptionFixture('a', { plans: [a, b] });
    reported(fixture, '80');
    moved(fixture, 'b', '2026-06-16T00:00:00.000Z');
    reported(fixture, '220');
    // 80 and 50 are 30 more than the 100 of plan a.
    const late = reported(fixture, '50', '2026-06-10T00:00:00.000Z');
    expect(late.invoiced).toEqual([{ metric: 'runs', quantity: 30_000_000n, fromMs: null }]);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(billedUse(fixture)).toEqual(['30 for 3']);
    const [line] = fixture.lines.filter(({ kind }) => kind === 'late_usage');
    expect(line).toMatchObject({
      coversFromMs: at('2026-06-01T00:00:00.000Z'),
      coversToMs: at('2026-06-16T00:00:00.000Z'),
    });
  });

  it('D7, L230: gives back what a use before an upgrade cost when it is voided after it', () => {
    const fixture = new SubscriptionFixture('a', { plans: [a, b] });
    reported(fixture, '100');
    const voided = reported(fixture, '50');
    moved(fixture, 'b', '2026-06-16T00:00:00.000Z');
    takenBack(fixture, voided);
    expect(fixture.state.usage.counters.runs).toBe(100_000_000n);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(billedUse(fixture)).toEqual(['50 for 5', '-50 for -5']);
  });

  it('L230: keeps the terms of an ended cycle over a change of plan, both ways', () => {
    const fixture = new SubscriptionFixture('b', { plans: [a, b] });
    reported(fixture, '400');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    moved(fixture, 'a', '2026-07-02T00:00:00.000Z');
    // Of the 500 of plan b 100 were left in June; plan a would have charged all of them.
    reported(fixture, '110', '2026-06-10T00:00:00.000Z');
    fixture.moveTo('2026-08-01T00:00:00.000Z');
    expect(billedUse(fixture)).toEqual(['10 for 0.5']);
  });

  it('L230: charges nothing for late use of a time whose plan charged nothing beyond its limit', () => {
    const hard = paidPlan('h', 1, {
      price: { month: usd('30') },
      limits: [{ metric: 'runs', included: '100', policy: 'hard' }],
    });
    const fixture = new SubscriptionFixture('h', { plans: [hard, b] });
    reported(fixture, '100');
    moved(fixture, 'b', '2026-06-16T00:00:00.000Z');
    reported(fixture, '450', '2026-06-10T00:00:00.000Z');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    // It counts all the same, as if plan b had begun with 550.
    expect(fixture.state.earlierCycles[0]?.counters.runs).toBe(550_000_000n);
    expect(billedUse(fixture)).toEqual([]);
  });

  it('L231: commcare-hq#37930: what was paid beyond the first allowance leaves the second one whole', () => {
    const fixture = new SubscriptionFixture('a', { plans: [a, b] });
    reported(fixture, '150');
    moved(fixture, 'b', '2026-06-16T00:00:00.000Z');
    reported(fixture, '400');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(billedUse(fixture)).toEqual(['50 for 5']);
  });

  it('L231: counts what was paid towards the units beyond the allowance that the account admits', () => {
    const capped = { additionalUse: { default: '60' } };
    const fixture = new SubscriptionFixture('a', {
      plans: [
        plan('a', 1, { included: '100', rate: '0.1', ...capped }),
        plan('b', 2, { included: '500', rate: '0.05', ...capped }),
      ],
    });
    expect(fixture.gate('runs', '150')).toBe('allowed');
    moved(fixture, 'b', '2026-06-16T00:00:00.000Z');
    // 400 of the allowance are left, and 10 of the 60 beyond it.
    expect([fixture.gate('runs', '411'), fixture.gate('runs', '410')]).toEqual([
      'additional_use_exhausted',
      'allowed',
    ]);
  });

  it('L232: measures the later parts again, so that what comes late bills as if it had come in time', () => {
    const inTime = new SubscriptionFixture('a', { plans: [a, b] });
    reported(inTime, '80');
    reported(inTime, '50');
    moved(inTime, 'b', '2026-06-16T00:00:00.000Z');
    reported(inTime, '450');
    const late = new SubscriptionFixture('a', { plans: [a, b] });
    reported(late, '80');
    moved(late, 'b', '2026-06-16T00:00:00.000Z');
    reported(late, '450');
    const use = reported(late, '50', '2026-06-10T00:00:00.000Z');
    expect(use.invoiced).toEqual([
      { metric: 'runs', quantity: 30_000_000n, fromMs: null },
      { metric: 'runs', quantity: 20_000_000n, fromMs: at('2026-06-16T00:00:00.000Z') },
    ]);
    for (const fixture of [inTime, late]) fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(billedUse(inTime)).toEqual(['30 for 3', '50 for 2.5']);
    expect(billedUse(late).toSorted()).toEqual(billedUse(inTime).toSorted());
  });

  it('L232: leaves nothing behind of a late use that is voided', () => {
    const fixture = new SubscriptionFixture('a', { plans: [a, b] });
    reported(fixture, '80');
    moved(fixture, 'b', '2026-06-16T00:00:00.000Z');
    reported(fixture, '450');
    const before = fixture.state;
    const late = reported(fixture, '50', '2026-06-10T00:00:00.000Z');
    takenBack(fixture, late);
    const { counters, invoiced } = fixture.state.usage;
    expect([counters.runs, invoiced.runs]).toEqual([before.usage.counters.runs, before.usage.invoiced.runs]);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(billedUse(fixture)).toEqual(['30 for 3', '-30 for -3', '30 for 1.5']);
  });

  it('L230: gives back a use of the instant at which the plan changed in the part that counted it', () => {
    const fixture = new SubscriptionFixture('a', { plans: [a, b] });
    fixture.moveTo('2026-06-10T00:00:00.000Z');
    const before = reported(fixture, '150');
    moved(fixture, 'b', '2026-06-10T00:00:00.000Z');
    const after = reported(fixture, '40');
    takenBack(fixture, after);
    expect(fixture.state.usage.counters.runs).toBe(150_000_000n);
    takenBack(fixture, before);
    expect(fixture.state.usage.counters.runs).toBe(0n);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(billedUse(fixture)).toEqual(['50 for 5', '-50 for -5']);
  });

  it('L230: gives back a use of a part that ended at the instant at which it began', () => {
    const fixture = new SubscriptionFixture('a', { plans: [a, b] });
    moved(fixture, 'b', '2026-06-10T00:00:00.000Z');
    const between = reported(fixture, '550');
    moved(fixture, 'a', '2026-06-10T00:00:00.000Z');
    reported(fixture, '30');
    takenBack(fixture, between);
    expect(fixture.state.usage.counters.runs).toBe(30_000_000n);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    // The 30 that follow find the allowance of plan a again.
    expect(billedUse(fixture)).toEqual(['50 for 2.5', '-50 for -2.5']);
  });

  it('L230: gives back in the ended cycle a use of the instant at which an upgrade began another', () => {
    const fixture = new SubscriptionFixture('a', {
      plans: [a, b],
      upgrade: { period: 'restart', counters: 'restart' },
    });
    fixture.moveTo('2026-06-10T00:00:00.000Z');
    const before = reported(fixture, '150');
    moved(fixture, 'b', '2026-06-10T00:00:00.000Z');
    reported(fixture, '510');
    takenBack(fixture, before);
    expect(fixture.state.usage.counters.runs).toBe(510_000_000n);
    fixture.moveTo('2026-07-10T00:00:00.000Z');
    expect(billedUse(fixture).toSorted()).toEqual(['-50 for -5', '10 for 0.5', '50 for 5']);
  });

  it('L230, L357: gives back what a failed task counted at such an instant in the part that counted it', () => {
    const fixture = new SubscriptionFixture('a', { plans: [a, b], failedTaskCounts: 'give_back' });
    fixture.moveTo('2026-06-10T00:00:00.000Z');
    let task = changedTask(fixture, startedTask(fixture), { items: [{ metric: 'runs', quantity: '150' }] });
    moved(fixture, 'b', '2026-06-10T00:00:00.000Z');
    task = changedTask(fixture, task, { items: [{ metric: 'runs', quantity: '40' }] });
    reported(fixture, '30');
    changedTask(fixture, task, { status: 'failed' });
    expect(fixture.state.usage.counters.runs).toBe(30_000_000n);
    expect(fixture.state.earlierCycles[0]?.counters.runs).toBe(0n);
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(billedUse(fixture)).toEqual(['50 for 5', '-50 for -5']);
  });

  it('L230, L357: gives back what a failed task counted before an upgrade began another cycle in the same instant', () => {
    const fixture = new SubscriptionFixture('a', {
      plans: [a, b],
      failedTaskCounts: 'give_back',
      upgrade: { period: 'restart', counters: 'restart' },
    });
    fixture.moveTo('2026-06-10T00:00:00.000Z');
    const task = changedTask(fixture, startedTask(fixture), { items: [{ metric: 'runs', quantity: '150' }] });
    moved(fixture, 'b', '2026-06-10T00:00:00.000Z');
    reported(fixture, '510');
    changedTask(fixture, task, { status: 'failed' });
    expect(fixture.state.usage.counters.runs).toBe(510_000_000n);
    fixture.moveTo('2026-07-10T00:00:00.000Z');
    expect(billedUse(fixture).toSorted()).toEqual(['-50 for -5', '10 for 0.5', '50 for 5']);
  });

  describe('where credits come first', () => {
    const c = plan('c', 2, { included: '500', rate: '0.05', beyond: 'credits_then_invoice' });
    function upgraded(): SubscriptionFixture {
      const fixture = new SubscriptionFixture('a', { plans: [a, c] });
      reported(fixture, '80');
      moved(fixture, 'c', '2026-06-16T00:00:00.000Z');
      return fixture;
    }

    it('L234: bills in a later part what a late use moves beyond its allowance and no credits can pay', () => {
      const fixture = upgraded();
      reported(fixture, '450');
      const late = reported(fixture, '50', '2026-06-10T00:00:00.000Z');
      expect(late.invoiced).toEqual([
        { metric: 'runs', quantity: 30_000_000n, fromMs: null },
        { metric: 'runs', quantity: 20_000_000n, fromMs: at('2026-06-16T00:00:00.000Z') },
      ]);
      takenBack(fixture, late);
      fixture.moveTo('2026-07-01T00:00:00.000Z');
      expect(billedUse(fixture)).toEqual(['30 for 3', '-30 for -3', '30 for 1.5']);
    });

    it('L234: bills nothing there while credits could pay for it, and takes none of them', () => {
      const fixture = upgraded();
      fixture.grant('1000');
      reported(fixture, '450');
      const left = fixture.credits;
      const late = reported(fixture, '50', '2026-06-10T00:00:00.000Z');
      expect(late.invoiced).toEqual([{ metric: 'runs', quantity: 30_000_000n, fromMs: null }]);
      expect(fixture.credits).toBe(left);
      fixture.moveTo('2026-07-01T00:00:00.000Z');
      expect(billedUse(fixture)).toEqual(['30 for 3']);
    });

    it('L234: takes off a later part no more for a late use that is voided than it had added', () => {
      const fixture = upgraded();
      reported(fixture, '450');
      fixture.grant('1000');
      takenBack(fixture, reported(fixture, '50', '2026-06-10T00:00:00.000Z'));
      // Within the allowance of its own part, too.
      takenBack(fixture, reported(fixture, '15', '2026-06-10T00:00:00.000Z'));
      fixture.moveTo('2026-07-01T00:00:00.000Z');
      expect(billedUse(fixture)).toEqual(['30 for 3', '-30 for -3', '30 for 1.5']);
    });
  });

  it('L357: takes off an invoice only what it paid of a failed task’s use, not what credits paid', () => {
    const plans = [plan('c', 1, { included: '100', rate: '0.1', beyond: 'credits_then_invoice' })];
    const fixture = new SubscriptionFixture('c', { plans, failedTaskCounts: 'give_back' });
    reported(fixture, '100');
    fixture.grant('8');
    // A run beyond the allowance costs 0.1: credits pay for the 80 runs of the task, and the invoice for the 70 after them.
    const task = changedTask(fixture, startedTask(fixture), { items: [{ metric: 'runs', quantity: '80' }] });
    reported(fixture, '70');
    const { runs = 0n } = fixture.state.usage.invoiced;
    changedTask(fixture, task, { status: 'failed' });
    expect([runs, fixture.state.usage.invoiced.runs]).toEqual([70_000_000n, 70_000_000n]);
  });

  it('L230: keeps the terms of so many parts, and of the oldest ones together', () => {
    const fixture = new SubscriptionFixture('a', { plans: [a, b] });
    reported(fixture, '140');
    const days = apiBounds.cyclePartsKept + 3;
    for (let change = 0; change < days; change++)
      moved(
        fixture,
        change % 2 === 0 ? 'b' : 'a',
        `2026-06-${String(change + 2).padStart(2, '0')}T00:00:00.000Z`,
      );
    const { earlierCycles } = fixture.state;
    expect(earlierCycles).toHaveLength(apiBounds.cyclePartsKept);
    expect(earlierCycles.at(-1)?.startsAtMs).toBe(at('2026-06-01T00:00:00.000Z'));
    // The 40 that were paid stay paid.
    reported(fixture, '10');
    fixture.moveTo('2026-07-01T00:00:00.000Z');
    expect(billedUse(fixture)).toEqual(['40 for 4']);
  });
});
