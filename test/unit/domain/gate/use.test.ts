import { availableOf, decideUse, formatAmount, noFacts, sumOf } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { memberRecord } from '../../../support/member-record.ts';
import { AccountFixture } from '../account-fixture.ts';

const emails = (quantity: string) => [{ metric: 'emails', quantity }];
const available = (account: AccountFixture) => formatAmount(availableOf(account.state.wallet, 'credits'));

describe('the edges of limits', () => {
  it('E14: a hard limit admits what ends at exactly 100% and refuses a millionth more', () => {
    const account = new AccountFixture();
    expect(account.use(emails('9.999999')).outcome).toBe('allowed');
    expect(account.use(emails('0.000002')).outcome).toBe('refused');
    expect(account.use(emails('0.000001')).outcome).toBe('allowed');
    expect(account.use(emails('0.000001')).outcome).toBe('refused');
  });

  it('E14: a soft limit admits what ends at exactly 110% and refuses a millionth more', () => {
    const account = new AccountFixture();
    expect(account.use([{ metric: 'workflows', quantity: '11' }]).outcome).toBe('allowed');
    expect(account.use([{ metric: 'workflows', quantity: '0.000001' }]).outcome).toBe('refused');
  });

  it('E14: an unlimited metric is never refused', () => {
    const account = new AccountFixture();
    expect(account.use([{ metric: 'exports', quantity: '1000000000' }]).outcome).toBe('allowed');
  });

  it('E8: observed tokens are counted beyond their allowance and never refused', () => {
    const account = new AccountFixture();
    const outcome = account.use([{ model: 'meter-1', inputTokens: 2_000, outputTokens: 0 }]);
    expect(outcome.outcome).toBe('allowed');
    expect(formatAmount(account.state.usage.counters.tokens ?? 0n)).toBe('2000');
  });

  it('E7: a gauge is not reset by a new cycle, a counter is', () => {
    const account = new AccountFixture();
    account.use([{ metric: 'storage', quantity: '5' }, ...emails('10')]);
    account.moveTo('2026-07-01T00:00:00.000Z');
    expect(account.use([{ metric: 'storage', quantity: '0.1' }]).outcome).toBe('refused');
    expect(account.use(emails('10')).outcome).toBe('allowed');
  });

  it('charges only what lies beyond an allowance, as a line of its own', () => {
    const account = new AccountFixture();
    account.use([{ metric: 'calls', quantity: '8' }]);
    const outcome = account.use([{ metric: 'calls', quantity: '5' }]);
    expect(
      outcome.priced.lines.map((line) => [line.ref, formatAmount(line.quantity), formatAmount(line.amount)]),
    ).toEqual([['calls', '3', '6']]);
    expect(available(account)).toBe('94');
  });
});

describe('the order of refusals', () => {
  it('names the plan limit before credits when both would refuse', () => {
    const account = new AccountFixture();
    account.use([{ model: 'meter-1', inputTokens: 100_000 }]);
    expect(available(account)).toBe('0');
    const outcome = account.use([...emails('11'), { model: 'swift-1' }]);
    expect(outcome.outcome === 'refused' && outcome.refusal.reason).toBe('plan_limit_reached');
  });

  it('says that an upgrade would help where a higher plan admits it, and not where none does', () => {
    const account = new AccountFixture();
    const within = account.use(emails('11'));
    const beyondAll = account.use(emails('1001'));
    expect(within.outcome === 'refused' && within.refusal.purchasable).toBe(true);
    expect(beyondAll.outcome === 'refused' && beyondAll.refusal.purchasable).toBe(false);
  });

  it('E12: refuses a member at the allocation although the pool has more', () => {
    const account = new AccountFixture();
    account.member = memberRecord({ allocations: { emails: 3_000_000n } });
    expect(account.use(emails('3'), { memberId: 'ada' }).outcome).toBe('allowed');
    const outcome = account.use(emails('1'), { memberId: 'ada' });
    expect(outcome.outcome === 'refused' && outcome.refusal.reason).toBe('allocation_exhausted');
  });
});

