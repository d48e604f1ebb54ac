import { type ChargeRecord, compareCharge, type KeptPayment } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';

const hourMs = 3_600_000;
const charge: ChargeRecord = {
  id: 'c1',
  accountId: 'acme',
  purpose: 'invoice',
  invoiceId: 'i1',
  status: 'succeeded',
  amount: 30_000_000n,
  refunded: 0n,
  surplus: 0n,
  currency: 'USD',
  paymentMethodId: 'm1',
  description: 'Invoice 1',
  attempt: 0,
  attended: false,
  failure: null,
  actionUrl: null,
  refunds: [],
  createdAtMs: 0,
  updatedAtMs: 0,
};
const payment: KeptPayment = {
  amount: 30_000_000n,
  refunded: 0n,
  currency: 'USD',
  status: 'succeeded',
  createdAtMs: 0,
};
const declined: KeptPayment = { ...payment, status: 'failed' };
const refund = {
  id: 'r1',
  amount: 5_000_000n,
  status: 'ordered' as const,
  reason: 'Outage',
  createdAtMs: 0,
};
const compare = (own: ChargeRecord | undefined, kept: readonly KeptPayment[], nowMs = 2 * hourMs) => {
  const compared = compareCharge(own, kept, { accountId: 'acme', chargeId: 'c1', nowMs });
  return typeof compared === 'string' ? compared : compared.map(({ subject }) => subject);
};

describe('a charge and the provider’s payments', () => {
  it.each<[string, ChargeRecord | undefined, readonly KeptPayment[]]>([
    ['the same amount', charge, [payment]],
    ['a decline before the payment of its page', charge, [declined, payment]],
    ['a decline', { ...charge, status: 'failed' }, [declined]],
    ['a charge that failed before the provider was asked', { ...charge, status: 'failed' }, []],
    ['a debit that settles', { ...charge, status: 'settling' }, [{ ...payment, status: 'settling' }]],
    ['a page that nobody has paid yet', { ...charge, status: 'needs_action' }, [declined]],
    ['a decline of an order that is not known here', undefined, [declined]],
    [
      'the same refund',
      { ...charge, refunded: 5_000_000n, refunds: [{ ...refund, status: 'succeeded' }] },
      [{ ...payment, refunded: 5_000_000n }],
    ],
  ])('L229: agree on %s', (_, own, kept) => {
    expect(compare(own, kept)).toBe('same');
  });

  it.each<[string, ChargeRecord | undefined, readonly KeptPayment[], string[]]>([
    ['money for a failed charge', { ...charge, status: 'failed' }, [payment], ['status']],
    ['a debit that came back', { ...charge, status: 'settling' }, [declined], ['status']],
    ['a payment of another amount', charge, [{ ...payment, amount: 29_000_000n }], ['amount']],
    ['two payments', charge, [payment, payment], ['payments', 'amount']],
    ['two in another currency', charge, [{ ...payment, currency: 'EUR' }], ['currency']],
    ['a refund that nobody ordered here', charge, [{ ...payment, refunded: 1n }], ['refunded']],
    ['a refund that never came', { ...charge, refunded: 5_000_000n }, [payment], ['refunded']],
    ['no payment', charge, [], ['status']],
    ['an unknown payment', undefined, [payment], ['charge']],
  ])('L229: differ in %s', (_, own, kept, subjects) => {
    expect(compare(own, kept)).toEqual(subjects);
  });

  it('L229: wait an hour for an answer, and until the provider has an order or a refund', () => {
    const ordered: ChargeRecord = { ...charge, status: 'ordered' };
    expect(compare(ordered, [payment], hourMs - 1)).toBe('under_way');
    expect(compare(ordered, [payment], hourMs)).toEqual(['status']);
    expect(compare(ordered, [])).toBe('same');
    const refunding: ChargeRecord = { ...charge, refunds: [refund] };
    expect(compare(refunding, [{ ...payment, refunded: 5_000_000n }])).toBe('under_way');
    expect(compare(refunding, [payment])).toBe('same');
  });
});
