import {
  type Decision,
  decideAdjustment,
  decideChangeTask,
  decideCreateTask,
  decideEvent,
  decideHold,
  decideRelease,
  decideSettle,
  type Facts,
  type TaskRecord,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { idPattern, keptIdPattern } from '../../../../server/src/contract/values/ids.ts';
import { deriveId } from '../../../../server/src/domain/ids/derived-id.ts';
import fc from '../../../support/fast-check.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const hourMs = 3_600_000;
const timeout = 60_000;

/** Ids of a host's that look as much like derived ones as they can. */
const words = [
  'hold',
  'held',
  'expiry',
  'release',
  'grant',
  'debt',
  'end',
  'debit',
  'owed',
  'event',
  'refund',
];
const plan = `plan-${at('2026-06-01T00:00:00Z')}`;
const hostId = fc.constantFrom(
  't',
  '1',
  'plan',
  plan,
  'baseline',
  ...words,
  ...words.map((word) => `t-${word}`),
);

type Step =
  | { readonly type: 'hold'; readonly id: string; readonly calls: number }
  | { readonly type: 'event'; readonly id: string; readonly calls: number }
  | {
      readonly type: 'task';
      readonly id: string;
      readonly calls: number;
      readonly ending: 'failed' | 'completed' | null;
    }
  | { readonly type: 'end'; readonly id: string; readonly settled: boolean }
  | { readonly type: 'give'; readonly amount: bigint; readonly hours: number }
  | { readonly type: 'adjust'; readonly amount: bigint }
  | { readonly type: 'wait'; readonly hours: number };

const calls = fc.integer({ min: 1, max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constant('hold' as const), id: hostId, calls }),
  fc.record({ type: fc.constant('event' as const), id: hostId, calls }),
  fc.record({
    type: fc.constant('task' as const),
    id: hostId,
    calls,
    ending: fc.constantFrom('failed' as const, 'completed' as const, null),
  }),
  fc.record({ type: fc.constant('end' as const), id: hostId, settled: fc.boolean() }),
  fc.record({
    type: fc.constant('give' as const),
    amount: fc.constantFrom(5n, 90n),
    hours: fc.constantFrom(30, 900),
  }),
  fc.record({ type: fc.constant('adjust' as const), amount: fc.constantFrom(-200_000_000n, 7_000_000n) }),
  fc.record({ type: fc.constant('wait' as const), hours: fc.constantFrom(1, 30, 700) }),
);

/** An account whose host names things, each of a kind once, as it likes. */
class Host {
  readonly account = new AccountFixture();
  readonly usageIds: string[] = [];
  readonly holdIds: string[] = [];
  readonly #named = new Set<string>();

  run(next: Step): void {
    const { account } = this;
    if (next.type === 'wait') {
      account.nowMs += next.hours * hourMs;
      account.settleDue();
    } else if (next.type === 'give')
      account.grant(String(next.amount), { expiresAtMs: account.nowMs + next.hours * hourMs });
    else if (next.type === 'adjust')
      this.#decide((context) =>
        decideAdjustment(context, { amount: next.amount, unit: 'credits', reason: '' }),
      );
    else if (next.type === 'end') this.#end(next);
    else if (!this.#named.has(`${next.type} ${next.id}`)) {
      this.#named.add(`${next.type} ${next.id}`);
      if (next.type === 'hold') this.#hold(next);
      else if (next.type === 'event') this.#report(next);
      else this.#runTask(next);
    }
  }

  #hold({ id, calls }: { id: string; calls: number }): void {
    const items = [{ tool: 'search', calls }];
    const expiresAtMs = this.account.nowMs + 30 * hourMs;
    const held = this.#decide((context) => decideHold(context, { id, items, dimensions: {}, expiresAtMs }));
    if (held.outcome === 'held') this.holdIds.push(held.hold.id);
  }

  #end({ id, settled }: { id: string; settled: boolean }): void {
    this.account.settleDue();
    if (!this.account.state.holds.some((open) => open.id === id)) return;
    const items = [{ tool: 'search', calls: 3 }];
    if (settled) this.#decide((context) => decideSettle(context, { holdId: id, items, final: true }));
    else this.#decide((context) => decideRelease(context, id));
  }

  #report({ id, calls }: { id: string; calls: number }): void {
    const items = [{ tool: 'search', calls }];
    this.#decide((context) =>
      decideEvent(
        { ...context, commandId: deriveId(id, 'event') },
        { atMs: this.account.nowMs, items, dimensions: {}, backfill: false },
      ),
    );
  }

  #runTask({ id, calls, ending }: Extract<Step, { type: 'task' }>): void {
    const estimate = [{ tool: 'search', calls }];
    const holdExpiresAtMs = this.account.nowMs + 30 * hourMs;
    const begun = this.#decide((context) =>
      decideCreateTask(context, {
        id,
        name: id,
        dimensions: {},
        status: 'pending',
        estimate,
        holdExpiresAtMs,
      }),
    );
    if (begun.outcome !== 'changed') return;
    const started = this.#change(begun.task, {
      status: 'in_progress',
      items: [{ tool: 'search', calls: 4 }],
    });
    if (started?.holdId) this.holdIds.push(started.holdId);
    if (started !== null && ending !== null) this.#change(started, { status: ending });
  }

  #change(
    task: TaskRecord,
    change: Omit<Parameters<typeof decideChangeTask>[2], 'holdExpiresAtMs'>,
  ): TaskRecord | null {
    const holdExpiresAtMs = this.account.nowMs + 30 * hourMs;
    const changed = this.#decide((context) =>
      decideChangeTask(context, task, { ...change, holdExpiresAtMs }),
    );
    return changed.outcome === 'changed' ? changed.task : null;
  }

  #decide<Outcome>(decision: (context: Parameters<typeof decideRelease>[0]) => Decision<Outcome>): Outcome {
    let added: Facts | undefined;
    const outcome = this.account.decide((context) => {
      const decided = decision(context);
      added = decided.facts;
      return decided;
    });
    this.usageIds.push(...(added?.usage ?? []).map(({ id }) => id));
    return outcome;
  }
}

function expectEachOnce(ids: readonly string[]): void {
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
}

it('F12, L65, L79: nothing derived takes the id of another, or one that a host can give, whatever the host names things', {
  timeout,
}, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), (history) => {
      const host = new Host();
      for (const next of history) host.run(next);
      const entryIds = host.account.ledger.map(({ id }) => id);
      expectEachOnce([...entryIds, ...host.usageIds]);
      expectEachOnce(host.holdIds);
      expect(entryIds.filter((id) => idPattern.test(id) || !keptIdPattern.test(id))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