describe('credits', () => {
  it('C1: a request debits its model rate', () => {
    const account = new AccountFixture();
    account.grant('100');
    account.use([{ model: 'deep-1' }]);
    expect(available(account)).toBe('90');
  });

  it('C9: a change of price holds from its date on', () => {
    const account = new AccountFixture({ planId: 'pro' });
    const before = account.use([{ model: 'deep-1' }]);
    account.moveTo('2026-07-02T00:00:00.000Z');
    const after = account.use([{ model: 'deep-1' }]);
    expect([before, after].map((use) => formatAmount(use.priced.charge))).toEqual(['110', '120']);
  });

  it('C11: refuses what credits do not cover, with the figures, and debits nothing', () => {
    const account = new AccountFixture();
    const before = account.state;
    const outcome = account.use([{ model: 'deep-1' }]);
    expect(outcome).toMatchObject({
      outcome: 'refused',
      refusal: {
        reason: 'insufficient_credits',
        requested: 110_000_000n,
        available: 100_000_000n,
        purchasable: true,
      },
    });
    expect(account.state).toBe(before);
  });

  it('B13: the lines of a run sum to its debit exactly', () => {
    const account = new AccountFixture();
    const outcome = account.use([
      { model: 'meter-1', inputTokens: 1_234, outputTokens: 567, cachedTokens: 89 },
      { tool: 'search', calls: 3 },
      { tool: 'search', integration: 'premium', calls: 1 },
      { storage: 'traces', quantity: '2.5' },
    ]);
    if (outcome.outcome !== 'allowed') throw new Error('refused');
    const debit = account.ledger.at(-1);
    expect(sumOf(outcome.priced.lines.map((line) => line.amount))).toBe(-(debit?.amount ?? 0n));
    expect(sumOf(outcome.grantsUsed.map((leg) => leg.amount))).toBe(outcome.priced.charge);
  });

  it('burns plan credits before bought ones, and of those the first to expire', () => {
    const account = new AccountFixture();
    account.grant('50', { id: 'never' });
    account.grant('50', { id: 'soon', expiresAtMs: Date.parse('2026-06-20T00:00:00.000Z') });
    const outcome = account.use([{ tool: 'search', calls: 60 }]);
    expect(
      outcome.outcome === 'allowed' &&
        outcome.grantsUsed.map((leg) => [leg.grantId, formatAmount(leg.amount)]),
    ).toEqual([
      [`plan~${Date.parse('2026-06-01T00:00:00.000Z')}`, '100'],
      ['soon', '20'],
    ]);
  });

  it('a grant pays only for what its scope names', () => {
    const account = new AccountFixture();
    account.grant('1000', { id: 'models', scope: { kinds: ['llm'] }, priority: 1 });
    const tool = account.use([{ tool: 'search', calls: 60 }]);
    expect(tool.outcome).toBe('refused');
    expect(account.use([{ model: 'deep-1' }]).outcome).toBe('allowed');
    expect(available(account)).toBe('990');
  });

  it('D14, L66: what is left of a cycle is gone with it', () => {
    const account = new AccountFixture();
    account.use([{ model: 'swift-1' }]);
    account.moveTo('2026-07-01T00:00:00.000Z');
    expect(available(account)).toBe('100');
    expect(account.ledger.map((entry) => entry.kind)).toEqual(['grant', 'debit', 'reset', 'grant']);
  });

  it('D4: an own key is counted and costs nothing', () => {
    const account = new AccountFixture();
    account.state = {
      ...account.state,
      profile: { ...account.state.profile, ownKeys: { acme: { label: 'Team', lastFour: '1234' } } },
    };
    const outcome = account.use([{ model: 'deep-1', inputTokens: 10 }]);
    expect(outcome.outcome).toBe('allowed');
    expect(formatAmount(outcome.priced.charge)).toBe('0');
    expect(outcome.priced.lines[0]?.ownKey).toBe(true);
    expect(formatAmount(account.state.usage.counters.tokens ?? 0n)).toBe('10');
  });

  it('C13: an action without a price costs nothing, what runs in it does', () => {
    const account = new AccountFixture();
    expect(formatAmount(account.use([{ metric: 'clones', quantity: '1' }]).priced.charge)).toBe('0');
    expect(formatAmount(account.use([{ model: 'swift-1' }]).priced.charge)).toBe('1');
  });

  it('a check is the same decision and leaves no trace', () => {
    const account = new AccountFixture();
    const context = {
      state: account.state,
      catalog: account.catalog,
      member: undefined,
      nowMs: account.nowMs,
      recordedAtMs: account.nowMs,
      commandId: 'check',
    };
    const refused = decideUse(context, { items: emails('11'), dimensions: {} });
    expect(refused.state).toBe(account.state);
    expect(refused.facts).toBe(noFacts);
  });
});
