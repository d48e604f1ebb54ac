import type { Item } from '@usagekit/server/contract';
import {
  type ChangeTask,
  decideChangeTask,
  decideCreateTask,
  formatAmount,
  type TaskRecord,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const catalog = compiled({ ...smallCatalogConfig, failedTaskRefund: 'full' });
const search = (calls: number): Item[] => [{ tool: 'search', calls }];

/** An account whose failed tasks are given back, with a task that runs. */
class Runs {
  readonly account: AccountFixture;
  task: TaskRecord;

  constructor(planId = 'free', estimate: Item[] | null = null) {
    this.account = new AccountFixture({ planId }, { catalog });
    this.task = this.#take(
      this.account.decide((context) =>
        decideCreateTask(context, {
          id: 't',
          name: 'Report',
          dimensions: { agentId: 'writer' },
          status: 'in_progress',
          estimate,
          holdExpiresAtMs: at('2026-06-30T00:00:00Z'),
        }),
      ),
    );
  }

  change(command: Omit<ChangeTask, 'holdExpiresAtMs'>): this {
    this.task = this.#take(
      this.account.decide((context) =>
        decideChangeTask(context, this.task, { ...command, holdExpiresAtMs: context.nowMs + 60_000 }),
      ),
    );
    return this;
  }

  /** The kinds and amounts of what an act added to the ledger. */
  entriesOf(act: () => unknown): [string, string][] {
    const before = this.account.ledger.length;
    act();
    return this.account.ledger.slice(before).map(({ kind, amount }) => [kind, formatAmount(amount)]);
  }

  grants(): Record<string, string> {
    const { grants } = this.account.state.wallet;
    return Object.fromEntries(grants.map(({ id, remaining }) => [id, formatAmount(remaining)]));
  }

  #take(outcome: { outcome: string; task?: TaskRecord }): TaskRecord {
    if (outcome.task === undefined) throw new Error(outcome.outcome);
    return outcome.task;
  }
}

const planOfJune = `plan~${at('2026-06-01T00:00:00Z')}`;
const planOfJuly = `plan~${at('2026-07-01T00:00:00Z')}`;

describe('what a failed task gives back', () => {
  it('D14, L56: goes to the plan credits that it came from, and ends with their cycle', () => {
    const runs = new Runs().change({ items: search(10) });
    expect(runs.entriesOf(() => runs.change({ status: 'failed' }))).toEqual([['refund', '20']]);
    expect([runs.grants(), formatAmount(runs.task.refunded)]).toEqual([{ [planOfJune]: '100' }, '20']);
    runs.account.moveTo('2026-07-01T00:00:00Z');
    expect(runs.grants()).toEqual({ [planOfJuly]: '100' });
  });

  it('D14, L56: ends at once where the cycle that it came from is over', () => {
    const runs = new Runs().change({ items: search(10) });
    runs.account.moveTo('2026-07-02T00:00:00Z');
    expect(runs.entriesOf(() => runs.change({ status: 'failed' }))).toEqual([
      ['refund', '20'],
      ['reset', '-20'],
    ]);
    expect(runs.grants()).toEqual({ [planOfJuly]: '100' });
  });

  it('F18, L56: brings back bought credits that were used up, as they were', () => {
    const runs = new Runs();
    runs.account.grant('30', { id: 'bought', priority: 1, scope: { kinds: ['tool'] }, label: 'Pack' });
    const [bought] = runs.account.state.wallet.grants;
    runs.change({ items: search(20) });
    expect(runs.grants()).toEqual({ [planOfJune]: '90' });
    runs.account.moveTo('2026-07-02T00:00:00Z');
    runs.change({ status: 'failed' });
    expect(runs.account.state.wallet.grants.find(({ id }) => id === 'bought')).toEqual(bought);
    expect(runs.grants()).toEqual({ [planOfJuly]: '100', bought: '30' });
  });

  it('F3, L56: gives back what was paid through the hold, and releases the rest of it', () => {
    const runs = new Runs('free', search(20)).change({ items: search(30) });
    expect(runs.grants()).toEqual({ [planOfJune]: '40' });
    runs.change({ status: 'failed' });
    expect(runs.grants()).toEqual({ [planOfJune]: '100' });
  });

  it('L56: lessens what is owed for it first', () => {
    const runs = new Runs('pro');
    runs.account.use(search(490));
    runs.change({ items: search(30) });
    expect(runs.account.state.wallet.debts).toEqual({ credits: 40_000_000n });
    runs.change({ status: 'failed' });
    expect(runs.account.state.wallet.debts).toEqual({});
    expect(runs.grants()).toEqual({ [planOfJune]: '20' });
  });

  it('D14, L56: goes back to what has paid its debt since, and ends with that', () => {
    const runs = new Runs('pro');
    runs.account.use(search(500));
    runs.change({ items: search(25) });
    runs.account.moveTo('2026-07-02T00:00:00Z');
    expect(runs.grants()).toEqual({ [planOfJuly]: '950' });
    runs.change({ status: 'failed' });
    expect(runs.grants()).toEqual({ [planOfJuly]: '1000' });
    expect(runs.account.state.paidDebts).toEqual([]);
  });

  it('F11: names the task in the ledger', () => {
    const runs = new Runs().change({ items: search(10) }).change({ status: 'failed' });
    expect(runs.account.ledger.at(-1)).toMatchObject({
      kind: 'refund',
      description: 'Refund for Report',
      taskId: 't',
      agentId: 'writer',
    });
  });

  it('L56: is nothing where the catalog keeps what a failed task cost', () => {
    const account = new AccountFixture();
    const fail = { status: 'failed', holdExpiresAtMs: account.nowMs + 60_000 } as const;
    const runs = new Runs().change({ items: search(10) });
    const kept = account.decide((context) => decideChangeTask(context, runs.task, fail));
    expect(kept).toMatchObject({ outcome: 'changed', task: { refunded: 0n } });
    expect(account.ledger.map(({ kind }) => kind)).toEqual(['grant']);
  });
});
