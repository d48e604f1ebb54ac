import type {
  AutoTopUp,
  AutoTopUpInput,
  Money,
  PaymentMethodAnswer,
  PaymentSession,
  PurchaseAnswer,
} from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';
import { sendChange } from '../send-change.ts';

// Separate from the client, so that pages that only show figures do not load the code for purchases.

/**
 * Buys a pack. One key is one purchase, from the order to its end: sent again it tells how the purchase stands now.
 *
 * @param expectedTotal what the buyer saw that it costs
 * @throws UsageKitError `forbidden` where the role may not buy, `total_changed` where it costs more than expected; a purchase that fails is an answer, not an error
 */
export function purchaseCredits(
  client: UsageKitClient,
  accountId: string,
  packId: string,
  idempotencyKey: string,
  expectedTotal?: Money,
): Promise<PurchaseAnswer> {
  return sendChange(client, {
    method: 'POST',
    path: paths.purchase(accountId, packId),
    body: { expectedTotal },
    idempotencyKey,
  });
}

/** Reads the account's auto top-up and how far it has got. @throws UsageKitError */
export function readAutoTopUp(client: UsageKitClient, accountId: string): Promise<AutoTopUp> {
  return client.request({ path: paths.autoTopUp(accountId) });
}

/** The payment method that is charged; for everyone who may read the charges. */
export function readPaymentMethod(client: UsageKitClient, accountId: string): Promise<PaymentMethodAnswer> {
  return client.request({ path: paths.paymentMethod(accountId) });
}

/** Sets auto top-up. Where the balance is below the threshold already, the first charge follows at once. */
export function saveAutoTopUp(
  client: UsageKitClient,
  accountId: string,
  input: AutoTopUpInput,
): Promise<AutoTopUp> {
  return sendChange(client, { method: 'PUT', path: paths.autoTopUp(accountId), body: input });
}

/** The payment provider's page on which a payment method is entered, and which leads back to `returnUrl`. */
export function startPaymentSession(
  client: UsageKitClient,
  accountId: string,
  returnUrl: string,
): Promise<PaymentSession> {
  return client.request({ method: 'POST', path: paths.paymentMethodSession(accountId), body: { returnUrl } });
}
