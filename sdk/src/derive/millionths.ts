import type { DecimalString } from '@usagekit/server/contract';

export const fractionDigits = 6;

/**
 * An amount in millionths, exactly. A host may give what is no decimal of the contract, which must not take its page down: a number
 * that is written otherwise is rounded, and what is no number counts for nothing and is shown as unknown.
 */
export function toMillionths(decimal: DecimalString): bigint {
  const [, whole, fraction = ''] = /^(-?\d+)(?:\.(\d{1,6}))?$/.exec(decimal) ?? [];
  if (whole) return BigInt(whole + fraction.padEnd(fractionDigits, '0'));
  const rounded = Math.round(Number(decimal) * 10 ** fractionDigits);
  return Number.isFinite(rounded) ? BigInt(rounded) : 0n;
}
