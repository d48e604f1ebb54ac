import type { LimitPolicy, PlanLimitConfig } from '@usagekit/server/contract';
import { decideHold, formatAmount, standingOf } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

/** An account whose plan limits exports as given. */
function limited(included: bigint, policy: LimitPolicy, more: Partial<PlanLimitConfig> = {}): AccountFixture {
  const limit: PlanLimitConfig = { metric: 'exports', included: formatAmount(included), policy, ...more };
  const plan = { id: 'only', name: 'Only', rank: 0, kind: 'free' as const, limits: [limit] };
  return new AccountFixture({}, { catalog: compiled({ ...smallCatalogConfig, plans: [plan] }) });
}

const use = (account: AccountFixture, quantity: bigint) =>
  account.use([{ metric: 'exports', quantity: formatAmount(quantity) }]).outcome;

/** Sets a use of exports aside. */
function hold(account: AccountFixture, id: string, quantity: bigint): string {
  const items = [{ metric: 'exports', quantity: formatAmount(quantity) }];
  const expiresAtMs = at('2026-06-02T00:00:00Z');
  return account.decide((context) => decideHold(context, { id, items, dimensions: {}, expiresAtMs })).outcome;
}

/** Cuts an amount into parts at the given thousandths. */
function cut(amount: bigint, thousandths: readonly number[]): bigint[] {
  const at = [...thousandths].sort((a, b) => a - b).map((part) => (amount * BigInt(part)) / 1_000n);
  return [...at, amount].map((end, index) => end - (at[index - 1] ?? 0n));
}

const included = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 14n }),
  fc.constantFrom(0n, 1n, 9n, 10n, 11n, 19n, 1_000_000n),
);
const cuts = fc.array(fc.nat({ max: 1_000 }), { maxLength: 5 });

it.each(['hard', 'soft'] as const)(
  'E14, L28, L29: a %s limit admits any uses that end at exactly its edge, and not a millionth more',
  (policy) => {
    fc.assert(
      fc.property(included, cuts, fc.boolean(), (amount, thousandths, held) => {
        const account = limited(amount, policy);
        const edge = policy === 'hard' ? amount : (amount * 11n) / 10n;
        for (const [index, part] of cut(edge, thousandths).entries()) {
          if (held) expect(hold(account, `h${index}`, part)).toBe('held');
          else expect(use(account, part)).toBe('allowed');
        }
        expect(use(account, 1n)).toBe('refused');
        expect(hold(account, 'last', 1n)).toBe('refused');
        expect(use(account, 0n)).toBe('allowed');
      }),
    );
  },
);

it.each(['hard', 'soft'] as const)(
  'E14: a %s limit refuses a use that would cross it whole, and takes nothing of it',
  (policy) => {
    fc.assert(
      fc.property(included, fc.bigInt({ min: 1n, max: 10n ** 12n }), (amount, beyond) => {
        const account = limited(amount, policy);
        const edge = policy === 'hard' ? amount : (amount * 11n) / 10n;
        expect(use(account, edge + beyond)).toBe('refused');
        expect(use(account, edge)).toBe('allowed');
      }),
    );
  },
);

it('E14, L30: an observed limit refuses nothing, however far beyond', () => {
  const account = limited(10n, 'observe');
  expect(use(account, 10n ** 15n)).toBe('allowed');
  expect(standingOf(account.state, account.catalog, 'exports').refusesAt).toBeNull();
});

it('L33: what lies beyond an allowance is charged the same, however the use is cut', () => {
  fc.assert(
    fc.property(fc.nat({ max: 30 }), fc.nat({ max: 40 }), cuts, (allowance, units, thousandths) => {
      const account = limited(BigInt(allowance) * 1_000_000n, 'overage', { overageRate: { amount: '1' } });
      account.grant('100');
      const total = BigInt(units) * 1_000_000n;
      for (const part of cut(total, thousandths)) expect(use(account, part)).toBe('allowed');
      const beyond = BigInt(Math.max(units - allowance, 0)) * 1_000_000n;
      expect(account.state.usage.spent.credits ?? 0n).toBe(beyond);
    }),
  );
});

it('L36: a limit that the account set itself holds where it is nearer, and says that it is the account', () => {
  const nearer = (ownLimit: bigint) => {
    const account = limited(10n, 'hard');
    const { state } = account;
    account.state = { ...state, profile: { ...state.profile, ownLimits: { exports: ownLimit } } };
    const outcome = account.use([{ metric: 'exports', quantity: formatAmount(11n) }]);
    return outcome.outcome === 'refused' && [outcome.refusal.reason, outcome.refusal.limit];
  };
  expect(nearer(9n)).toEqual(['account_limit_reached', 9n]);
  expect(nearer(10n)).toEqual(['plan_limit_reached', 10n]);
  expect(nearer(11n)).toEqual(['plan_limit_reached', 10n]);
});
