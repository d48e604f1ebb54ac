import type { DecimalString } from '@usagekit/server/contract';

/** -1, 0 or 1, as the amount is below, at or above zero. */
export function signOf(decimal: DecimalString): -1 | 0 | 1 {
  // A double has the sign of any amount exactly.
  return Math.sign(Number(decimal)) as -1 | 0 | 1;
}
