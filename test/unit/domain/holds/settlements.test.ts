import type { CatalogConfig, Item } from '@usagekit/server/contract';
import { type Catalog, decideHold, decideSettle, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const expiresAtMs = at('2026-06-02T00:00:00Z');
const search = (calls: number): Item => ({ tool: 'search', calls });
const requests = (count: number): Item[] => Array.from({ length: count }, () => ({ model: 'swift-1' }));

/** An account without plan credits, so that a test sees only its own grants. */
function bare(catalog: Catalog = compiled()): AccountFixture {
  const account = new AccountFixture({}, { catalog });
  account.use([search(50)]);
  return account;
}

function hold(account: AccountFixture, items: Item[]) {
  return account.decide((context) => decideHold(context, { id: 'h', items, dimensions: {}, expiresAtMs }));
}

function settle(account: AccountFixture, items: Item[], final = true) {
  return account.decide((context) => decideSettle(context, { holdId: 'h', items, final }));
}

const remaining = (account: AccountFixture) =>
  Object.fromEntries(account.state.wallet.grants.map((grant) => [grant.id, formatAmount(grant.remaining)]));

describe('settlements and scope', () => {
  it('L38: what goes beyond the hold is paid by grants that fit it', () => {
    const account = bare();
    account.grant('10', { id: 'models', scope: { kinds: ['llm'] } });
    hold(account, requests(2));
    settle(account, requests(5));
    expect(remaining(account)).toEqual({ models: '5' });
    expect(account.state.wallet.debts).toEqual({});
  });

  it('L38: what was set aside of a grant pays only for what the grant fits', () => {
    const account = bare();
    account.grant('10', { id: 'models', scope: { kinds: ['llm'] }, priority: 1 });
    account.grant('10', { id: 'any' });
    hold(account, requests(4));
    settle(account, [search(3)]);
    expect(remaining(account)).toEqual({ models: '10', any: '4' });
  });

  it('L43, L50: what neither hold nor fitting grants cover is owed', () => {
    const account = bare();
    account.grant('10', { id: 'models', scope: { kinds: ['llm'] } });
    hold(account, requests(4));
    settle(account, [search(3)]);
    expect(remaining(account)).toEqual({ models: '10' });
    expect(account.state.wallet.debts).toEqual({ credits: 6_000_000n });
  });
});

it('L34: a hold that covers the part beyond the allowance pays it, so that nothing is left to the invoice', () => {
  const config: CatalogConfig = structuredClone(smallCatalogConfig);
  const limit = config.plans[0]?.limits.find(({ metric }) => metric === 'calls');
  if (limit !== undefined) limit.beyond = 'credits_then_invoice';
  const account = bare(compiled(config));
  account.grant('20', { id: 'all' });
  hold(account, [{ metric: 'calls', quantity: '20' }]);
  expect(remaining(account)).toEqual({ all: '0' });
  settle(account, [{ metric: 'calls', quantity: '20' }]);
  expect(remaining(account)).toEqual({});
});
