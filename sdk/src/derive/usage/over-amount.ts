import type { DecimalString } from '@usagekit/server/contract';
import { toMillionths } from '../millionths.ts';

/**
 * What is beyond the allowance with what is held, exactly; below zero while something is left. Written in millionths, `1500000e-6`, as
 * numbers and formats read it: a page of meters needs no more of decimals.
 */
export function overAmount(
  used: DecimalString,
  held: DecimalString | null | undefined,
  included: DecimalString,
): string {
  return `${toMillionths(used) + toMillionths(held ?? '0') - toMillionths(included)}e-6`;
}
