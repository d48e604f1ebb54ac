import type { Money, NamedTax } from '../../contract/values/amount.ts';
import { formatAmount, type Micros } from '../../domain/amounts/amounts.ts';

interface OfCurrency {
  readonly currency: string;
}

/** An amount of the currency. */
export function moneyView(amount: Micros, { currency }: OfCurrency): Money {
  return { amount: formatAmount(amount), currency };
}

/** Each tax under its own name. */
export function taxesView(
  taxes: readonly { readonly label: string; readonly amount: Micros }[],
  of: OfCurrency,
): NamedTax[] {
  return taxes.map(({ label, amount }) => ({ label, amount: moneyView(amount, of) }));
}
