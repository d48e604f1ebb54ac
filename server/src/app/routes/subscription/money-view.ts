import type { Money } from '../../../contract/values/amount.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { Micros } from '../../../domain/state.ts';

/** An amount of the currency. */
export function moneyView(amount: Micros, { currency }: { readonly currency: string }): Money {
  return { amount: formatAmount(amount), currency };
}
