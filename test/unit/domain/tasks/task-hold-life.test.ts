import { apiBounds } from '@usagekit/server/contract';
import { decideChangeTask, decideCreateTask, type TaskRecord } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { AccountFixture } from '../account-fixture.ts';

const lifetimeMs = apiBounds.taskHoldLifetimeSeconds * 1_000;

it('L402: the hold of a task lasts on from its last change', () => {
  const account = new AccountFixture();
  const created = account.decide((context) =>
    decideCreateTask(context, {
      id: 'job',
      name: 'Job',
      dimensions: {},
      status: 'in_progress',
      estimate: [{ tool: 'search', calls: 5 }],
      holdExpiresAtMs: context.nowMs + lifetimeMs,
    }),
  );
  if (created.outcome !== 'changed') throw new Error('The task did not start');
  const { task } = created;
  const change = (of: TaskRecord) =>
    account.decide((context) =>
      decideChangeTask(context, of, { result: 'Half', holdExpiresAtMs: context.nowMs + lifetimeMs }),
    );
  account.nowMs += lifetimeMs - 1;
  expect(change(task).outcome).toBe('changed');
  account.nowMs += lifetimeMs - 1;
  account.settleDue();
  expect(account.state.holds.map(({ id }) => id)).toEqual(['job~hold']);
  account.nowMs += 1;
  account.settleDue();
  expect(account.state.holds).toEqual([]);
});
