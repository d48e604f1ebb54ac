import type { SubscriptionChange } from '@usagekit/server/contract';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Messages } from '../../messages/messages.ts';

/** The button that makes a change: what it does, and what is charged or invoiced at once, with tax and balance. */
export function writeConfirm(
  label: string,
  { dueNow, dueNowBy }: Pick<SubscriptionChange, 'dueNow' | 'dueNowBy'>,
  format: Format,
  messages: Pick<Messages['subscriptionChange'], 'confirmAndPay' | 'confirmAndInvoice'>,
): string {
  if (signOf(dueNow.amount) <= 0) return label;
  const words = dueNowBy === 'invoice' ? messages.confirmAndInvoice : messages.confirmAndPay;
  return words(label, writePrice(dueNow, format));
}
