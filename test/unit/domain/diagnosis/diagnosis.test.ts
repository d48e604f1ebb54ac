import type { Item } from '@usagekit/server/contract';
import {
  decideChangeTask,
  decideCreateTask,
  formatAmount,
  type TaskRecord,
  type UsageRecord,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import type { Cause, Seen } from '../../../../server/src/domain/diagnosis/causes.ts';
import { diagnose } from '../../../../server/src/domain/diagnosis/diagnosis.ts';
import { findSpike, medianOf } from '../../../../server/src/domain/usage/spike.ts';
import fc from '../../../support/fast-check.ts';
import { memberRecord } from '../../../support/member-record.ts';
import { AccountFixture } from '../account-fixture.ts';

/** An account that remembers its uses and tasks, as a store does, so that it can be diagnosed. */
class Patient extends AccountFixture {
  readonly uses: UsageRecord[] = [];
  readonly tasks = new Map<string, TaskRecord>();
  days: Seen['days'] = new Map();

  spend(items: Item[]): this {
    const outcome = this.use(items);
    if (outcome.outcome === 'refused') throw new Error(outcome.refusal.reason);
    this.uses.push(outcome.usage);
    return this;
  }

  start(id: string, status: 'pending' | 'in_progress', estimate: Item[] | null = null): this {
    const outcome = this.decide((context) =>
      decideCreateTask(context, {
        id,
        name: id,
        dimensions: {},
        status,
        estimate,
        holdExpiresAtMs: this.nowMs + 86_400_000,
      }),
    );
    if (outcome.outcome === 'refused') throw new Error(outcome.refusal.reason);
    this.tasks.set(id, outcome.task);
    return this;
  }

  change(id: string, change: Partial<Parameters<typeof decideChangeTask>[2]>): this {
    const task = this.tasks.get(id);
    if (task === undefined) throw new Error(`no task ${id}`);
    const outcome = this.decide((context) =>
      decideChangeTask(context, task, { holdExpiresAtMs: this.nowMs + 86_400_000, ...change }),
    );
    if (outcome.outcome === 'refused') throw new Error(outcome.refusal.reason);
    this.tasks.set(id, outcome.task);
    return this;
  }

  later(minutes: number): this {
    this.nowMs += minutes * 60_000;
    this.settleDue();
    return this;
  }

  diagnose() {
    const latest = [...this.tasks.values()].toSorted((a, b) => b.createdAtMs - a.createdAtMs);
    const before = this.state;
    const facts = diagnose(
      {
        state: this.state,
        catalog: this.catalog,
        member: this.member,
        nowMs: this.nowMs,
        recordedAtMs: this.nowMs,
        commandId: 'diagnosis',
      },
      {
        tasks: {
          latest,
          pending: latest.filter(({ status }) => status === 'pending'),
          running: latest.filter(({ status }) => status === 'in_progress'),
        },
        uses: this.uses,
        days: this.days,
      },
    );
    expect(this.state).toBe(before);
    return facts;
  }

  /** Such as `usage blocking insufficient_credits`. */
  findings(): string[] {
    return this.diagnose().causes.map((cause) => `${cause.area} ${cause.severity} ${nameOf(cause)}`);
  }
}

function nameOf(cause: Cause): string {
  if (cause.kind === 'gate_refuses') return cause.refusal.reason;
  if (cause.kind === 'limit_near') return `${cause.kind} ${cause.standing.metric}`;
  return cause.kind;
}

const search = (calls: number): Item[] => [{ tool: 'search', calls }];
const emails = (quantity: string): Item[] => [{ metric: 'emails', quantity }];
const of = <Kind extends Cause['kind']>(causes: readonly Cause[], kind: Kind) => {
  const found = causes.find((cause) => cause.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} among ${causes.map(nameOf)}`);
  return found as Extract<Cause, { kind: Kind }>;
};

describe('why work is blocked', () => {
  it('A11: finds nothing on an account where work goes through', () => {
    expect(new Patient().spend(search(2)).findings()).toEqual([]);
  });

  it('A11, L71: says that credits are short exactly where the gate refuses one more typical use', () => {
    const account = new Patient().spend(search(20)).spend(search(20));
    expect(account.findings()).toEqual(['usage blocking insufficient_credits']);
    expect(of(account.diagnose().causes, 'gate_refuses').refusal).toMatchObject({
      requested: 40_000_000n,
      available: 20_000_000n,
    });
    account.grant('20');
    expect(account.findings()).toEqual(['usage warning credits_low']);
  });

  it('A11, L71: agrees with the gate about one more use like the latest, whatever was used', () => {
    const use = fc.record({
      calls: fc.integer({ min: 1, max: 12 }),
      tokens: fc.integer({ min: 0, max: 4_000 }),
      emails: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(use, fc.integer({ min: 1, max: 12 }), ({ calls, tokens, emails: count }, times) => {
        const account = new Patient();
        const items: Item[] = [
          ...search(calls),
          { model: 'meter-1', inputTokens: tokens, outputTokens: tokens },
          ...(count > 0 ? emails(String(count)) : []),
        ];
        let passed = 0;
        for (let time = 0; time < times; time++) {
          const outcome = account.use(items);
          if (outcome.outcome === 'refused') break;
          account.uses.push(outcome.usage);
          passed += 1;
        }
        fc.pre(passed > 0);
        const { causes } = account.diagnose();
        const refused = account.use(items);
        const blocked = causes.filter(({ severity }) => severity === 'blocking');
        expect(blocked.length > 0).toBe(refused.outcome === 'refused');
        if (refused.outcome === 'refused') expect(blocked.map(nameOf)).toContain(refused.refusal.reason);
      }),
    );
  });

  it('A11, L71: tells what a run under the account’s own key costs now, which is nothing', () => {
    const account = new Patient().spend([{ model: 'meter-1', inputTokens: 60_000 }]);
    expect(account.findings()).toEqual(['usage blocking insufficient_credits']);
    account.state = {
      ...account.state,
      profile: { ...account.state.profile, ownKeys: { beta: { label: 'Ours', lastFour: '1234' } } },
    };
    expect(account.findings()).toEqual([]);
  });

  it('A11, L72: counts the runs that are left by the middle one by cost, of tasks before single uses', () => {
    const account = new Patient({ planId: 'pro' }).spend(search(1));
    for (const [id, calls] of [
      ['small', 5],
      ['large', 200],
      ['usual', 10],
    ] as const)
      account
        .start(id, 'in_progress')
        .change(id, { items: search(calls) })
        .change(id, { status: 'completed' });
    account.use(search(260));
    const { run, runsLeft } = of(account.diagnose().causes, 'credits_low');
    expect([run.taskId, formatAmount(run.cost), runsLeft]).toEqual(['usual', '20', 2]);
  });

  it('A11, L72: tries the least that the rate card charges for where nothing was paid for yet', () => {
    const account = new Patient();
    account.use(search(50));
    const { refusal } = of(account.diagnose().causes, 'gate_refuses');
    expect(refusal).toMatchObject({ reason: 'insufficient_credits', requested: 1_000_000n });
  });

  it('A11, L72: tries the same where the catalog no longer has what the latest uses were of', () => {
    const account = new Patient().spend(search(30));
    const [use] = account.uses;
    if (use === undefined) throw new Error('no use');
    account.uses[0] = { ...use, lines: use.lines.map((line) => ({ ...line, ref: 'gone' })) };
    expect(account.findings()).toEqual([]);
    account.use(search(20));
    const { refusal } = of(account.diagnose().causes, 'gate_refuses');
    expect(refusal).toMatchObject({ reason: 'insufficient_credits', requested: 1_000_000n });
  });

  it('A11: says nothing of a task that waits for something the catalog no longer has', () => {
    const account = new Patient().start('old', 'pending', search(60));
    const task = account.tasks.get('old');
    if (task === undefined) throw new Error('no task');
    account.tasks.set('old', { ...task, estimateItems: [{ tool: 'gone', calls: 1 }] });
    expect(account.findings()).toEqual([]);
  });

  it('A11: names the packs with which it would go through, and no smaller one', () => {
    const account = new Patient().spend(search(50));
    const packsFor = () => of(account.diagnose().causes, 'gate_refuses').packs.map(({ id }) => id);
    expect(packsFor()).toEqual(['small', 'large']);
    account.start('vast', 'pending', search(600));
    expect(packsFor()).toEqual(['large']);
  });

  it('A11: says which limit refuses: the plan’s hard at 100% and soft at 110%, the account’s own', () => {
    const account = new Patient().spend(emails('10')).spend([{ metric: 'workflows', quantity: '11' }]);
    expect(account.findings()).toEqual([
      'billing blocking plan_limit_reached',
      'billing blocking plan_limit_reached',
    ]);
    const own = new Patient().spend(emails('4'));
    own.state = { ...own.state, profile: { ...own.state.profile, ownLimits: { emails: 4_000_000n } } };
    expect(own.findings()).toEqual(['billing blocking account_limit_reached']);
  });

  it('A11, E12: says that a member’s allocation is used up to that member', () => {
    const account = new Patient();
    const { id: accountId } = account.state.profile;
    const allocations = { emails: 3_000_000n };
    account.member = memberRecord({ accountId, allocations });
    account.spend(emails('3'));
    expect(account.findings()).toEqual(['billing blocking allocation_exhausted']);
    account.member = undefined;
    expect(account.findings()).toEqual([]);
  });

  it('A11, L73: does not call a limit reached that one large use would pass, while a small one does not', () => {
    const account = new Patient().spend(emails('9')).spend([{ metric: 'storage', quantity: '4' }]);
    expect(account.findings()).toEqual([
      'billing warning limit_near emails',
      'billing note limit_near storage',
    ]);
  });

  it('A11, L73: tells of a full gauge as a limit that is near, unless the latest uses added to it', () => {
    const full = new Patient();
    full.use([{ metric: 'storage', quantity: '5' }]);
    expect(full.findings()).toEqual(['billing warning limit_near storage']);
    const adding = new Patient()
      .spend([{ metric: 'storage', quantity: '2.5' }])
      .spend([{ metric: 'storage', quantity: '2.5' }]);
    expect(adding.findings()).toEqual(['billing blocking plan_limit_reached']);
  });

  it('A11, L73: tells of limits from 80% as a note, from 90% as a warning', () => {
    expect(
      new Patient().spend(emails('1')).spend(emails('1')).spend(emails('5')).spend(emails('1')).findings(),
    ).toEqual(['billing note limit_near emails']);
    expect(new Patient().spend(emails('8.5')).spend(emails('0.5')).spend(emails('0.5')).findings()).toEqual([
      'billing warning limit_near emails',
    ]);
  });
});

describe('why a task does not go on', () => {
  const pro = () => new Patient({ planId: 'pro' });

  it('A11: names the task that waits with what keeps it from starting', () => {
    const account = new Patient().start('weekly', 'pending', search(60));
    const cause = of(account.diagnose().causes, 'gate_refuses');
    expect([cause.area, cause.refusal.reason, cause.waitingTask?.id]).toEqual([
      'usage',
      'insufficient_credits',
      'weekly',
    ]);
  });

  it('A11, L77: says that as many tasks run as the plan allows, before anything else', () => {
    const account = pro().start('a', 'in_progress').start('b', 'in_progress').start('c', 'pending');
    account.spend(emails('1000'));
    expect(account.findings()).toEqual([
      'tasks blocking concurrency_exceeded',
      'billing blocking plan_limit_reached',
    ]);
  });

  it('A11, L74: calls a failed task the cause where the gate lets work through, and nothing has completed since', () => {
    const account = pro().start('report', 'in_progress').later(5);
    account.change('report', { status: 'failed', error: 'No such page' });
    expect(account.findings()).toEqual(['tasks blocking tasks_failed']);
    account.start('again', 'in_progress').later(5).change('again', { status: 'completed' });
    expect(account.findings()).toEqual(['tasks note tasks_failed']);
    account.later(8 * 24 * 60 + 6);
    expect(account.findings()).toEqual([]);
  });

  it('A11, L74: lists a failed task after what the gate refuses', () => {
    const account = new Patient()
      .start('report', 'in_progress')
      .change('report', { status: 'failed', error: 'No credits' });
    account.spend(search(50));
    expect(account.findings()).toEqual(['usage blocking insufficient_credits', 'tasks warning tasks_failed']);
  });

  it('A11, L74: tells of a task that has not moved for an hour, and of one that waits for ten minutes', () => {
    const account = pro().start('long', 'in_progress').start('next', 'pending').later(10);
    expect(account.findings()).toEqual([]);
    account.later(1);
    expect(account.findings()).toEqual(['tasks warning tasks_waiting']);
    account.later(50);
    expect(account.findings()).toEqual(['tasks blocking tasks_stuck', 'tasks warning tasks_waiting']);
    account.change('long', { items: search(1) });
    expect(account.findings()).toEqual(['tasks warning tasks_waiting']);
  });

  it('A11, L75: says that what runs goes on where its hold or its plan’s overdraft pays, and not where neither does', () => {
    const held = new Patient().start('a', 'in_progress', search(50));
    expect(held.diagnose().workInProgress).toEqual({ running: 1, waiting: 0, goesOn: true });
    const bare = new Patient().start('a', 'in_progress').spend(search(50));
    expect(bare.diagnose().workInProgress).toEqual({ running: 1, waiting: 0, goesOn: false });
    const overdrawn = pro().start('a', 'in_progress').spend(search(20)).spend(search(470)).spend(search(10));
    expect(overdrawn.findings()).toEqual(['usage blocking insufficient_credits']);
    expect(overdrawn.diagnose().workInProgress?.goesOn).toBe(true);
  });
});

describe('an unusual day', () => {
  const days = (...units: number[]) => units.map((each) => BigInt(each) * 1_000_000n);

  it('A11, L76: passes three times the median of the days before it with use, and each of them', () => {
    expect(findSpike(days(0, 10, 0, 12, 8, 0, 0, 30))).toBeNull();
    expect(findSpike(days(0, 10, 0, 12, 8, 0, 0, 31))).toEqual({
      dayIndex: 7,
      used: 31_000_000n,
      usual: 10_000_000n,
      daysCompared: 3,
    });
    expect(findSpike(days(0, 10, 40, 12, 8, 0, 0, 40))).toBeNull();
  });

  it('A11, L76: needs three days of use before it', () => {
    expect(findSpike(days(0, 0, 0, 0, 0, 10, 10, 500))).toBeNull();
  });

  it('A11, L76: is the present day as soon as it is one, or else the day before', () => {
    expect(findSpike(days(10, 10, 10, 10, 10, 10, 90, 5))?.dayIndex).toBe(6);
    expect(findSpike(days(10, 10, 10, 10, 10, 10, 90, 95))?.dayIndex).toBe(7);
  });

  it('A11, L76: is never one whose use some day before it reached, and grows with nothing but the day itself', () => {
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(amounts, (quantities) => {
        const spike = findSpike(quantities);
        if (spike === null) return;
        const before = quantities.slice(0, spike.dayIndex);
        expect(before.every((quantity) => quantity < spike.used)).toBe(true);
        expect(spike.used > 3n * medianOf(before.filter((quantity) => quantity > 0n))).toBe(true);
      }),
    );
  });

  it('A11: is told as a warning and stops nothing', () => {
    const account = new Patient();
    account.days = new Map([['credits', days(2, 2, 2, 2, 2, 2, 2, 20)]]);
    expect(account.findings()).toEqual(['usage warning usage_spike']);
  });
});
