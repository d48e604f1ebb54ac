import type { UseOutcome } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

type Use = Parameters<AccountFixture['use']>[0];

const searches = (calls: number): Use => [{ tool: 'search', calls }];
const emails = (quantity: number): Use => [{ metric: 'emails', quantity: String(quantity) }];
const anyUse = fc.oneof(
  fc.integer({ min: 1, max: 300 }).map(searches),
  fc.integer({ min: 1, max: 30 }).map(emails),
);

const day = 86_400_000;

/** When the refusal says that the same use would pass; undefined where nothing is refused. */
function toldOf(outcome: UseOutcome): number | null | undefined {
  return outcome.outcome === 'refused' ? outcome.refusal.resetsAtMs : undefined;
}

function afterCycle(account: AccountFixture): void {
  account.nowMs = account.state.usage.endsAtMs;
  account.settleDue();
}

it('F7, L317: a use that alone exceeds its limit, or all that comes with the next cycle, is not told to wait for the reset', () => {
  const account = new AccountFixture();
  expect(account.use(emails(5)).outcome).toBe('allowed');
  expect(toldOf(account.use(emails(10)))).toBe(account.state.usage.endsAtMs);
  expect(toldOf(account.use(emails(11)))).toBeNull();
  expect(account.use(searches(50)).outcome).toBe('allowed');
  expect(toldOf(account.use(searches(50)))).toBe(account.state.usage.endsAtMs);
  expect(toldOf(account.use(searches(51)))).toBeNull();
  account.grant('20');
  expect(toldOf(account.use(searches(60)))).toBe(account.state.usage.endsAtMs);
  expect(toldOf(account.use(searches(61)))).toBeNull();
});

it('F7, L317: just before the reset, no program is told to ask again in minutes for what can never pass', () => {
  const account = new AccountFixture();
  account.nowMs = account.state.usage.endsAtMs - 60_000;
  const secondsOf = (use: Use) => {
    const told = account.use(use);
    return told.outcome === 'refused' ? told.refusal.retryAfterSeconds : undefined;
  };
  expect([secondsOf(emails(11)), secondsOf(searches(51))]).toEqual([null, null]);
  account.use(emails(5));
  expect(secondsOf(emails(10))).toBe(60);
});

it('F7, L317: a time is told if and only if the same use passes then, in any history', () => {
  const grants = fc.record({
    amount: fc.integer({ min: 1, max: 150 }),
    days: fc.constantFrom(3, 30, 31, null),
  });
  const history = { uses: fc.array(anyUse, { maxLength: 6 }), grants: fc.array(grants, { maxLength: 2 }) };
  fc.assert(
    fc.property(fc.record(history), anyUse, fc.boolean(), ({ uses, grants: given }, last, owes) => {
      const account = new AccountFixture();
      for (const { amount, days } of given)
        account.grant(String(amount), days === null ? {} : { expiresAtMs: account.nowMs + days * day });
      for (const use of uses) account.use(use);
      if (owes) account.owe('40');
      const told = toldOf(account.use(last));
      if (told === undefined) return;
      afterCycle(account);
      expect(account.use(last).outcome).toBe(told === null ? 'refused' : 'allowed');
    }),
  );
});

it('L317: where a rest carries over, a time is told wherever the same use passes then', () => {
  const plans = smallCatalogConfig.plans.map((plan) =>
    plan.id === 'free'
      ? {
          ...plan,
          creditsRollover: { percent: 100, cycles: 1 },
          limits: plan.limits?.map((limit) =>
            limit.metric === 'emails' ? { ...limit, rollover: { percent: 100, cycles: 1 } } : limit,
          ),
        }
      : plan,
  );
  const catalog = compiled({ ...smallCatalogConfig, plans } as typeof smallCatalogConfig);
  fc.assert(
    fc.property(fc.array(anyUse, { maxLength: 4 }), anyUse, (uses, last) => {
      const account = new AccountFixture({}, { catalog });
      for (const use of uses) account.use(use);
      const told = toldOf(account.use(last));
      if (told === undefined) return;
      afterCycle(account);
      if (account.use(last).outcome === 'allowed') expect(told).not.toBeNull();
    }),
  );
});
