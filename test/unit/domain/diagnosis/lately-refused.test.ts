import type { Item } from '@usagekit/server/contract';
import { type AccountState, decideUse, type UsageRecord } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import type { Cause, RefusedRequest, Seen } from '../../../../server/src/domain/diagnosis/causes.ts';
import { diagnose } from '../../../../server/src/domain/diagnosis/diagnosis.ts';
import fc from '../../../support/fast-check.ts';
import { AccountFixture } from '../account-fixture.ts';

/** An account whose uses and refusals are remembered, as server and ledger do. */
class Remembered extends AccountFixture {
  readonly uses: UsageRecord[] = [];
  refusals: RefusedRequest[] = [];

  ask(items: Item[]): 'allowed' | 'refused' {
    const outcome = this.use(items);
    if (outcome.outcome === 'allowed') this.uses.unshift(outcome.usage);
    else this.refusals = [{ items, dimensions: {}, atMs: this.nowMs }, ...this.refusals].slice(0, 5);
    return outcome.outcome;
  }

  diagnose(seen: Partial<Seen> = {}) {
    const { state, catalog, member, nowMs } = this;
    return diagnose(
      { state, catalog, member, nowMs, recordedAtMs: nowMs, commandId: 'diagnosis' },
      { tasks: null, uses: this.uses, days: new Map(), refusals: this.refusals, ...seen },
    ).causes;
  }

  wouldPass(items: readonly Item[]): boolean {
    const { state, catalog, nowMs } = this;
    const context = { state, catalog, member: undefined, nowMs, recordedAtMs: nowMs, commandId: 'try' };
    return decideUse(context, { items, dimensions: {} }).outcome.outcome === 'allowed';
  }
}

const isGate = (cause: Cause | undefined) => (cause?.kind === 'gate_refuses' ? cause : undefined);

it('A11, L359: a refusal of the last hour is the first thing told, however cheap the typical run is', () => {
  const account = new Remembered();
  for (let run = 0; run < 5; run += 1) account.ask([{ tool: 'search', calls: 1 }]);
  expect(account.ask([{ tool: 'search', calls: 400 }])).toBe('refused');
  const [first] = account.diagnose();
  expect(isGate(first)).toMatchObject({
    severity: 'blocking',
    refusal: { reason: 'insufficient_credits', requested: 800_000_000n, available: 90_000_000n },
    refusedAtMs: account.nowMs,
  });
  account.grant('1000');
  expect(account.diagnose()).toEqual([]);
  account.nowMs += 3_600_001;
  account.ask([{ tool: 'search', calls: 500 }]);
  account.nowMs += 3_600_001;
  expect(account.diagnose()).toEqual([]);
});

it('A11, L360: where a cheaper model fits it is named, the dearest that does', () => {
  const account = new Remembered({ planId: 'pro' });
  account.ask([{ tool: 'search', calls: 475 }]);
  expect(account.ask([{ model: 'deep-1', provider: 'acme' }])).toBe('refused');
  const cause = isGate(account.diagnose()[0]);
  expect([cause?.cheaper?.model.id, cause?.cheaper?.cost]).toEqual(['swift-1', 1_000_000n]);
  account.ask([{ tool: 'search', calls: 25 }]);
  expect(isGate(account.diagnose()[0])?.cheaper).toBeNull();
});

it('A11, L72: the typical run is of what the member who asks runs, where that member has run anything', () => {
  const account = new Remembered();
  const use = (calls: number, memberId: string) => {
    const outcome = account.use([{ tool: 'search', calls }], { memberId });
    if (outcome.outcome === 'allowed') account.uses.unshift(outcome.usage);
  };
  for (let run = 0; run < 3; run += 1) use(1, 'ben');
  for (let run = 0; run < 2; run += 1) use(20, 'ada');
  expect(account.diagnose()).toEqual([]);
  account.member = { id: 'ada', allocations: {} } as never;
  expect(isGate(account.diagnose()[0])?.run?.cost).toBe(40_000_000n);
});

it('A11, L71, L359: diagnosis and gate agree, over random histories of uses and refusals', () => {
  const item: fc.Arbitrary<Item> = fc.oneof(
    fc.record({ tool: fc.constant('search'), calls: fc.integer({ min: 1, max: 30 }) }),
    fc.constantFrom<Item>({ model: 'swift-1' }, { model: 'deep-1' }),
    fc.record({ metric: fc.constant('emails'), quantity: fc.constantFrom('1', '4', '9') }),
  );
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.array(item, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constantFrom('grant' as const, 'wait' as const) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const account = new Remembered();
      for (const next of steps) {
        if (next === 'grant') account.grant('60');
        else if (next === 'wait') account.nowMs += 45 * 60_000;
        else account.ask(next);
        account.settleDue();
        const before: AccountState = account.state;
        const causes = account.diagnose();
        expect(account.state).toBe(before);
        const late = account.refusals.filter(({ atMs }) => account.nowMs - atMs <= 3_600_000);
        const still = late.filter(({ items }) => !account.wouldPass(items));
        // What the gate refuses of late comes first; and nothing is called refused that the gate would let through.
        if (still.length > 0) expect(isGate(causes[0])?.refusedAtMs).toBe(still[0]?.atMs);
        for (const cause of causes) {
          const { run = null, cheaper = null } = isGate(cause) ?? {};
          if (run !== null) expect(account.wouldPass(run.items)).toBe(false);
          if (cheaper !== null && run !== null)
            expect(
              account.wouldPass(
                run.items.map((each) => ('model' in each ? { model: cheaper.model.id } : each)),
              ),
            ).toBe(true);
        }
        if (causes.every(({ severity }) => severity !== 'blocking')) expect(still).toEqual([]);
      }
    }),
    { numRuns: 80 },
  );
});
