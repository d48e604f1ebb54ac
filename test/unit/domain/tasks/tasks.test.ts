import {
  availableOf,
  type ChangeTask,
  type CreateTask,
  decideChangeTask,
  decideCreateTask,
  formatAmount,
  sumOf,
  type TaskRecord,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const holdExpiresAtMs = at('2026-06-03T00:00:00.000Z');

function create(account: AccountFixture, command: Partial<CreateTask> = {}) {
  return account.decide((context) =>
    decideCreateTask(context, {
      id: 't1',
      name: 'Summarize',
      dimensions: {},
      status: 'in_progress',
      estimate: null,
      holdExpiresAtMs,
      ...command,
    }),
  );
}

function change(
  account: AccountFixture,
  task: TaskRecord,
  command: Omit<ChangeTask, 'holdExpiresAtMs'>,
): TaskRecord {
  return taskOf(
    account.decide((context) => decideChangeTask(context, task, { holdExpiresAtMs, ...command })),
  );
}

function taskOf(outcome: ReturnType<typeof create>): TaskRecord {
  if (outcome.outcome === 'refused') throw new Error(`refused: ${outcome.refusal.reason}`);
  return outcome.task;
}

const available = (account: AccountFixture) => formatAmount(availableOf(account.state.wallet, 'credits'));

describe('tasks', () => {
  it('F4: sets the estimate aside when it starts and charges from it', () => {
    const account = new AccountFixture();
    const pending = taskOf(create(account, { status: 'pending', estimate: [{ tool: 'search', calls: 20 }] }));
    expect([available(account), formatAmount(pending.estimate ?? 0n)]).toEqual(['100', '40']);
    const started = change(account, pending, { status: 'in_progress' });
    expect([available(account), formatAmount(started.held)]).toEqual(['60', '40']);
    const done = change(account, started, {
      status: 'completed',
      items: [{ tool: 'search', calls: 5 }],
      result: 'Done',
    });
    expect(available(account)).toBe('90');
    expect(done).toMatchObject({
      status: 'completed',
      result: 'Done',
      held: 0n,
      cost: 10_000_000n,
      endedAtMs: account.nowMs,
    });
  });

  it('B13, L55: its line items of all three kinds sum to what it debited', () => {
    const account = new AccountFixture();
    const started = taskOf(create(account, { estimate: [{ tool: 'search', calls: 30 }] }));
    const running = change(account, started, {
      items: [
        { model: 'meter-1', inputTokens: 1_500, outputTokens: 333 },
        { tool: 'search', calls: 2 },
      ],
    });
    const done = change(account, running, {
      status: 'completed',
      items: [{ storage: 'traces', quantity: '1.5' }],
    });
    expect(done.lines.map((line) => line.kind)).toEqual(['llm', 'tool', 'storage']);
    const debited = sumOf(
      account.ledger.filter((entry) => entry.kind === 'debit').map((entry) => -entry.amount),
    );
    expect(sumOf(done.lines.map((line) => line.amount))).toBe(debited);
    expect(done.cost).toBe(debited);
  });

  it('A10, L54: refuses moves that its status does not allow, and says which it does', () => {
    const account = new AccountFixture();
    const done = change(account, taskOf(create(account)), { status: 'completed' });
    expect(() => change(account, done, { status: 'in_progress' })).toThrow(
      expect.objectContaining({ code: 'task_status_conflict' }),
    );
    const pending = taskOf(create(account, { id: 't2', status: 'pending' }));
    expect(() => change(account, pending, { status: 'completed' })).toThrow(
      expect.objectContaining({ accepted: 'in_progress, failed, cancelled' }),
    );
  });

  it('F4: gives back what a failed task cost where the catalog says so', () => {
    const account = new AccountFixture(
      {},
      { catalog: compiled({ ...smallCatalogConfig, failedTaskRefund: 'full' }) },
    );
    const charged = change(account, taskOf(create(account)), { items: [{ tool: 'search', calls: 10 }] });
    expect(available(account)).toBe('80');
    const failed = change(account, charged, { status: 'failed', error: 'The page did not load' });
    expect(available(account)).toBe('100');
    expect(formatAmount(failed.refunded)).toBe('20');
  });

  it('is refused beyond the tasks that the plan runs at once, until one ends', () => {
    const account = new AccountFixture({ planId: 'pro' });
    const first = taskOf(create(account, { id: 'a' }));
    create(account, { id: 'b' });
    const third = create(account, { id: 'c' });
    expect(third.outcome === 'refused' && third.refusal.reason).toBe('concurrency_exceeded');
    change(account, first, { status: 'cancelled' });
    expect(create(account, { id: 'd' }).outcome).toBe('changed');
  });

  it('C5: goes on up to the overdraft of its plan once it has begun, and no further', () => {
    const account = new AccountFixture({ planId: 'pro' });
    const task = taskOf(create(account));
    account.use([{ tool: 'search', calls: 495 }]);
    const overdrawn = change(account, task, { items: [{ tool: 'search', calls: 30 }] });
    expect(available(account)).toBe('-50');
    expect(formatAmount(overdrawn.cost)).toBe('60');
    expect(() => change(account, overdrawn, { items: [{ tool: 'search', calls: 1 }] })).toThrow(
      'insufficient_credits',
    );
  });

  it('C5, L48: with a hold goes on into the overdraft of its plan too, and no further', () => {
    const account = new AccountFixture({ planId: 'pro' });
    const task = taskOf(create(account, { estimate: [{ tool: 'search', calls: 5 }] }));
    account.use([{ tool: 'search', calls: 495 }]);
    const overdrawn = change(account, task, { items: [{ tool: 'search', calls: 30 }] });
    expect([available(account), formatAmount(overdrawn.held)]).toEqual(['-50', '0']);
    const { state } = account;
    const refused = account.decide((context) =>
      decideChangeTask(context, overdrawn, { holdExpiresAtMs, items: [{ tool: 'search', calls: 1 }] }),
    );
    expect(refused).toMatchObject({
      outcome: 'refused',
      refusal: { reason: 'insufficient_credits', requested: 2_000_000n, available: -50_000_000n },
    });
    expect(account.state).toBe(state);
  });

  it('C5, L48: with a hold is refused whole where its charge would pass the overdraft, and keeps its hold', () => {
    const account = new AccountFixture();
    const task = taskOf(create(account, { estimate: [{ tool: 'search', calls: 10 }] }));
    account.use([{ tool: 'search', calls: 40 }]);
    expect(() => change(account, task, { items: [{ tool: 'search', calls: 11 }] })).toThrow(
      'insufficient_credits',
    );
    expect(formatAmount(change(account, task, { items: [{ tool: 'search', calls: 10 }] }).cost)).toBe('20');
  });

  it('C5, L48: is never throttled within what its hold counted, and beyond that meets the limits that a use meets', () => {
    const account = new AccountFixture();
    const emails = (quantity: string) => [{ metric: 'emails', quantity }];
    const task = taskOf(create(account, { estimate: emails('4') }));
    account.use(emails('6'));
    const within = change(account, task, { items: emails('4') });
    expect(formatAmount(account.state.usage.counters.emails ?? 0n)).toBe('10');
    expect(() => change(account, within, { items: emails('1') })).toThrow('plan_limit_reached');
  });
});
