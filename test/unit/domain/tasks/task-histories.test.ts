import {
  availableOf,
  DomainError,
  debtOf,
  decideChangeTask,
  decideCreateTask,
  decideEvent,
  heldOf,
  parseAmount,
  sumOf,
  type TaskOutcome,
  type TaskRecord,
  taskTransitions,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';
import { step } from './task-steps.ts';

const hourMs = 3_600_000;
const overdraft = parseAmount('50');

/** What holds of an account with tasks at every moment. */
function assertSound({ state, nowMs }: AccountFixture, tasks: readonly TaskRecord[]): void {
  for (const grant of state.wallet.grants) {
    expect(grant.remaining + grant.held).toBeLessThanOrEqual(grant.amount);
    if (grant.expiresAtMs !== null && grant.expiresAtMs <= nowMs) expect(grant.remaining).toBe(0n);
  }
  // Whatever running tasks owe can be given back: it is owed still, or a grant is known to have paid it.
  const paidBack = sumOf(state.paidDebts.map(({ amount }) => amount));
  expect(sumOf(tasks.map(owedFor))).toBeLessThanOrEqual(debtOf(state.wallet, 'credits') + paidBack);
}

function owedFor({ status, paid, paidFrom }: TaskRecord): bigint {
  return status === 'in_progress' ? paid - sumOf(paidFrom.map(({ amount }) => amount)) : 0n;
}

/** What a decision gives, or the code of what it throws. */
function attempt(act: () => TaskOutcome): TaskOutcome | string {
  try {
    return act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

it('F4, B13, A10, C5, L48, L54, L55, L56: tasks keep their law over any history of starts, charges, ends and waits', () => {
  // With so few credits a cycle most histories come to owe, and grants to pay what is owed.
  const plans = smallCatalogConfig.plans.map((plan) => ({ ...plan, monthlyCredits: '80' }));
  const catalog = compiled({ ...smallCatalogConfig, plans, failedTaskRefund: 'full' });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), (steps) => {
      const account = new AccountFixture({ planId: 'pro' }, { catalog });
      const tasks: TaskRecord[] = [];
      let reported = 0n;
      for (const [index, next] of steps.entries()) {
        if (next.type === 'wait') {
          account.nowMs += next.hours * hourMs;
          account.settleDue();
          continue;
        }
        if (next.type === 'grant') {
          const expiresAtMs = next.days === null ? null : account.nowMs + next.days * 24 * hourMs;
          account.grant(String(next.amount), { id: `g${index}`, expiresAtMs });
          assertSound(account, tasks);
          continue;
        }
        if (next.type === 'event') {
          const event = { atMs: account.nowMs, items: next.items, dimensions: {}, backfill: false };
          reported += account.decide((context) => decideEvent(context, event)).usage.charge;
          assertSound(account, tasks);
          continue;
        }
        const holdExpiresAtMs = account.nowMs + 24 * hourMs;
        account.settleDue();
        const { state } = account;
        const owed = debtOf(state.wallet, 'credits');
        const before = next.type === 'change' ? tasks[next.which % Math.max(tasks.length, 1)] : undefined;
        if (next.type === 'change' && before === undefined) continue;
        const result = attempt(() =>
          account.decide((context) =>
            next.type === 'change' && before !== undefined
              ? decideChangeTask(context, before, {
                  holdExpiresAtMs,
                  ...(next.status === null ? {} : { status: next.status }),
                  ...(next.items === null ? {} : { items: next.items }),
                })
              : decideCreateTask(context, {
                  id: `t${index}`,
                  name: 'Run',
                  dimensions: {},
                  status: next.type === 'create' && next.starts ? 'in_progress' : 'pending',
                  estimate: next.type === 'create' ? next.estimate : null,
                  holdExpiresAtMs,
                }),
          ),
        );
        if (typeof result === 'string' || result.outcome === 'refused') {
          expect(account.state).toBe(state);
          if (typeof result === 'string') expect(result).toBe('task_status_conflict');
          continue;
        }
        const { task } = result;
        if (before === undefined) tasks.push(task);
        else tasks[tasks.indexOf(before)] = task;
        if (before !== undefined && task.status !== before.status) {
          // A pending task may be started and charged in one step; it ends in one that its status allows.
          expect(taskTransitions[before.status]).toContain(task.status);
        }
        expect(sumOf(task.lines.map((line) => line.amount))).toBe(task.cost);
        if (task.status !== 'failed') expect(task.refunded).toBe(0n);
        else expect(task.refunded).toBe(task.paid);
        const hold = account.state.holds.find((open) => open.id === task.holdId);
        expect(task.held).toBe(sumOf(hold?.legs.map((leg) => leg.amount) ?? []));
        if (taskTransitions[task.status].length === 0) expect(hold).toBeUndefined();
        if (debtOf(account.state.wallet, 'credits') > owed)
          expect(debtOf(account.state.wallet, 'credits')).toBeLessThanOrEqual(overdraft);
        const running = tasks.filter((each) => each.status === 'in_progress').length;
        expect(account.state.runningTasks).toBe(running);
        expect(running).toBeLessThanOrEqual(2);
        assertSound(account, tasks);
      }
      // Everything that was granted is available, set aside or was paid for tasks and events; nothing else ever moved it.
      const granted = sumOf(
        account.ledger.filter((entry) => entry.kind === 'grant').map((entry) => entry.amount),
      );
      const ended = sumOf(
        account.ledger
          .filter((entry) => entry.kind === 'expiry' || entry.kind === 'reset')
          .map((entry) => entry.amount),
      );
      const refunded = sumOf(
        account.ledger.filter((entry) => entry.kind === 'refund').map((entry) => entry.amount),
      );
      expect(refunded).toBe(sumOf(tasks.map((task) => task.refunded)));
      const paid = sumOf(tasks.map((task) => task.paid));
      const left = availableOf(account.state.wallet, 'credits') + heldOf(account.state.wallet, 'credits');
      expect(granted + ended + refunded - paid - reported).toBe(left);
      expect(account.state.wallet.grants.some((grant) => grant.source === 'refund')).toBe(false);
    }),
    { numRuns: 150 },
  );
}, 60_000);
