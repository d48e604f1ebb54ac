import {
  availableOf,
  type ChargeRecord,
  decideOrder,
  decidePaymentMethod,
  decidePaymentResult,
  decidePurchaseRefund,
  decideRefundResult,
  formatAmount,
  type PurchaseRecord,
  parseAmount,
  type RefundedCredits,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { chargeOfPurchase } from '../../../../server/src/domain/purchases/charge-of-purchase.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

/** An account with 100 credits of a pack for 10 dollars, with so many spent, and nothing else. */
function bought(spent: string) {
  const catalog = compiled({
    ...smallCatalogConfig,
    plans: smallCatalogConfig.plans.map((plan) => ({ ...plan, monthlyCredits: '0', packs: true })),
    creditPacks: [
      {
        id: 'small',
        label: '90 credits',
        credits: '90',
        bonus: '10',
        price: { amount: '10', currency: 'USD' },
      },
    ],
  });
  const account = new AccountFixture({}, { catalog });
  const card = { id: 'card-1', kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true } as const;
  account.decide((context) => decidePaymentMethod(context, card, null));
  const order = account.decide((context) =>
    decideOrder(context, { purchaseId: 'order-1', packId: 'small', memberId: null }),
  );
  const purchase = account.decide((context) => decidePaymentResult(context, order, { outcome: 'succeeded' }));
  if (spent !== '0') account.owe(`-${formatAmount(parseAmount('100') - parseAmount(spent))}`);
  return { account, purchase, charge: chargeOfPurchase(purchase) };
}

function refunded(
  account: AccountFixture,
  of: { readonly charge: ChargeRecord; readonly purchase: PurchaseRecord },
  amount: string | null,
  credits: RefundedCredits = 'take_back',
  outcome: 'succeeded' | 'failed' = 'succeeded',
): ChargeRecord {
  const command = { amount: amount === null ? null : parseAmount(amount), reason: 'Not wanted', credits };
  const ordered = account.decide((context) => decidePurchaseRefund(context, of, command));
  const refundId = ordered.refunds.at(-1)?.id ?? '';
  return account.decide((context) => decideRefundResult(context, { charge: ordered }, refundId, { outcome }));
}

const available = ({ state }: AccountFixture) => formatAmount(availableOf(state.wallet, 'credits'));

it.each([
  ['take_back', '-95'],
  ['take_back_unspent', '0'],
  ['keep', '5'],
] as const)('C14, L233: of 100 credits with 95 spent the refund with `%s` leaves %s', (credits, left) => {
  const { account, ...of } = bought('95');
  const charge = refunded(account, of, null, credits);
  expect(formatAmount(charge.refunded)).toBe('10');
  expect(available(account)).toBe(left);
});

it('C14, L233: takes the share of a part of the price, and all with the last part', () => {
  const { account, purchase, charge } = bought('0');
  const first = refunded(account, { purchase, charge }, '3.33');
  expect(available(account)).toBe('66.7');
  const second = refunded(account, { purchase, charge: first }, null);
  expect(available(account)).toBe('0');
  expect(formatAmount(second.refunded)).toBe('10');
  expect(account.ledger.filter(({ kind }) => kind === 'adjustment')).toMatchObject([
    { amount: -33_300_000n, description: 'Not wanted' },
    { amount: -66_700_000n, description: 'Not wanted' },
  ]);
});

it('C14, L233: leaves other credits alone', () => {
  const { account, ...of } = bought('95');
  account.grant('50', { id: 'gift' });
  refunded(account, of, null);
  expect(account.state.wallet.grants.map(({ id, remaining }) => [id, formatAmount(remaining)])).toEqual([
    ['gift', '50'],
  ]);
  expect(available(account)).toBe('-45');
});

it('C14, L233: takes nothing where the provider gives nothing back, and once what it gives twice', () => {
  const { account, ...of } = bought('0');
  const failed = refunded(account, of, null, 'take_back', 'failed');
  expect([available(account), formatAmount(failed.refunded)]).toEqual(['100', '0']);
  const done = refunded(account, { ...of, charge: failed }, null);
  const refundId = done.refunds.at(-1)?.id ?? '';
  account.decide((context) =>
    decideRefundResult(context, { charge: done }, refundId, { outcome: 'succeeded' }),
  );
  expect(available(account)).toBe('0');
});
