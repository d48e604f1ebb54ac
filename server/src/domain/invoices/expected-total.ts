import { formatAmount, type Micros } from '../amounts/amounts.ts';
import { DomainError } from '../decision.ts';

/** The sum that a person agreed to. */
export interface ExpectedTotal {
  readonly amount: Micros;
  /** ISO 4217. */
  readonly currency: string;
}

/**
 * Holds what a command comes to against the sum that its sender saw; undefined where none was said. Less than that is no reason to ask
 * again.
 * @throws DomainError `total_changed` for more than that, or for another currency.
 */
export function assertExpected(total: ExpectedTotal, expected: ExpectedTotal | undefined): void {
  if (expected === undefined) return;
  if (total.currency === expected.currency && total.amount <= expected.amount) return;
  const now = write(total);
  throw new DomainError(
    'total_changed',
    `The total is ${now} now; ${write(expected)} was expected`,
    '/expectedTotal',
    `at least ${now}`,
  );
}

function write({ amount, currency }: ExpectedTotal): string {
  return `${formatAmount(amount)} ${currency}`;
}
