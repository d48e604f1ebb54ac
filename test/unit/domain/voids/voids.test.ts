import {
  availableOf,
  type Catalog,
  debtOf,
  decideAdjustment,
  decideChangeTask,
  decideCreateTask,
  decideEvent,
  decideVoid,
  formatAmount,
  paidSince,
  parseAmount,
  type TaskRecord,
  type UsageRecord,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { memberRecord } from '../../../support/member-record.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const hourMs = 3_600_000;
const available = ({ state }: AccountFixture) => formatAmount(availableOf(state.wallet, 'credits'));
const owed = ({ state }: AccountFixture) => formatAmount(debtOf(state.wallet, 'credits'));
const emails = ({ state }: AccountFixture) => formatAmount(state.usage.counters.emails ?? 0n);

function report(
  account: AccountFixture,
  items: Parameters<typeof account.use>[0],
  when?: string,
): UsageRecord {
  const atMs = when === undefined ? account.nowMs : at(when);
  return account.decide((context) => decideEvent(context, { atMs, items, dimensions: {}, backfill: false }))
    .usage;
}

function takeBack(account: AccountFixture, usage: UsageRecord, options: { task?: TaskRecord } = {}) {
  account.settleDue();
  const debt = account.ledger.find((entry) => entry.usageId === usage.id && entry.kind === 'debt');
  const grants = account.ledger.flatMap(({ grant }) => (grant === undefined ? [] : [grant]));
  const terms = new Map(grants.map((grant) => [grant.id, grant]));
  const since = debt === undefined ? [] : account.ledger.filter(({ seq }) => seq > debt.seq);
  return account.decide((context) =>
    decideVoid(context, {
      usage,
      owed: -(debt?.debt ?? 0n),
      terms,
      paidSince: paidSince(since, 'credits', () => []).flatMap(({ grantId, amount }) => {
        const grant = terms.get(grantId);
        return grant === undefined ? [] : [{ grant, amount }];
      }),
      isUncounted: false,
      task: options.task,
      reason: 'A test',
    }),
  );
}

describe('taking back a use', () => {
  it('F24, L355: credits come back to the grants that paid, as they were, also where they were used up', () => {
    const account = new AccountFixture();
    account.grant('10', { id: 'bought', priority: 5, expiresAtMs: at('2026-06-20T00:00:00Z') });
    const usage = report(account, [{ tool: 'search', calls: 8 }]);
    expect(account.state.wallet.grants.map(({ id }) => id)).not.toContain('bought');
    takeBack(account, usage);
    expect(account.state.wallet.grants[0]).toMatchObject({
      id: 'bought',
      priority: 5,
      expiresAtMs: at('2026-06-20T00:00:00Z'),
      remaining: 10_000_000n,
    });
    expect(available(account)).toBe('110');
  });

  it('F24, L355, L52: what comes back to a grant that has ended ends at once', () => {
    const account = new AccountFixture();
    const usage = report(account, [{ tool: 'search', calls: 8 }]);
    account.moveTo('2026-07-02T00:00:00Z');
    takeBack(account, usage);
    expect(available(account)).toBe('100');
    expect(account.ledger.slice(-2).map(({ kind, amount }) => [kind, formatAmount(amount)])).toEqual([
      ['refund', '16'],
      ['reset', '-16'],
    ]);
  });

  it('F24, L355: what is owed for it is owed no longer, and payments since come back', () => {
    const account = new AccountFixture();
    const usage = report(account, [{ tool: 'search', calls: 60 }]);
    expect(owed(account)).toBe('20');
    account.grant('15', { id: 'later' });
    expect([available(account), owed(account)]).toEqual(['-5', '5']);
    takeBack(account, usage);
    expect([available(account), owed(account)]).toEqual(['115', '0']);
    expect(account.state.wallet.grants.find(({ id }) => id === 'later')?.remaining).toBe(15_000_000n);
  });

  it('F24, L355: counts leave the counters of their own cycle, and no other', () => {
    const account = new AccountFixture().moveTo('2026-07-05T00:00:00Z');
    const late = report(account, [{ metric: 'emails', quantity: '4' }], '2026-06-20T00:00:00Z');
    report(account, [{ metric: 'emails', quantity: '3' }]);
    takeBack(account, late);
    expect([emails(account), account.state.earlierCycles[0]?.counters.emails]).toEqual(['3', 0n]);
  });

  it('F24, L355: a cycle that is no longer kept loses nothing, and neither does the present one', () => {
    const account = new AccountFixture();
    const old = report(account, [{ metric: 'emails', quantity: '4' }]);
    account.moveTo('2026-10-05T00:00:00Z');
    report(account, [{ metric: 'emails', quantity: '3' }]);
    const { reversal } = takeBack(account, old);
    expect(emails(account)).toBe('3');
    // History loses it all the same, on its own day.
    expect([reversal.atMs, reversal.counts]).toEqual([
      old.atMs,
      [{ metric: 'emails', quantity: -4_000_000n }],
    ]);
  });

  it('F24, L355: a member’s share of the present cycle and gauges go back, a setting since stands', () => {
    const account = new AccountFixture();
    account.member = memberRecord({ allocations: { emails: 8_000_000n } });
    const usage = account.decide((context) =>
      decideEvent(context, {
        atMs: account.nowMs,
        items: [
          { metric: 'emails', quantity: '5' },
          { metric: 'storage', quantity: '2' },
        ],
        dimensions: { memberId: 'ada' },
        backfill: false,
      }),
    ).usage;
    takeBack(account, usage);
    expect(account.state.usage.byMember.emails?.ada).toBe(0n);
    expect(account.state.usage.gauges.storage?.value).toBe(0n);
    const before = report(account, [{ metric: 'storage', quantity: '3' }]);
    account.nowMs += hourMs;
    report(account, [{ metric: 'storage', quantity: '4', op: 'set' } as never]);
    takeBack(account, before);
    expect(account.state.usage.gauges.storage?.value).toBe(4_000_000n);
  });

  it('F24, L355: what takes back a use cannot be taken back itself', () => {
    const account = new AccountFixture();
    const { reversal } = takeBack(account, report(account, [{ tool: 'search', calls: 1 }]));
    expect(() => takeBack(account, reversal)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});

/** A task that searched and sent emails, and failed. */
function failedTask(catalog: Catalog): { account: AccountFixture; task: TaskRecord; usage: UsageRecord } {
  const account = new AccountFixture({}, { catalog });
  const holdExpiresAtMs = account.nowMs + hourMs;
  const tasks: TaskRecord[] = [];
  const uses: UsageRecord[] = [];
  const keep = <Outcome>(
    decision: { facts: { tasks: readonly TaskRecord[]; usage: readonly UsageRecord[] } } & {
      outcome: Outcome;
      state: AccountFixture['state'];
    },
  ) => {
    tasks.push(...decision.facts.tasks);
    uses.push(...decision.facts.usage);
    return decision as never;
  };
  account.decide((context) =>
    keep(
      decideCreateTask(context, {
        id: 't',
        name: 'Report',
        dimensions: {},
        status: 'in_progress',
        estimate: null,
        holdExpiresAtMs,
      }),
    ),
  );
  const change = (command: object) =>
    account.decide((context) =>
      keep(decideChangeTask(context, tasks.at(-1) as TaskRecord, { holdExpiresAtMs, ...command })),
    );
  change({
    items: [
      { tool: 'search', calls: 4 },
      { metric: 'emails', quantity: '6' },
    ],
  });
  change({ status: 'failed' });
  return { account, task: tasks.at(-1) as TaskRecord, usage: uses[0] as UsageRecord };
}

describe('failed tasks', () => {
  it('F24, L357: give back what they counted where the catalog says so, and keep it where not', () => {
    const kept = failedTask(compiled());
    expect(emails(kept.account)).toBe('6');
    const catalog = compiled({ ...smallCatalogConfig, failedTaskCounts: 'give_back' });
    const { account, task } = failedTask(catalog);
    expect([emails(account), task.counted, available(account)]).toEqual(['0', [], '92']);
  });

  it('F24, L356: a task that was refunded gives back its counts alone', () => {
    const { account, task, usage } = failedTask(
      compiled({ ...smallCatalogConfig, failedTaskRefund: 'full' }),
    );
    expect([available(account), emails(account)]).toEqual(['100', '6']);
    takeBack(account, usage, { task });
    expect([available(account), emails(account)]).toEqual(['100', '0']);
  });
});

describe('adjusting one grant', () => {
  it('C14, F24, L354: changes that grant alone, and refuses more than remains of it', () => {
    const account = new AccountFixture();
    account.grant('50', { id: 'bought' });
    const adjust = (amount: string, grantId: string) =>
      account.decide((context) =>
        decideAdjustment(context, {
          amount: parseAmount(amount),
          unit: 'credits',
          grantId,
          reason: 'Refunded pack',
        }),
      );
    adjust('-20', 'bought');
    expect(account.state.wallet.grants.map(({ remaining }) => formatAmount(remaining))).toEqual([
      '100',
      '30',
    ]);
    expect(() => adjust('-30.000001', 'bought')).toThrow(
      expect.objectContaining({
        code: 'amount_out_of_range',
        message: expect.stringMatching(/30.000001.* 30 /),
      }),
    );
    adjust('5', 'bought');
    adjust('-35', 'bought');
    expect(account.state.wallet.grants.map(({ source }) => source)).toEqual(['plan']);
    expect(() => adjust('-1', 'bought')).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});
