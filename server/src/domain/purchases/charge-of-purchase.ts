import type { ChargeRecord } from '../invoices/state.ts';
import { totalOf } from './pack-invoice.ts';
import type { PurchaseRecord } from './state.ts';

/** A purchase as the account's charges tell it; what can be given back of it goes by the grant that it bought. */
export function chargeOfPurchase(purchase: PurchaseRecord): ChargeRecord {
  const { id, accountId, status, currency, paymentMethodId, failure, actionUrl } = purchase;
  return {
    id,
    accountId,
    purpose: 'purchase',
    invoiceId: purchase.invoiceId,
    status,
    amount: totalOf(purchase),
    refunded: 0n,
    surplus: 0n,
    currency,
    paymentMethodId,
    description: purchase.packId,
    attempt: 0,
    attended: purchase.source === 'purchase',
    failure,
    actionUrl,
    refunds: [],
    createdAtMs: purchase.createdAtMs,
    updatedAtMs: purchase.updatedAtMs,
  };
}
