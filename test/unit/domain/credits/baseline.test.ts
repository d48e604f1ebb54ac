import { availableOf, formatAmount } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const withBaseline = (baselineCredits: string) => compiled({ ...smallCatalogConfig, baselineCredits });
const available = ({ state }: AccountFixture) => formatAmount(availableOf(state.wallet, 'credits'));
const baselines = ({ ledger }: AccountFixture) =>
  ledger.filter(({ id }) => id.startsWith('baseline~')).length;

it('C3, L353: an account that is older than the baseline is given it when it is next looked at, once', () => {
  const older = new AccountFixture();
  older.use([{ tool: 'search', calls: 10 }]);
  const account = older.withCatalog(withBaseline('25'));
  account.moveTo('2026-06-05T00:00:00.000Z');
  expect([available(account), account.state.baselineGiven]).toEqual(['105', true]);
  expect(account.ledger.at(-1)?.effectiveAtMs).toBe(account.nowMs);
  const { state } = account;
  account.settleDue();
  expect(account.state).toBe(state);
  for (const month of ['07', '08', '09']) account.moveTo(`2026-${month}-02T00:00:00.000Z`);
  expect([available(account), baselines(account)]).toEqual(['125', 1]);
});

it('C3, L353: a new account is given the baseline once, also when it changes or was used up', () => {
  const account = new AccountFixture({}, { catalog: withBaseline('25') });
  expect(available(account)).toBe('125');
  account.use([{ tool: 'search', calls: 62 }]);
  const later = account.withCatalog(withBaseline('40'));
  later.moveTo('2026-07-02T00:00:00.000Z');
  expect([available(later), baselines(later)]).toEqual(['101', 1]);
});

it('C3, L353: what is owed is paid by a baseline that comes later', () => {
  const account = new AccountFixture();
  account.owe('30');
  const later = account.withCatalog(withBaseline('25'));
  later.settleDue();
  expect(available(later)).toBe('-5');
});
