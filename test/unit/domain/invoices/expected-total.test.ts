import {
  decideChargedChange,
  decideOrder,
  decidePaymentMethod,
  formatAmount,
  parseAmount,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { plansCatalog, usd } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const card = { id: 'card-1', kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true } as const;

/** An account on Free with a card. An upgrade to Basic costs 30 dollars, a pack 10. */
function account(): AccountFixture {
  const catalog = plansCatalog({
    billing: {},
    creditPacks: [{ id: 'pack', label: '100 credits', credits: '100', price: usd('10') }],
  });
  const fixture = new AccountFixture({ planId: 'free' }, { catalog });
  fixture.decide((context) => decidePaymentMethod(context, card, null));
  return fixture;
}

const seen = (amount: string, currency = 'USD') => ({ amount: parseAmount(amount), currency });

it.each([
  ['30', 'USD', '30'],
  ['31', 'USD', '30'],
  ['29.99', 'USD', 'The total is 30 USD now; 29.99 USD was expected'],
  ['-1', 'USD', 'The total is 30 USD now; -1 USD was expected'],
  ['31', 'EUR', 'The total is 30 USD now; 31 EUR was expected'],
])('L241: an upgrade whose sender saw %s %s: %s', (amount, currency, outcome) => {
  const fixture = account();
  const before = fixture.state;
  const upgrade = () =>
    fixture.decide((context) =>
      decideChargedChange(context, {
        chargeId: 'change-1',
        change: { kind: 'change_plan', planId: 'basic' },
        memberId: null,
        expectedTotal: seen(amount, currency),
      }),
    );
  if (outcome !== '30') {
    expect(upgrade).toThrow(expect.objectContaining({ code: 'total_changed', message: outcome }));
    expect(fixture.state).toEqual(before);
  } else expect(formatAmount(upgrade().order?.amount ?? 0n)).toBe(outcome);
});

it('L241: a pack is ordered for what was seen or less, and not for more', () => {
  const fixture = account();
  const order = (amount: string) =>
    fixture.decide((context) =>
      decideOrder(context, {
        purchaseId: `saw-${amount}`,
        packId: 'pack',
        memberId: null,
        expectedTotal: seen(amount),
      }),
    );
  expect(() => order('9.99')).toThrow('The total is 10 USD now; 9.99 USD was expected');
  expect(formatAmount(order('10').price)).toBe('10');
  expect(formatAmount(order('12').price)).toBe('10');
});
