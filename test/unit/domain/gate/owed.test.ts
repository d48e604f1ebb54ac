import {
  availableOf,
  debtOf,
  decideAdjustment,
  decideChangeTask,
  decideCreateTask,
  decideHold,
  decideRelease,
  decideSettle,
  parseAmount,
  type TaskRecord,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const searches = (calls: number) => [{ tool: 'search', calls }];
const hour = 3_600_000;

function hold(account: AccountFixture, id: string, calls: number): void {
  const { outcome } = account.decide((context) =>
    decideHold(context, {
      id,
      items: searches(calls),
      dimensions: {},
      expiresAtMs: context.nowMs + hour,
    }),
  );
  expect(outcome).toBe('held');
}

const settle = (account: AccountFixture, holdId: string, calls: number) =>
  account.decide((context) => decideSettle(context, { holdId, items: searches(calls), final: true }));

const owe = (account: AccountFixture, amount: string) =>
  account.decide((context) =>
    decideAdjustment(context, { amount: parseAmount(`-${amount}`), unit: 'credits', reason: 'Owed' }),
  );

const available = ({ state }: AccountFixture) => availableOf(state.wallet, 'credits');
const owed = ({ state }: AccountFixture) => debtOf(state.wallet, 'credits');

describe('what is owed', () => {
  it('F1, L43: is paid by what a release gives back, before that can be spent', () => {
    const account = new AccountFixture();
    hold(account, 'a', 25);
    hold(account, 'b', 25);
    settle(account, 'a', 40);
    expect(owed(account)).toBe(parseAmount('30'));
    account.decide((context) => decideRelease(context, 'b'));
    expect([owed(account), available(account)]).toEqual([0n, parseAmount('20')]);
    expect(account.use(searches(11)).outcome).toBe('refused');
    expect(account.use(searches(10)).outcome).toBe('allowed');
  });

  it('L43: is paid by what the last settlement leaves, and by what an expiry gives back', () => {
    for (const end of [
      (account: AccountFixture) => settle(account, 'b', 1),
      (account: AccountFixture) => {
        account.nowMs += hour;
        account.settleDue();
      },
    ]) {
      const account = new AccountFixture();
      hold(account, 'a', 25);
      hold(account, 'b', 25);
      settle(account, 'a', 30);
      end(account);
      expect(owed(account)).toBe(0n);
    }
  });

  it('F1, L400: is not spent a second time from a grant that could not pay it', () => {
    const account = new AccountFixture();
    account.grant('50', { scope: { kinds: ['llm'] }, priority: 1 });
    owe(account, '130');
    expect([owed(account), available(account)]).toEqual([parseAmount('30'), parseAmount('20')]);
    const swift = (count: number) => Array.from({ length: count }, () => ({ model: 'swift-1' }));
    expect(account.use(swift(21)).outcome).toBe('refused');
    expect(account.use(swift(20)).outcome).toBe('allowed');
    expect(account.use(swift(1)).outcome).toBe('refused');
  });

  it('L400: leaves a use that costs nothing alone', () => {
    const account = new AccountFixture();
    owe(account, '130');
    expect(account.use([{ metric: 'emails', quantity: '1' }]).outcome).toBe('allowed');
  });

  it('L34, L400: an allowance that is passed is not covered by credits that are owed', () => {
    const [free, ...others] = smallCatalogConfig.plans;
    if (free === undefined) throw new Error('No plan');
    const account = new AccountFixture(
      {},
      {
        catalog: compiled({
          ...smallCatalogConfig,
          plans: [
            {
              ...free,
              limits: [
                {
                  metric: 'calls',
                  included: '10',
                  policy: 'overage',
                  beyond: 'credits_then_invoice',
                  overageRate: { amount: '2' },
                },
              ],
            },
            ...others,
          ],
        }),
      },
    );
    account.grant('50', { scope: { kinds: ['metric'] }, priority: 1 });
    owe(account, '130');
    const before = available(account);
    account.use([{ metric: 'calls', quantity: '30' }]);
    expect(available(account)).toBe(before);
  });

  it('L48, L400: holds for what a running task charges beyond its hold', () => {
    const account = new AccountFixture();
    const created = account.decide((context) =>
      decideCreateTask(context, {
        id: 'job',
        name: 'Job',
        dimensions: {},
        status: 'in_progress',
        estimate: searches(5),
        holdExpiresAtMs: context.nowMs + hour,
      }),
    );
    if (created.outcome !== 'changed') throw new Error('The task did not start');
    account.grant('20', { scope: { kinds: ['tool'] }, priority: 1 });
    owe(account, '105');
    expect([owed(account), available(account)]).toEqual([parseAmount('15'), parseAmount('5')]);
    const charge = (task: TaskRecord, calls: number) =>
      account.decide((context) =>
        decideChangeTask(context, task, { items: searches(calls), holdExpiresAtMs: context.nowMs + hour }),
      );
    expect(charge(created.task, 8).outcome).toBe('refused');
    expect(charge(created.task, 7).outcome).toBe('changed');
  });
});
