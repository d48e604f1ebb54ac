import { type AccountState, availableOf, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const [freePlan] = smallCatalogConfig.plans;
const catalog = compiled({
  ...smallCatalogConfig,
  plans: [{ ...freePlan, id: 'none', name: 'None', rank: 0, kind: 'free', monthlyCredits: '0', limits: [] }],
});

/** An account without credits of its own. */
const empty = () => new AccountFixture({}, { catalog });

const dayMs = 86_400_000;

/** Ids of the grants in the order in which a use of one credit after another finishes them. */
function burned(account: AccountFixture): string[] {
  const order: string[] = [];
  let before: AccountState['wallet']['grants'] = account.state.wallet.grants;
  while (before.length > 0) {
    account.use([{ model: 'swift-1' }]);
    const after = account.state.wallet.grants;
    for (const { id } of before) if (!after.some((grant) => grant.id === id)) order.push(id);
    before = after;
  }
  return order;
}

describe('the burn order', () => {
  it('L39: takes a lower priority number first', () => {
    const account = empty();
    account.grant('2', { id: 'a', priority: 30 });
    account.grant('2', { id: 'b', priority: 10, expiresAtMs: account.nowMs + 9 * dayMs });
    account.grant('2', { id: 'c', priority: 20 });
    expect(burned(account)).toEqual(['b', 'c', 'a']);
  });

  it('L39: takes what ends first before what ends later, and what never ends last', () => {
    const account = empty();
    account.grant('2', { id: 'a' });
    account.grant('2', { id: 'b', expiresAtMs: account.nowMs + 2 * dayMs });
    account.grant('2', { id: 'c', expiresAtMs: account.nowMs + dayMs });
    expect(burned(account)).toEqual(['c', 'b', 'a']);
  });

  it('L39: takes what was made first, and of what was made at once the id that sorts first', () => {
    const account = empty();
    account.grant('2', { id: 'z' });
    account.nowMs += 1;
    account.grant('2', { id: 'y' });
    account.grant('2', { id: 'x' });
    expect(burned(account)).toEqual(['z', 'x', 'y']);
  });

  it('L39: does not depend on the order in which grants are added', () => {
    const grant = fc.record({
      priority: fc.constantFrom(10, 20, 30),
      days: fc.constantFrom(null, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(grant, { minLength: 2, maxLength: 6 }), (grants) => {
        const account = empty();
        const other = empty();
        const named = grants.map((each, index) => ({ ...each, id: `g${index}` }));
        const add = (to: AccountFixture, { id, priority, days }: (typeof named)[number]) =>
          to.grant('1', { id, priority, expiresAtMs: days === null ? null : to.nowMs + days * dayMs });
        for (const each of named) add(account, each);
        for (const each of named.toReversed()) add(other, each);
        expect(burned(account)).toEqual(burned(other));
      }),
    );
  });

  it('L38: passes over what does not fit, and takes it for what does', () => {
    const account = empty();
    account.grant('5', { id: 'tools', priority: 1, scope: { kinds: ['tool'] } });
    account.grant('5', { id: 'models', priority: 2, scope: { models: ['swift-1'] } });
    account.grant('5', { id: 'agents', priority: 3, scope: { categories: ['agent'] } });
    account.use([{ model: 'swift-1' }, { tool: 'search', calls: 2 }], { category: 'agent' });
    const left = account.state.wallet.grants.map((grant) => [grant.id, formatAmount(grant.remaining)]);
    expect(left).toEqual([
      ['tools', '1'],
      ['models', '4'],
      ['agents', '5'],
    ]);
    expect(account.use([{ model: 'meter-1', inputTokens: 1_000 }]).outcome).toBe('refused');
    expect(account.use([{ model: 'meter-1', inputTokens: 1_000 }], { category: 'agent' }).outcome).toBe(
      'allowed',
    );
  });
});

describe('grants over time', () => {
  it('L42: a grant can be spent until the millisecond before it ends', () => {
    const account = empty();
    account.grant('2', { id: 'a', expiresAtMs: account.nowMs + dayMs });
    account.nowMs += dayMs - 1;
    expect(account.use([{ model: 'swift-1' }]).outcome).toBe('allowed');
    account.nowMs += 1;
    expect(account.use([{ model: 'swift-1' }]).outcome).toBe('refused');
    expect(availableOf(account.state.wallet, 'credits')).toBe(0n);
  });

  it('L40, L41: a use takes all of its charge over several grants, or nothing', () => {
    const account = empty();
    account.grant('1', { id: 'a' });
    account.grant('1.5', { id: 'b' });
    const refused = account.use([{ tool: 'search', calls: 1 }, { model: 'swift-1' }]);
    expect(refused.outcome).toBe('refused');
    expect(formatAmount(availableOf(account.state.wallet, 'credits'))).toBe('2.5');
    const used = account.use([{ tool: 'search', calls: 1 }]);
    expect(used.outcome === 'allowed' && used.grantsUsed).toEqual([
      { grantId: 'a', amount: 1_000_000n },
      { grantId: 'b', amount: 1_000_000n },
    ]);
  });
});
