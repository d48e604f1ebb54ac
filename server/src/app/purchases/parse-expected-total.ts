import type { Money } from '../../contract/values/amount.ts';
import { parseAmount } from '../../domain/amounts/amounts.ts';
import type { ExpectedTotal } from '../../domain/invoices/expected-total.ts';

/** The total of a body that has been checked; undefined where it has none. */
export function parseExpectedTotal(total: Money | undefined): ExpectedTotal | undefined {
  return total && { amount: parseAmount(total.amount), currency: total.currency };
}
