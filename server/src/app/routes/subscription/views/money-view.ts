import type { Money } from '../../../../contract/values/amount.ts';
import { formatAmount, type Micros } from '../../../../domain/amounts/amounts.ts';

/** An amount of the currency. */
export function moneyView(amount: Micros, { currency }: { readonly currency: string }): Money {
  return { amount: formatAmount(amount), currency };
}
