import type Stripe from 'stripe';
import type { PaymentMethod } from '../../domain/accounts/state.ts';

/** Stripe's names of a customer and of one of its methods, kept as one id: nothing else has to be stored. */
export interface StripeMethodIds {
  readonly customerId: string;
  readonly methodId: string;
}

export function formatMethodId({ customerId, methodId }: StripeMethodIds): string {
  return `${customerId}/${methodId}`;
}

/** Null where the id is another provider's. */
export function parseMethodId(id: string): StripeMethodIds | null {
  const match = /^(cus_\w+)\/(\w+)$/.exec(id);
  const [, customerId, methodId] = match ?? [];
  return customerId === undefined || methodId === undefined ? null : { customerId, methodId };
}

/** A method as widgets show it. Cards and bank debits are told apart; any other kind shows its own name. */
export function toPaymentMethod(customerId: string, method: Stripe.PaymentMethod): PaymentMethod {
  const id = formatMethodId({ customerId, methodId: method.id });
  if (method.card) {
    const { brand, last4 } = method.card;
    return { id, kind: 'card', brand: capitalized(brand), lastFour: last4, confirmed: true };
  }
  const bank = method.us_bank_account ?? method.sepa_debit ?? method.bacs_debit ?? method.au_becs_debit;
  const bankName = method.us_bank_account?.bank_name ?? method.type.replaceAll('_', ' ');
  return { id, kind: 'bank_account', brand: bankName, lastFour: bank?.last4 ?? '', confirmed: true };
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
