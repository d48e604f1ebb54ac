import { formatAmount, type Micros } from '../amounts/amounts.ts';
import { smallestPart } from '../amounts/currency.ts';
import { DomainError } from '../decision.ts';

/**
 * Holds an ordered amount of money to the parts that its currency has: a provider moves no finer ones, and no invoice has them.
 * @throws DomainError `invalid_request` for a finer amount.
 */
export function assertWholeParts(amount: Micros, currency: string): void {
  const part = smallestPart(currency);
  if (amount % part === 0n) return;
  throw new DomainError(
    'invalid_request',
    `${currency} has no parts as fine as in ${formatAmount(amount)}`,
    '/amount',
    `an amount in parts of ${formatAmount(part)}`,
  );
}
