import type { DecimalString } from '@usagekit/server/contract';
import { subtractDecimals, sumDecimals } from '../decimal.ts';

/** What is beyond the allowance with what is held, exactly; below zero while something is left. */
export function overAmount(
  used: DecimalString,
  held: DecimalString | null | undefined,
  included: DecimalString,
): DecimalString {
  return subtractDecimals(sumDecimals([used, held ?? '0']), included);
}
